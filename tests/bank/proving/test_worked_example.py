"""The worked example of docs/authoring.md, typed in as it stands there, is right."""

import re
from pathlib import Path

from core.bank.checks import check
from core.bank.loading import BUILT_IN, load
from core.bank.proving.prove import Wish, prove
from core.bank.skeleton import make_skeleton
from core.executor.model import Executor

SECTION = "## A competency from start to finish\n"


async def test_the_worked_example_is_right(tmp_path: Path, executor: Executor) -> None:
    text = (BUILT_IN.parent / "docs/authoring.md").read_text("utf-8").partition(SECTION)[2].partition("\n## Proving")[0]
    claim, misconception, belief, question, wording = re.findall(r"```(?:toml|markdown)\n(.*?)```", text, re.DOTALL)
    make_skeleton(tmp_path, "copies")
    parts = {
        "claims.toml": claim,
        "misconceptions.toml": misconception,
        "misconceptions.ru.md": belief,
        "misconceptions.en.md": belief,
        "questions.toml": question,
        "questions.ru.md": wording,
        "questions.en.md": wording,
    }
    for name, part in parts.items():
        path = tmp_path / "competencies/copies" / name
        path.write_text(f"{path.read_text('utf-8')}\n{part}", "utf-8")

    loaded = load((tmp_path,))
    assert list(map(str, check(loaded))) == []
    proving = await prove(loaded, tmp_path, executor, Wish(record=True))
    assert proving.differences == ()
    assert proving.proofs == 5
