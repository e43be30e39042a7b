"""`kucha executor`: the sandbox as a service of its own."""

import argparse
from pathlib import Path

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--listen", type=Path, required=True, metavar="SOCKET", help="the unix socket to make")


async def run(arguments: argparse.Namespace) -> int:
    """Serve runs until SIGTERM."""
    from bot.logs import set_up_logs
    from bot.stopping import stop_event
    from bot.wiring import executor_settings
    from core.executor.embedded import open_executor
    from core.executor.service import serve

    set_up_logs(Settings().kucha_log)
    stop = stop_event()
    executor = await open_executor(executor_settings())
    try:
        server = await serve(executor, arguments.listen)
        async with server:
            await stop.wait()
    finally:
        await executor.close()
    return 0
