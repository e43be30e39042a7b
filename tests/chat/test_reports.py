"""A report with a program carries its proof: what CPython printed, beside what the bank claims."""

import json

import pytest

from bot.settings import Settings
from bot.wiring import Kucha
from core.bank.loading import BUILT_IN
from core.bank.model import Bank
from core.bank.proving.lockfile import read_lock
from core.bank.proving.witness import Witness, witness
from core.executor.model import Chunk, Outcome, Run, Snippet, Stream
from core.study.evidence import LONGEST_OUTPUT, Evidence, gather, told
from tests.chat.conversation import Conversation
from tests.verbs.running import kucha as typed

PROGRAM = "That is not so:\n```python\nimport weakref\nprint(len('été'))\n1 / 0\n```\nSee?"


async def test_a_fenced_program_is_run_on_the_learners_python(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/settings python 3.13")
    answer = await talk.say(f"/report {PROGRAM}")
    assert "number 1" in answer
    assert "I ran the program" in answer
    [report] = await kucha.room.reports.newest(1)
    assert report.snippet == "import weakref\nprint(len('été'))\n1 / 0"
    assert report.snippet_output is not None
    first, *lines = report.snippet_output.splitlines()
    assert first.startswith("Python 3.13.")
    assert first.endswith(": error")
    assert lines[0] == "3"
    assert lines[-1] == "ZeroDivisionError: division by zero"


async def test_words_alone_run_nothing(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    assert "I ran" not in await talk.say("/report print(1) prints 2")
    assert "I ran" not in await talk.say("/report ``` ```")
    assert [(each.snippet, each.snippet_output) for each in await kucha.room.reports.newest(2)] == [(None, None)] * 2


async def test_a_report_in_a_second_message_is_run_as_well(kucha: Kucha) -> None:
    talk = Conversation(kucha, language="ru")
    await talk.say("/report")
    assert "я запустил" in await talk.say(PROGRAM)


async def test_the_author_sees_claim_and_proof(kucha: Kucha, settings: Settings) -> None:
    talk = Conversation(kucha)
    await kucha.room.study.ask_exactly(
        await kucha.room.learners.meet("telegram", "1", "en", kucha.room.now()), "telegram", "1", "weakref-count"
    )
    await talk.say("/report I get 1\n```\nprint(1)\n```")
    told = typed(settings.kucha_data, "reports").stdout
    assert "    claim: 0, '0' recorded on 3.14." in told
    assert "    snippet:\n        print(1)\n    proof:\n        Python 3.14." in told
    assert told.endswith(": finished\n        1\n")
    [line] = typed(settings.kucha_data, "reports", "--json").stdout.splitlines()
    report = json.loads(line)
    assert set(report) == {
        *("id", "subject", "python", "words", "at"),
        *("snippet", "snippet_output", "right", "recorded", "version"),
    }
    assert (report["right"], report["recorded"], report["snippet"]) == ("0", "'0'", "print(1)")


@pytest.mark.parametrize(
    ("id", "python", "right", "recorded"),
    [
        ("weakref-count", "3.13", "0", "'0'"),
        ("weakref-dead-proxy", "3.14", "ReferenceError", "'', then ReferenceError"),
        ("weakref-who-allows", "3.11", "{1, 2}, lambda: 0, Photo()", "'set function instance'"),
    ],
)
def test_what_stands_behind_an_answer(bank: Bank, id: str, python: str, right: str, recorded: str) -> None:
    found = witness(bank.questions[id].truth, python, [read_lock(BUILT_IN)])
    assert (found.right, found.recorded) == (right, recorded)
    assert found.version.startswith(f"{python}.")


def test_a_question_without_a_record_has_its_claim_only(bank: Bank) -> None:
    assert witness(bank.questions["weakref-count"].truth, "3.13", ()) == Witness("0")


async def test_without_an_executor_the_program_is_kept_all_the_same() -> None:
    assert await gather(Snippet("print(1)"), None) == Evidence("print(1)", None)


def test_long_output_loses_its_middle() -> None:
    printed = "a" * LONGEST_OUTPUT + "z"
    run = Run(outcome=Outcome.finished, version="3.14.2", output=(Chunk(stream=Stream.stdout, text=printed),))
    output = told(run)
    assert output.startswith("Python 3.14.2: finished (1 characters left out in the middle)\naaa")
    assert output.endswith("az")
