"""What an operator has to put right before the bot can serve, and what the log says of other errors."""

from pathlib import PurePath
from traceback import extract_tb


class OperatorError(Exception):
    """The docstring of the error says what to do; it is also the message."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class TokenRefused(OperatorError):
    """Telegram does not accept the token: copy it again from @BotFather into TELEGRAM_TOKEN."""


class ApiUrlRefused(OperatorError):
    """TELEGRAM_API_URL is no web address: it starts with http:// or https:// and names a host."""


def trace_of(error: Exception) -> dict[str, object]:
    """An error for the log: its type and the way to it, without its message, which may quote a learner."""
    steps = [f"{PurePath(step.filename).name}:{step.lineno}" for step in extract_tb(error.__traceback__)]
    return {"error": type(error).__name__, "steps": steps}
