"""A run as a document: built from typed results, no sandbox needed."""

from collections.abc import Iterable

import pytest

from core.bank.wording import Language
from core.chat.presenters.run import SIGNS, TOLD, comparison, run_document
from core.chat.presenters.run_memory import PHRASES, SHOWN_BADGES
from core.chat.presenters.run_output import CHARACTERS, LINES
from core.chat.snippet_store import Kept
from core.chat.snippets import Written
from core.chat.texts import Texts, Voice
from core.document import Attachment, CodeBlock, Document, Heading, Paragraph, Picture, Table, plain_block, plain_spans
from core.executor.model import Chunk, MadeFile, Outcome, Run, Stream, View
from core.executor.report.model import (
    Badge,
    Change,
    ChangeKind,
    Instruction,
    Note,
    ObjectRow,
    Report,
    Timing,
    Trace,
    TraceStep,
    Uncounted,
)

VOICES = [Texts().in_language(language) for language in Language]


@pytest.fixture(params=VOICES, ids=lambda voice: voice.language)
def voice(request: pytest.FixtureRequest) -> Voice:
    found: Voice = request.param
    return found


def kept(*views: View) -> Kept:
    return Kept(7, Written("a = []", view=frozenset((View.memory, *views))))


def printed(*pieces: str) -> tuple[Chunk, ...]:
    return tuple(Chunk(stream=Stream.stdout, text=piece) for piece in pieces)


def finished(**changes: object) -> Run:
    return Run.model_validate(
        {
            "outcome": Outcome.finished,
            "python": "3.14",
            "version": "3.14.10",
            "milliseconds": 3.4,
            "exit_status": 0,
            **changes,
        }
    )


def row(number: int = 1, **changes: object) -> ObjectRow:
    return ObjectRow.model_validate(
        {
            "number": number,
            "names": ("a", "b"),
            "type": "list",
            "value": "[]",
            "id": 0x7F00AABBF4C0,
            "refcount": 4,
            "uncounted": None,
            "size": 56,
            "badges": (Badge.gc_tracked,),
            "referrers": ("a", "b", "c[0]", "c[1]"),
            "unnamed": 0,
            **changes,
        }
    )


def table(document: Document) -> list[list[str]]:
    found = next(block for block in document.blocks if isinstance(block, Table))
    return [[plain_spans(cell) for cell in line] for line in found.rows]


def labels(document: Document) -> dict[str, str]:
    return {button.token: button.label for line in document.buttons for button in line}


def texts_of(document: Document, kinds: Iterable[type]) -> list[str]:
    return [plain_block(block) for block in document.blocks if isinstance(block, tuple(kinds))]


def test_the_example_of_the_guide(voice: Voice) -> None:
    second = row(2, names=("c",), value="[①, ①]", refcount=1, referrers=("c",), size=72)
    document = run_document(finished(report=Report(objects=(row(), second))), kept(), voice)
    lines = table(document)
    assert [line[0] for line in lines] == ["a, b", "c"]
    assert lines[0][1].startswith("① []")
    assert [line[2] for line in lines] == ["4 = a, b, c[0], c[1]", "1 = c"]
    assert [line[3] for line in lines] == ["…f4c0", "…f4c0"]
    assert [line[4] for line in lines] == ["56", "72"]
    assert plain_block(document.blocks[0]).startswith("✅ Python 3.14 · 3 ")
    assert plain_block(document.blocks[0]).endswith(voice("run-silent"))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_sign_and_one_sentence_of_advice(voice: Voice, outcome: Outcome) -> None:
    ran = finished(outcome=outcome, exit_status=1, place=3, reason="SIGSEGV", output=printed("so far\n"))
    document = run_document(ran, kept(), voice)
    heading = document.blocks[0]
    assert isinstance(heading, Heading)
    assert plain_block(heading).startswith(SIGNS[outcome])
    advice = texts_of(document, (Paragraph,))
    assert len(advice) == (0 if outcome is Outcome.finished else 1)
    if outcome is Outcome.busy:
        assert "3" in plain_block(heading)
    if outcome not in (Outcome.busy, Outcome.unavailable):
        assert texts_of(document, (CodeBlock,)) == ["so far"]


@pytest.mark.parametrize("reason", ["no_such_python", "code_too_long", "executor_unreachable", "bwrap: no", None])
def test_why_nothing_ran(voice: Voice, reason: str | None) -> None:
    document = run_document(finished(outcome=Outcome.unavailable, reason=reason), kept(), voice)
    assert document.buttons == ()
    assert "bwrap" not in document.plain()


def test_a_missing_input_is_the_advice(voice: Voice) -> None:
    ran = finished(outcome=Outcome.error, exit_status=1, report=Report(notes=(Note.stdin_missing,)))
    assert "--- stdin" in run_document(ran, kept(), voice).plain()


def test_every_word_of_a_report_can_be_said(voice: Voice) -> None:
    rows = [row(1 + place, refcount=None, uncounted=reason) for place, reason in enumerate(Uncounted)]
    for reason in rows:
        run_document(finished(report=Report(objects=(reason,))), kept(), voice)
    run_document(finished(report=Report(objects=(row(badges=tuple(Badge)),), notes=tuple(Note))), kept(), voice)
    assert set(TOLD) | {Note.stdin_missing} == set(Note)
    assert set(SHOWN_BADGES) | {Badge.immortal, Badge.constant} == set(Badge)
    every = [Change(kind=kind, number=1, name="a", before="1", after="2") for kind in ChangeKind]
    for change in every:
        step = TraceStep(line=1, source="a = []", function="", changes=(change,), repeats=1)
        document = run_document(finished(report=Report(trace=Trace(steps=(step,)))), kept(View.trace), voice)
        assert len(table(document)) == 1


