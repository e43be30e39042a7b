"""An author proves a pack of their own: recorded once, proved again, and told what changed since."""

import json
from pathlib import Path

import pytest

from core.bank.loading import load
from core.bank.proving.lockfile import LOCK, UnreadableLockError, read_lock, write_lock
from core.bank.proving.prove import Proving, ProvingError, Wish, prove
from core.executor.model import Executor, Interpreter, Outcome, Run, Snippet

TWO = ("3.11", "3.13")


async def proved(pack: Path, executor: Executor, *only: str, record: bool = False) -> Proving:
    return await prove(load((pack,)), pack, executor, Wish(only, TWO, record))


def rewrite(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / "competencies/names" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


async def test_recording_and_proving_again(pack: Path, executor: Executor) -> None:
    unrecorded = await proved(pack, executor)
    assert {each.proof for each in unrecorded.differences} == {
        "claim:names-alias",
        "example:names",
        "question:names-two-names",
    }
    recorded = await proved(pack, executor, record=True)
    assert (recorded.proofs, recorded.runs, recorded.differences) == (3, 6, ())
    text = (pack / LOCK).read_text("utf-8")
    assert json.loads(text)["proofs"]["question:names-two-names"]["ends"] == {"3.11": "[1, 2]", "3.13": "[1, 2]"}

    assert not (await proved(pack, executor)).differences
    await proved(pack, executor, record=True)
    assert (pack / LOCK).read_text("utf-8") == text


async def test_a_changed_program_has_to_be_recorded_anew(pack: Path, executor: Executor) -> None:
    await proved(pack, executor, record=True)
    rewrite(pack, "claims.toml", "print(first is second)", "print(second is first)")
    [difference] = (await proved(pack, executor)).differences
    assert (difference.proof, difference.line) == ("claim:names-alias", 2)
    assert "not the recorded one" in difference.message
    assert not (await proved(pack, executor, "names-alias", record=True)).differences


async def test_what_contradicts_its_author_is_named_and_not_recorded(pack: Path, executor: Executor) -> None:
    rewrite(pack, "questions.toml", "second = first", "second = first[:]")
    differences = (await proved(pack, executor, record=True)).differences
    assert [(each.proof, each.python[:4], each.got) for each in differences] == [
        ("question:names-two-names", "3.11", "'[1]'"),
        ("question:names-two-names", "3.13", "'[1]'"),
    ]
    assert str(differences[0]).startswith(f"{pack}/competencies/names/questions.toml:2: `question:names-two-names`")
    assert "question:names-two-names" not in read_lock(pack).proofs


async def test_a_program_without_an_end_is_named(pack: Path, executor: Executor) -> None:
    rewrite(pack, "example.py", "first = [1]", "import os\nos.kill(os.getpid(), 9)\nfirst = [1]")
    differences = (await proved(pack, executor, "example:names", record=True)).differences
    assert {(each.proof, each.path.name) for each in differences} == {("example:names", "example.py")}
    assert all("killed" in each.message for each in differences)


async def test_dropped_statements_leave_the_lock_when_it_is_recorded(pack: Path, executor: Executor) -> None:
    await proved(pack, executor, record=True)
    (pack / "competencies/names/example.py").unlink()
    [difference] = (await proved(pack, executor)).differences
    assert difference.proof == "example:names"
    await proved(pack, executor, record=True)
    assert "example:names" not in read_lock(pack).proofs


async def test_versions_that_are_not_here_keep_their_records(pack: Path, executor: Executor) -> None:
    await proved(pack, executor, record=True)
    lock = read_lock(pack)
    elsewhere = {
        id: kept.model_copy(update={"ends": {**kept.ends, "3.99": kept.ends["3.13"]}})
        for id, kept in lock.proofs.items()
    }
    pythons = {**lock.pythons, "3.99": "3.99.1"}
    write_lock(pack, lock.model_copy(update={"pythons": pythons, "proofs": elsewhere}))
    proving = await proved(pack, executor, record=True)
    assert (proving.absent, proving.differences) == (("3.99",), ())
    assert all("3.99" in kept.ends for kept in read_lock(pack).proofs.values())


async def test_another_output_than_the_recorded_one_is_named(pack: Path, executor: Executor) -> None:
    await proved(pack, executor, record=True)
    path = pack / LOCK
    path.write_text(path.read_text("utf-8").replace('"3.13": "[1, 2]"', '"3.13": "[1]"'), "utf-8")
    [difference] = (await proved(pack, executor)).differences
    assert (difference.message, difference.expected, difference.got) == (
        "the lock file says otherwise",
        "'[1]'",
        "'[1, 2]'",
    )


async def test_a_damaged_lock_file_says_what_to_do(pack: Path, executor: Executor) -> None:
    (pack / LOCK).parent.mkdir()
    (pack / LOCK).write_text("{", "utf-8")
    with pytest.raises(UnreadableLockError, match="record it anew"):
        await proved(pack, executor)


async def test_unknown_names_and_versions_are_named(pack: Path, executor: Executor) -> None:
    with pytest.raises(ProvingError, match="name nothing-such"):
        await proved(pack, executor, "nothing-such")
    with pytest.raises(ProvingError, match=r"no Python 3\.99"):
        await prove(load((pack,)), pack, executor, Wish(labels=("3.99",)))


class NoWall:
    """A machine on which no sandbox can be built."""

    def __init__(self, interpreters: tuple[Interpreter, ...]) -> None:
        self._interpreters = interpreters

    async def run(self, snippet: Snippet) -> Run:
        return Run(outcome=Outcome.unavailable, reason="no_user_namespaces")

    def pythons(self) -> tuple[Interpreter, ...]:
        return self._interpreters

    async def close(self) -> None:
        return None


async def test_a_missing_sandbox_says_why(pack: Path, executor: Executor) -> None:
    with pytest.raises(ProvingError, match="not available here: no_user_namespaces"):
        await prove(load((pack,)), pack, NoWall(tuple(executor.pythons())), Wish())
    with pytest.raises(ProvingError, match="found no Python"):
        await prove(load((pack,)), pack, NoWall(()), Wish())


async def test_a_pack_without_code_is_proved_by_what_was_agreed(pack: Path, executor: Executor) -> None:
    folder = pack / "competencies/names"
    (folder / "example.py").unlink()
    (folder / "claims.toml").write_text(
        '[[claim]]\nid = "names-alias"\nsays = "A name is bound"\nunprovable = "stated by the manual"\n', "utf-8"
    )
    text = (folder / "questions.toml").read_text("utf-8")
    start, end = text.index("code = '''"), text.index("[[question.option]]")
    (folder / "questions.toml").write_text(text[:start] + text[end:], "utf-8")

    assert not (await proved(pack, executor, record=True)).differences
    rewrite(pack, "questions.toml", 'value = "[1, 2]"\nright = true', 'value = "[1, 2]"')
    rewrite(pack, "questions.toml", 'value = "[1]"', 'value = "[1]"\nright = true')
    [difference] = (await proved(pack, executor)).differences
    assert (difference.expected, difference.got) == ("names-alias | 3.11-3.15: both", "names-alias | 3.11-3.15: copy")
