"""Every command the tutor knows, written once; each platform loops over it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.chat.quiz_words import is_for_leaders
from core.chat.request import Command, Press, Said


class Group(StrEnum):
    """The shelves of `/help`."""

    LEARN = "learn"
    ME = "me"
    DATA = "data"


class Completion(StrEnum):
    """What a parameter's values are completed from."""

    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a command, in the order in which it is typed.

    A `file` parameter takes an attached file where a platform has such options; elsewhere files come with the message.
    `choices` are all its values; `completes` says where suggestions come from when there are too many to list.
    Platforms with typed options (Discord) join the given values with spaces into `Command.arguments`.
    """

    name: str
    required: bool = False
    choices: tuple[str, ...] = ()
    completes: Completion | None = None
    file: bool = False


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A command: its name (`[a-z0-9_]`, at most 32 characters), its shelf, its arguments.

    Its description is the Fluent message `command-<name>`, a parameter's is `command-<name>-<parameter>`. `personal`
    answers are shown only to the person who asked where the platform can do that. `on_messages` is the Fluent message
    under which a platform offers the command on somebody's message, which is then quoted in the request. What `decides`
    changes something for a whole chat, always or with words that it says it of (a command's arguments, a button's
    verb): there the platform finds out whether the person may (`Request.manages`).
    """

    name: str
    group: Group
    parameters: tuple[Parameter, ...] = ()
    personal: bool = False
    on_messages: str | None = None
    decides: bool | Callable[[str], bool] = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The commands in the order in which people should meet them."""

    commands: Sequence[CommandSpec]
    _by_name: dict[str, CommandSpec] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {command.name: command for command in self.commands})

    def __iter__(self) -> Iterator[CommandSpec]:
        return iter(self.commands)

    def find(self, name: str) -> CommandSpec | None:
        """The command of that name, if there is one; case does not matter."""
        return self._by_name.get(name.casefold())

    def decides(self, said: Said) -> bool:
        """Whether what was said changes something for a whole chat: such a command, or a button of it."""
        match said:
            case Command(name, arguments):
                command, words = self.find(name), arguments
            case Press(token):
                name, _, rest = token.partition(":")
                command, words = self.find(name), rest.partition(":")[0]
            case _:
                return False
        if command is None:
            return False
        return command.decides if isinstance(command.decides, bool) else command.decides(words)


LEVELS = ("1", "2", "3")
SETTINGS = ("language", "level", "zone", "python", "retention", "quiet")

CATALOGUE = Catalogue(
    (
        CommandSpec("start", Group.LEARN),
        CommandSpec("explain", Group.LEARN, (Parameter("words", required=True, completes=Completion.TOPIC),)),
        CommandSpec(
            "ask", Group.LEARN, (Parameter("level", choices=LEVELS), Parameter("topic", completes=Completion.TOPIC))
        ),
        CommandSpec(
            "run", Group.LEARN, (Parameter("code"), Parameter("file", file=True)), on_messages="command-run-this"
        ),
        CommandSpec("daily", Group.LEARN, (Parameter("when"),), decides=True),
        CommandSpec(
            "quiz",
            Group.LEARN,
            (
                Parameter("topic", completes=Completion.TOPIC),
                Parameter("level", choices=LEVELS),
                Parameter("rounds", choices=("3r", "5r", "10r", "15r")),
                Parameter("seconds", choices=("10s", "20s", "30s", "60s")),
                Parameter("mode", choices=("all", "teams", "last")),
                Parameter("action", choices=("join", "leave", "stop", "skip", "pause", "resume", "off")),
            ),
            decides=is_for_leaders,
        ),
        CommandSpec("exam", Group.LEARN, (Parameter("level", choices=LEVELS),), personal=True),
        CommandSpec("progress", Group.ME, personal=True),
        CommandSpec("top", Group.ME, (Parameter("action", choices=("join", "leave")),)),
        CommandSpec("pause", Group.ME, (Parameter("days"),), personal=True),
        CommandSpec("settings", Group.ME, (Parameter("setting", choices=SETTINGS), Parameter("value")), personal=True),
        CommandSpec("help", Group.ME, personal=True),
        CommandSpec("report", Group.DATA, (Parameter("words"),), personal=True),
        CommandSpec("export", Group.DATA, personal=True),
        CommandSpec("forget", Group.DATA, personal=True),
    )
)
