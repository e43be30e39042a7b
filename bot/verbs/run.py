"""`kucha run`: programs through the executor, many files in one process."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import Settings

if TYPE_CHECKING:
    from core.executor.model import Run
    from core.executor.report.model import ObjectRow


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which programs, on which Python, shown how."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a program; `-` reads one from standard input")
    parser.add_argument("--json", action="store_true", help="a JSON object a file; docs/commands.md gives its shape")
    parser.add_argument("--py", metavar="VERSION", help="the interpreter, such as 3.13 or 3.14t (the default one)")
    for option, about in (("trace", "step by step"), ("graph", "a picture"), ("dis", "bytecode"), ("time", "timing")):
        parser.add_argument(f"--{option}", action="store_true", help=about)


async def run(arguments: argparse.Namespace) -> int:
    """Run every file; 0 when all finished without an error."""
    from bot.logs import set_up_logs
    from bot.platforms.terminal.keeping import save_files
    from bot.platforms.terminal.renderer import rendered
    from bot.platforms.terminal.screen import standard_screen
    from bot.verbs.chat import spoken_here
    from bot.wiring import open_executor_of
    from core.chat.presenters.run import run_document
    from core.chat.snippet_store import Kept
    from core.chat.snippets import OPTIONS, Written
    from core.chat.texts import Texts
    from core.executor.model import Outcome, Snippet, View
    from core.study.learner import language_of

    set_up_logs("ERROR")
    settings = Settings()
    view = frozenset({View.memory, *(OPTIONS[f"--{name[2:]}"] for name in OPTIONS if getattr(arguments, name[2:]))})
    voice = Texts().in_language(language_of(spoken_here()))
    executor = await open_executor_of(settings)
    screen, finished = standard_screen(), True
    try:
        for name in arguments.files:
            code = _source(name)
            ran = await executor.run(Snippet(code, arguments.py, "", view))
            finished = finished and ran.outcome is Outcome.finished
            if arguments.json:
                print(json.dumps({"file": name, **described(ran)}, ensure_ascii=False), flush=True)
            else:
                document = run_document(ran, Kept(0, Written(code, view=view)), voice)
                saved = save_files(document.blocks, settings.kucha_data / "pictures")
                screen.show(rendered(document.blocks, saved))
    finally:
        await executor.close()
    return 0 if finished else 1


def _source(name: str) -> str:
    return sys.stdin.read() if name == "-" else Path(name).read_text("utf-8", "replace")


def described(ran: "Run") -> dict[str, Any]:
    """A run for another program: docs/commands.md gives the shape, which stays."""
    return {
        "outcome": ran.outcome,
        "reason": ran.reason,
        "output": "".join(chunk.text for chunk in ran.output),
        "python": ran.version,
        "milliseconds": ran.milliseconds,
        "exit_status": ran.exit_status,
        "objects": [_object(row) for row in ran.report.objects] if ran.report else [],
    }


def _object(row: "ObjectRow") -> dict[str, Any]:
    return {
        "names": row.names,
        "type": row.type,
        "value": row.value,
        "id": row.id,
        "refcount": row.refcount,
        "uncounted": row.uncounted,
        "size": row.size,
        "badges": row.badges,
        "referrers": row.referrers,
    }
