"""What an operator has to put right before the bot can serve."""


class OperatorError(Exception):
    """The docstring of the error says what to do; it is also the message."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class TokenRefused(OperatorError):
    """Telegram does not accept the token: copy it again from @BotFather into TELEGRAM_TOKEN."""


class ApiUrlRefused(OperatorError):
    """TELEGRAM_API_URL is no web address: it starts with http:// or https:// and names a host."""
