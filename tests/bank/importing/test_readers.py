"""Each format is read as its own program writes it, and what cannot be taken is named with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bank.importing.anki import read_anki
from core.bank.importing.formats import READERS
from core.bank.importing.gift import read_gift
from core.bank.importing.model import ImportedOption, Reading, Remark, UnreadableError
from core.bank.importing.notes import read_notes
from core.bank.importing.source import LARGEST, decoded, source_text
from core.bank.importing.trivia import read_trivia
from core.bank.truth import Kind, Skill

NOTES = """# Level 1
1. Knows what it is

### Вопрос: что такое __slots__?

Ответ:

***Слоты*** — это *места* без словаря.
```python
# Level 3
class Point:
    __slots__ = ("x",)
```
[дальше](#вопрос-дальше)

# Level 2
### Вопрос: пустой?

### Question: what is ```gc.collect()``` for?
Answer: it collects

# TODO finish
"""


def test_notes_become_recall_questions_with_their_level() -> None:
    reading = read_notes(NOTES)
    slots, collect = reading.questions
    assert (slots.line, slots.level, slots.kind, slots.skill) == (4, 1, Kind.RECALL, Skill.EXPLAIN)
    assert slots.prompt == "Что такое `__slots__`?"
    assert slots.answer.startswith("***Слоты***")
    assert '# Level 3\nclass Point:\n    __slots__ = ("x",)' in slots.answer
    assert slots.answer.endswith("дальше")
    assert (collect.line, collect.level, collect.prompt) == (19, 2, "What is `gc.collect()` for?")
    assert collect.answer == "it collects"
    assert reading.skipped == (Remark(17, "a question without an answer"),)
    assert Remark(22, "a reminder to finish the text was left out") in reading.notes


def _only(gift: str) -> Reading:
    reading = read_gift(gift)
    assert reading.skipped == ()
    return reading


def test_gift_single_choice_with_feedback() -> None:
    (question,) = _only(
        "::T::Who owns it?{\n=the name#Yes.\n~the `type`#No\\: it only shares.\n####Names own.\n}"
    ).questions
    assert question.kind is Kind.SINGLE
    assert question.prompt == "Who owns it?"
    assert question.options == (
        ImportedOption("the name", right=True),
        ImportedOption("the \\`type\\`", right=False, comment="No: it only shares."),
    )
    assert question.why == "Names own."


def test_gift_weights_make_several_right_options() -> None:
    (question,) = _only("Which?{~%50%a ~%50%b ~%-100%c}").questions
    assert question.kind is Kind.MULTIPLE
    assert [option.right for option in question.options] == [True, True, False]


@pytest.mark.parametrize(("given_", "right"), [("T", True), ("FALSE", False), ("true#no#yes", True)])
def test_gift_truth(given_: str, right: bool) -> None:
    (question,) = _only(f"It is so.{{{given_}}}").questions
    assert (question.kind, question.right) == (Kind.TRUTH, right)


def test_gift_truth_keeps_what_it_says_to_the_wrong() -> None:
    (question,) = _only("It is so.{TRUE#wrong words#right words}").questions
    assert (question.comments, question.why) == ({"false": "wrong words"}, "right words")


def test_gift_short_answer_and_number() -> None:
    word, number = _only("Say{=getrefcount =%100%sys.getrefcount =%50%refcount}\n\nHow many?{#16:0}").questions
    assert (word.kind, word.answers) == (Kind.WORD, ("getrefcount", "sys.getrefcount"))
    assert (number.kind, number.answers) == (Kind.NUMBER, ("16",))


def test_gift_essay_with_general_feedback_is_a_recall_question() -> None:
    (question,) = _only("Tell{####All of it.}").questions
    assert (question.kind, question.answer) == (Kind.RECALL, "All of it.")


def test_gift_escapes_formats_and_the_blank() -> None:
    escaped, blank, html = _only(
        "Is a\\=\\{1\\} a \\~set\\#?{T}\n\nA {=weak} reference\n\n"
        "[html]<p>Is <code>a &lt; b</code>?</p><script>x</script>{F}"
    ).questions
    assert escaped.prompt == "Is a={1} a \\~set#?"
    assert blank.prompt == "A \\_\\_\\_\\_ reference"
    assert html.prompt == "Is `a < b`?"


def test_gift_code_at_the_end_of_a_prompt_is_code() -> None:
    (question,) = _only("[markdown]What?\\n\\n```python\\nprint(\\{\\})\\n```{=`\\{\\}` ~`[]`}").questions
    assert (question.prompt, question.code) == ("What?", "print({})")
    assert question.options[0] == ImportedOption("{}", right=True, literal=True)


def test_gift_ids_and_tags_stand_in_comments() -> None:
    reading = read_gift("$CATEGORY: memory\n\n// [id:weakref-count] [tag:level-2] [tag:use]\nx?{T}\n\ny?{F}")
    named, plain = reading.questions
    assert (named.id, named.identity, named.level, named.skill) == ("weakref-count", "weakref-count", 2, Skill.USE)
    assert (plain.id, plain.level, plain.skill) == (None, None, Skill.KNOW)
    assert reading.notes == (Remark(1, "the category 'memory' was left out"),)


@pytest.mark.parametrize(
    ("gift", "reason"),
    [
        ("Match{=a -> b =c -> d}", "matching"),
        ("Nothing is asked", "description"),
        ("Open{=a", "not closed"),
        ("Two{T} blocks{F}", "more than one"),
        ("Essay{}", "essay"),
        ("Range{#1..5}", "range"),
        ("About{#3.14:0.01}", "tolerance"),
        ("No number{#ten}", "no number"),
        ("None{~a ~b}", "no answer is marked"),
        ("Both{=a =b ~c}", "wholly right"),
        ("Half{=a ~%50%b ~c}", "half right"),
        ("Wild{=a*}", "wildcard"),
        ("{T}", "no text"),
        ("Many{=1 ~2 ~3 ~4 ~5 ~6 ~7 ~8 ~9}", "9 options"),
        ("Words{what}", "neither"),
    ],
)
def test_gift_that_cannot_be_asked_is_named(gift: str, reason: str) -> None:
    reading = read_gift(f"First?{{T}}\n\n{gift}")
    assert len(reading.questions) == 1
    (skipped,) = reading.skipped
    assert skipped.line == 3
    assert reason in skipped.message


ANKI = """#separator:tab
#html:true
#notetype column:1
#guid column:2
#tags column:5
Basic\tAbC$1\tWhat is <b>refcount</b>?\t"A <i>count</i>
of owners<br><script>x</script>"\tpython level::2
Basic\tDef\t<img src="x.png">\tpicture only\t
Cloze\tGhi\tThe {{c1::GIL}} is\tx\t
Basic\tJkl\tno back\t\t
"""


def test_anki_notes_become_recall_questions() -> None:
    reading = read_anki(ANKI)
    (question,) = reading.questions
    assert (question.line, question.identity, question.level) == (6, "guid AbC$1", 2)
    assert (question.prompt, question.answer) == ("What is refcount?", "A count of owners")
    assert [(remark.line, remark.message.split(" ")[0]) for remark in reading.skipped] == [
        (8, "nothing"),
        (9, "a"),
        (10, "nothing"),
    ]
    assert Remark(8, "sounds and pictures were left out") in reading.notes


def test_anki_without_headers_guesses_the_separator_and_plain_text_stays_plain() -> None:
    (guessed,) = read_anki("front; back\n").questions
    assert (guessed.prompt, guessed.answer) == ("front", "back")
    (plain,) = read_anki("#separator:semicolon\n#html:false\na <b>b</b>;c & d\n").questions
    assert (plain.prompt, plain.answer) == ("a \\<b>b\\</b>", "c & d")


@pytest.mark.parametrize("anki", ["#separator:ab\nx", '#separator:"\nx'])
def test_anki_with_an_unknown_separator_is_refused(anki: str) -> None:
    with pytest.raises(UnreadableError, match="separator"):
        read_anki(anki)


TRIVIA = """AUTHOR: Somebody
DESCRIPTION: Python
"What runs before __init__?":
  - __new__
  - object.__new__
Is it no or yes?: no
Which version?: [3.10, "3.10 "]
Nested?:
  - [a, b]
Mapped?: {a: b}
Empty?: []
Is it no or yes?: yes
"""


def test_trivia_becomes_word_questions_and_words_stay_words() -> None:
    reading = read_trivia(TRIVIA)
    new, no, version = reading.questions
    assert (new.line, new.kind, new.answers) == (3, Kind.WORD, ("__new__", "object.__new__"))
    assert new.prompt == "What runs before `__init__`?"
    assert (no.answers, version.answers) == (("no",), ("3.10",))
    assert [remark.line for remark in reading.skipped] == [8, 10, 11, 12]
    assert [remark.line for remark in reading.notes] == [1, 2]


@pytest.mark.parametrize(
    ("trivia", "reason"),
    [
        ("a: &x [lol]\nb: [*x, *x]\n", "line 1: anchors"),
        ("- a\n- b\n", "mapping"),
        ("a: [b\n", "not YAML"),
        ("? [a]\n: b\n", "not a list"),
        ("a: " + "[" * 5000, "not YAML"),
        ("", "mapping"),
        ("a: !!python/object/apply:os.system [id]\n\tb", "not YAML"),
    ],
)
def test_hostile_trivia_is_refused(trivia: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_trivia(trivia)


def test_yaml_tags_build_nothing() -> None:
    (question,) = read_trivia("a: !!python/object/apply:os.system [id]\n").questions
    assert question.answers == ("id",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_and_without_a_mark(encoding: str) -> None:
    assert decoded("Счётчик\r\n\x00\u202ea\ue123".encode(encoding), "f") == "Счётчик\na"


def test_what_is_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="UTF-8"):
        decoded("Счётчик".encode("cp1251"), "f")
    with pytest.raises(UnreadableError, match="f:2"):
        decoded(b"a\n" + b"b" * 30_000, "f")
    large = tmp_path / "large"
    large.write_bytes(b"a\n" * LARGEST)
    with pytest.raises(UnreadableError, match="larger"):
        source_text(large)
    with pytest.raises(UnreadableError, match="cannot be read"):
        source_text(tmp_path / "missing")


@settings(max_examples=150)
@given(
    st.sampled_from(list(READERS.values())),
    st.one_of(st.text(max_size=300), st.text(st.sampled_from("#{}=~%50:[]*&->\\\n\t;\"'aT` "), max_size=120)),
)
def test_any_text_is_read_or_refused(reader: Callable[[str], Reading], text: str) -> None:
    try:
        reading = reader(decoded(text.encode("utf-8", "replace"), "f"))
    except UnreadableError:
        return
    assert all(question.prompt for question in reading.questions)
