"""What GIFT can say comes back as it was."""

import pytest

from core.bank.exporting.gift import gift
from core.bank.importing.gift import read_gift
from core.bank.importing.model import ImportedQuestion
from core.bank.importing.records import bank_records
from core.bank.markdown import blocks
from core.bank.truth import Kind
from core.bank.wording import Language
from core.document import plain_block
from tests.bank.exporting.conftest import Exported


def shown(markdown: str) -> str:
    return "\n".join(" ".join(plain_block(block).split()) for block in blocks(markdown))


@pytest.mark.parametrize("language", list(Language))
def test_every_question_that_gift_can_say_comes_back(exported: Exported, language: Language) -> None:
    asked = [entry for entry in exported(language, "3.14") if entry.kind is not Kind.ORDER]
    exported_file = gift(exported(language, "3.14"))
    reading = read_gift(exported_file.text)
    assert reading.skipped == ()
    assert [question.id for question in reading.questions] == [entry.id for entry in asked]
    for entry, question in zip(asked, reading.questions, strict=True):
        assert (question.kind, question.level, question.skill) == (entry.kind, entry.level, entry.skill)
        assert (shown(question.prompt), question.code or "") == (shown(entry.prompt), entry.code), entry.id
        assert shown(question.answer if entry.kind is Kind.RECALL else question.why) == shown(
            entry.answer if entry.kind is Kind.RECALL else entry.why
        )
        if entry.kind in (Kind.NUMBER, Kind.WORD):
            assert question.answers[0] == entry.answer
            assert set(question.answers) == {entry.answer, *entry.accept}
        elif entry.kind is Kind.TRUTH:
            assert question.right is next(option.key == "true" for option in entry.options if option.right)
        else:
            assert options(question) == [
                (shown_option(option.text, option.literal), option.right, shown(option.why))
                for option in entry.shuffled
            ]


def options(question: ImportedQuestion) -> list[tuple[str, bool, str]]:
    return [(shown_option(each.label, each.literal), each.right, shown(each.comment)) for each in question.options]


def shown_option(text: str, literal: bool) -> str:
    return text if literal else shown(text)


def test_what_gift_cannot_say_is_named(exported: Exported) -> None:
    found = exported(Language.EN, "3.14")
    left_out = gift(found).left_out
    assert left_out
    assert set(left_out) == {entry.id for entry in found if entry.kind is Kind.ORDER}


def test_the_export_can_be_taken_into_a_pack(exported: Exported) -> None:
    reading = read_gift(gift(exported(Language.EN, "3.14")).text)
    taken = bank_records(reading, "gift", "imported-all", 1)
    assert taken.skipped == []
    assert len(taken.records) == len(reading.questions)