def test_references_are_told_in_the_readers_language(voice: Voice) -> None:
    ways = tuple(f"{beginning}x" for beginning, _ in PHRASES[:5])
    holder = row(refcount=9, referrers=(*ways, "constant", "constant"), unnamed=2)
    (line,) = table(run_document(finished(report=Report(objects=(holder,))), kept(), voice))
    assert line[2].startswith("9 = ")
    assert f"{voice('run-ref-constant')} ×2" in line[2]
    assert voice("run-unnamed", count=2) in line[2]
    if voice.language == "ru":
        assert "closure of" not in line[2]


def test_output_is_cut_in_the_middle_and_comes_as_a_file(voice: Voice) -> None:
    whole = "".join(f"line {number}\n" for number in range(2000))
    document = run_document(finished(output=printed(whole)), kept(), voice)
    (shown,) = [block.code for block in document.blocks if isinstance(block, CodeBlock)]
    assert shown.startswith("line 0\n")
    assert shown.endswith("line 1999")
    assert len(shown) <= CHARACTERS + 100
    assert len(shown.split("\n")) <= LINES + 2
    (file,) = [block for block in document.blocks if isinstance(block, Attachment)]
    assert file.content == whole.encode()


def test_one_long_line_is_cut_too(voice: Voice) -> None:
    document = run_document(finished(output=printed("x" * 100_000)), kept(), voice)
    (shown,) = [block.code for block in document.blocks if isinstance(block, CodeBlock)]
    assert len(shown) <= CHARACTERS + 100
    assert len(texts_of(document, (Attachment,))) == 1


def test_short_output_is_whole(voice: Voice) -> None:
    document = run_document(finished(output=printed("a\n", "b\n")), kept(), voice)
    assert texts_of(document, (CodeBlock,)) == ["a\nb"]
    assert not texts_of(document, (Attachment,))


def test_output_cannot_steer_a_terminal(voice: Voice) -> None:
    document = run_document(finished(output=printed("\x1b[31mred\x07 \u202eabc\u200b 👩\u200d🔬\tend")), kept(), voice)
    assert texts_of(document, (CodeBlock,)) == ["·[31mred· ·abc· 👩\u200d🔬\tend"]


def test_files_come_back_and_pictures_as_pictures(voice: Voice) -> None:
    files = (
        MadeFile(name="plot.png", media_type="image/png", content=b"png"),
        MadeFile(name="table.csv", media_type="text/csv", content=b"a,b"),
    )
    document = run_document(finished(files=files), kept(), voice)
    assert texts_of(document, (Picture,)) == ["plot.png"]
    assert texts_of(document, (Attachment,)) == ["table.csv"]


def test_a_view_replaces_the_memory_and_its_button_leads_back(voice: Voice) -> None:
    report = Report(
        objects=(row(),),
        trace=Trace(
            steps=(
                TraceStep(
                    line=3,
                    source="c = [a, a]",
                    function="",
                    repeats=5,
                    changes=(
                        Change(kind=ChangeKind.created, number=2, name="c", before="", after="1"),
                        Change(kind=ChangeKind.bound, number=1, name="x", before="", after="①"),
                        Change(kind=ChangeKind.incremented, number=1, name="", before="2", after="4"),
                    ),
                ),
                TraceStep(line=4, source="pass", function="", repeats=1, changes=()),
            )
        ),
        bytecode=(Instruction(function="f", line=1, offset=0, operation="RESUME", argument="0"),),
        timing=Timing(loops=10, repeats=5, best_nanoseconds=1500.0, median_nanoseconds=2_500_000.0),
    )
    memory = run_document(finished(report=report), kept(), voice)
    traced = run_document(finished(report=report), kept(View.trace), voice)
    assert labels(memory)["view:7:trace"] == voice("run-button-trace")
    assert labels(traced)["view:7:memory"] == voice("run-button-memory")
    assert len(table(traced)) == 1
    assert table(traced)[0][0] == "3 c = [a, a] ×5"
    assert table(traced)[0][1].endswith("① 2 → 4")
    assert "RESUME" in run_document(finished(report=report), kept(View.bytecode), voice).plain()
    timed = run_document(finished(report=report), kept(View.timing), voice).plain()
    assert "1,50" in timed if voice.language == "ru" else "1.50" in timed
    drawn = run_document(finished(report=report), kept(View.graph), voice, b"png")
    assert [block.content for block in drawn.blocks if isinstance(block, Picture)] == [b"png"]
    assert voice("run-graph-missing") in run_document(finished(report=report), kept(View.graph), voice).plain()


def test_versions_that_agree_are_told_together(voice: Voice) -> None:
    runs = [finished(python=label, output=printed("5\n")) for label in ("3.11", "3.12", "3.13")]
    document = comparison(runs, kept(), voice)
    assert "3.11, 3.12, 3.13" in document.plain()
    assert texts_of(document, (CodeBlock,)) == ["5"]
    assert not texts_of(document, (Table,))


def test_versions_that_differ_are_told_apart(voice: Voice) -> None:
    runs = [
        finished(python="3.13", output=printed("False\n"), report=Report(objects=(row(size=40, names=("t",)),))),
        finished(python="3.14", output=printed("True\n"), report=Report(objects=(row(size=48, names=("t",)),))),
    ]
    document = comparison(runs, kept(), voice)
    assert texts_of(document, (CodeBlock,)) == ["False", "True"]
    assert table(document) == [["t", "4 · 40", "4 · 48"]]
