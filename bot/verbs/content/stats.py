"""`kucha content stats`: how much is taught, and which questions learners show to be broken."""

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from core.bank.stats import Stats
    from core.study.difficulty import Difficulty
    from core.study.difficulty_store import SetAside


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to say it."""
    parser.add_argument("--json", action="store_true", help="one JSON object, see docs/authoring.md")


async def run(arguments: argparse.Namespace) -> int:
    """Count the packs and judge the questions by the answers in the database; 0 also when some are broken."""
    from core.bank.generators.registry import FAMILIES
    from core.bank.loading import BUILT_IN, load
    from core.bank.proving.lockfile import read_lock
    from core.bank.stats import count
    from core.storage.database import open_database
    from core.storage.upgrade import upgrade
    from core.study.difficulty_store import Difficulties

    settings = Settings()
    packs = (BUILT_IN, *settings.packs)
    stats = count(load(packs).bank, FAMILIES, [read_lock(pack) for pack in packs])
    database = open_database(settings.database_url)
    try:
        await upgrade(database)
        difficulties = Difficulties(database)
        judged, aside = await difficulties.all(), await difficulties.set_aside()
    finally:
        await database.close()
    print(_as_json(stats, judged, aside) if arguments.json else _as_text(stats, judged, aside))
    return 0


def _as_json(stats: "Stats", judged: "tuple[Difficulty, ...]", aside: "tuple[SetAside, ...]") -> str:
    return json.dumps(
        {
            **asdict(stats),
            "difficulty": [asdict(each) for each in judged],
            "set_aside": [{**asdict(each), "at": each.at.isoformat()} for each in aside],
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_text(stats: "Stats", judged: "tuple[Difficulty, ...]", aside: "tuple[SetAside, ...]") -> str:
    questions, proofs = stats.questions, stats.proofs
    gone = {each.question for each in aside}
    doubtful = [each for each in judged if each.is_doubtful and each.question not in gone]
    lines = [
        f"competencies   {_spread(stats.competencies, 'level ')}",
        f"questions      {questions.all}",
        f"               {_spread(questions.by_level, 'level ')}",
        f"               {_spread(questions.by_kind)}",
        f"               {_spread(questions.by_skill)}",
        f"               {_spread(questions.by_language)}",
        f"generators     {_spread(stats.generators, 'level ')}",
        f"claims         {stats.claims_taught.all}: taught {stats.claims_taught.used}, asked {stats.claims_asked.used}",
        f"misconceptions {stats.misconceptions.all}: as a wrong option {stats.misconceptions.used}",
        f"terms          {stats.terms}",
        f"proofs         {_spread(proofs.by_version, 'Python ')}; agreed without a program: {proofs.agreed}",
        f"answers        {len(judged)} questions with answers to judge by",
    ]
    lines += [f"set aside      {each.question}: {each.reason}" for each in aside]
    lines += [
        f"doubtful       {each.question}: discrimination {each.discrimination:.2f} "
        f"in {each.answers} first answers, {each.share:.0%} right"
        for each in doubtful
    ]
    return "\n".join(lines)


def _spread(counted: dict[str, int], before: str = "") -> str:
    return ", ".join(f"{before}{name}: {number}" for name, number in counted.items()) or "0"
