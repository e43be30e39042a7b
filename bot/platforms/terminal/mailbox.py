"""What nobody has just asked for: the question of the day, for whoever sits at the prompt."""

from bot.platforms.terminal.chat import Above, TerminalChat
from core.chat.letter import Letter
from core.delivery.claims import Ended, Outcome, Parcel


class TerminalMailbox:
    """Shows letters above the prompt of an open chat; what comes too late waits until one is opened again."""

    def __init__(self, chat: TerminalChat, above: Above) -> None:
        self._chat = chat
        self._above = above

    async def post(self, parcel: Parcel, letter: Letter) -> Ended:
        """Show it as soon as no input is being answered."""
        shown = await self._chat.interrupt(letter.document, self._above)
        return Ended(parcel, Outcome.SENT if shown else Outcome.LATER)

    async def tell(self, person: str, letter: Letter) -> None:
        """Nothing: at a terminal no right to write can be missing."""
