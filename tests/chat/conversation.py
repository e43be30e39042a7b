"""One person talking to the real tutor, as any platform would bring it."""

from dataclasses import dataclass, field

from bot.wiring import Kucha
from core.chat.answer import Answer
from core.chat.request import Command, Person, Place, Platform, Press, Request, Said, Words
from core.document import Button, Document


@dataclass
class Conversation:
    """Says things and keeps the last answer; `language` and `manages` are what the platform reports."""

    kucha: Kucha
    language: str = "en"
    person: str = "1"
    chat: str = "1"
    private: bool = True
    answer: Answer | None = None
    heard: list[Answer | None] = field(default_factory=list)
    name: str | None = None
    manages: bool = False

    async def say(self, text: str) -> str:
        """Type a line; a leading slash makes it a command. The answer as plain text."""
        if text.startswith("/"):
            name, _, arguments = text[1:].partition(" ")
            return await self.send(Command(name, arguments))
        return await self.send(Words(text))

    async def press(self, label: str, typed: str | None = None) -> str:
        """Tap the button with that label (or whose label begins so)."""
        found = [button for button in self.buttons if button.label.startswith(label)]
        assert found, f"no button {label!r} among {[button.label for button in self.buttons]}"
        return await self.send(Press(found[0].token, typed))

    async def send(self, said: Said, edited: bool = False) -> str:
        """Send anything."""
        self._unhurried()
        person = Person(Platform.TELEGRAM, self.person, self.language, self.name)
        place = Place(self.chat, self.private)
        answer = await self.kucha.app.handle(
            Request(person, place, said, message="1", edited=edited, manages=self.manages)
        )
        self.heard.append(answer)
        if answer is not None:
            self.answer = answer
        return self.text if answer is not None else ""

    def _unhurried(self) -> None:
        """Tests type faster than people: pacing has its own tests."""
        self.kucha.app._pacing._buckets.clear()

    @property
    def document(self) -> Document:
        """The last document."""
        assert self.answer is not None
        return self.answer.document

    @property
    def text(self) -> str:
        """The last document as plain text, or the notice where there is nothing else."""
        assert self.answer is not None
        return self.document.plain() or (self.answer.notice or "")

    @property
    def buttons(self) -> list[Button]:
        """The last document's buttons."""
        return [button for row in self.document.buttons for button in row]
