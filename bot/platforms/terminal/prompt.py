"""The interactive prompt: history, and completion of commands and topics."""

from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document as Typed
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout

from core.chat.catalogue import CommandSpec
from core.chat.catalogue import Completion as Source
from core.chat.request import Person
from core.chat.tutor import Tutor

SUGGESTIONS = 8


class TutorCompleter(Completer):
    """Completes `/commands`, their choices, and topics through the tutor's look-up."""

    def __init__(self, tutor: Tutor, person: Person) -> None:
        self._tutor = tutor
        self._person = person

    def get_completions(self, document: Typed, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Nothing without the tutor; the prompt asks asynchronously."""
        return ()

    async def get_completions_async(
        self, document: Typed, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """What fits behind the cursor."""
        typed = document.text_before_cursor
        if not typed.startswith("/"):
            return
        name, space, arguments = typed[1:].partition(" ")
        if not space:
            for command in self._tutor.catalogue:
                if command.name.startswith(name):
                    about = self._tutor.description(f"command-{command.name}", self._person.language)
                    yield Completion(f"/{command.name}", -len(typed), display_meta=about)
            return
        command_named = self._tutor.catalogue.find(name)
        if command_named is not None:
            async for completion in self._arguments(command_named, arguments):
                yield completion

    async def _arguments(self, command: CommandSpec, typed: str) -> AsyncGenerator[Completion, None]:
        for parameter in command.parameters:
            given, space, rest = typed.partition(" ")
            if space and given in parameter.choices:
                typed = rest
                continue
            for choice in parameter.choices:
                if choice.startswith(typed):
                    yield Completion(choice, -len(typed))
            if parameter.completes is Source.TOPIC:
                for suggestion in await self._tutor.suggest(typed, self._person, SUGGESTIONS):
                    yield Completion(suggestion.slug, -len(typed), suggestion.title)


class PromptLines:
    """Lines typed at a prompt, with a history that survives. `before` is what stands before the prompt at a moment."""

    def __init__(self, tutor: Tutor, person: Person, history: Path) -> None:
        self.before: Callable[[], str] = str
        history.parent.mkdir(parents=True, exist_ok=True)
        self._session: PromptSession[str] = PromptSession(
            history=FileHistory(str(history)), completer=TutorCompleter(tutor, person), complete_while_typing=False
        )

    async def read(self, prompt: str) -> str:
        """The next line; KeyboardInterrupt and EOFError as the person presses them."""
        with patch_stdout(raw=True):
            return await self._session.prompt_async(lambda: f"{self.before()}{prompt}")

    def redraw(self) -> None:
        """Show the prompt anew: what stands before it has changed."""
        self._session.app.invalidate()

    async def above(self, show: Callable[[], None]) -> None:
        """Let something be shown above the line that is being typed."""
        await run_in_terminal(show)
