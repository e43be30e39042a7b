"""Where dailies arrive in tests: the real courier brings them, a conversation takes them up."""

from dataclasses import dataclass, field

from bot.wiring import Kucha
from core.chat.answer import Answer
from core.chat.letter import Letter
from core.chat.request import Platform
from core.delivery.claims import Ended, Outcome, Parcel
from tests.chat.conversation import Conversation


@dataclass
class Postbox:
    """Keeps every letter by its chat; `outcome` is what becomes of the next ones."""

    kucha: Kucha
    letters: list[tuple[str, Letter]] = field(default_factory=list)
    told: list[tuple[str, Letter]] = field(default_factory=list)
    outcome: Outcome = Outcome.SENT

    async def post(self, parcel: Parcel, letter: Letter) -> Ended:
        if self.outcome is Outcome.SENT:
            self.letters.append((parcel.schedule.address.chat, letter))
        return Ended(parcel, self.outcome)

    async def tell(self, person: str, letter: Letter) -> None:
        self.told.append((person, letter))

    async def arrived(self, chat: str = "1") -> list[Letter]:
        """What the courier brings to a chat now."""
        before = len(self.letters)
        await self.kucha.rounds.courier(Platform.TELEGRAM, self).deliver_due()
        return [letter for arrived, letter in self.letters[before:] if arrived == chat]

    async def one(self, talk: Conversation) -> Letter:
        """The one letter that is due in a conversation's chat; its buttons can be pressed there."""
        (letter,) = await self.arrived(talk.chat)
        talk.answer = Answer(letter.document)
        return letter
