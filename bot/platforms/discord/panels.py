"""A document's blocks gathered into panels: what becomes one embed each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.platforms.discord.blocks import pieces
from bot.platforms.discord.markdown import escape, length, shortened
from core.document import Attachment, Block, Bullets, CodeBlock, Details, Heading, Picture

DESCRIPTION = 4096
TITLE = 120
"""A title's characters before escaping, which at most doubles them; Discord takes 256."""
FILE_BYTES = 10_000_000
"""The largest upload: Discord takes 10 MiB from a bot in a server without boosts."""


@dataclass(slots=True)
class Panel:
    """The content of one embed; `aside` is what only some readers want."""

    title: str = ""
    text: str = ""
    aside: bool = False
    picture: Picture | None = None
    files: list[Attachment] = field(default_factory=list)

    @property
    def size(self) -> int:
        """What it counts for in a message's limit, in UTF-16 units."""
        return length(self.title) + length(self.text)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.title or self.text or self.picture or self.files)


def panels(blocks: Iterable[Block]) -> list[Panel]:
    """The blocks in their order; a picture ends its panel because an embed shows it below its text."""
    return [panel for panel in _panels(blocks, Panel()) if not panel.empty]


def _panels(blocks: Iterable[Block], panel: Panel) -> Iterator[Panel]:
    aside = panel.aside
    previous: Block | None = None
    for block in blocks:
        match block:
            case Picture() | Attachment() if len(block.content) > FILE_BYTES:
                panel.text = _joined(panel.text, escape(shortened(_name(block), TITLE)), "\n\n")
            case Picture():
                panel.picture = block
                yield panel
                panel = Panel(aside=aside)
            case Attachment():
                panel.files.append(block)
            case Details(title, inner):
                yield panel
                yield from _panels(inner, Panel(title=escape(shortened(title, TITLE)), aside=True))
                panel = Panel(aside=aside)
            case _:
                close = isinstance(previous, Heading | CodeBlock) or isinstance(block, Bullets | CodeBlock)
                gap = "\n" if close else "\n\n"
                for piece in pieces(block):
                    if length(panel.text) + len(gap) + length(piece) > DESCRIPTION:
                        yield panel
                        panel = Panel(aside=aside)
                    panel.text = _joined(panel.text, piece, gap)
                    gap = "\n"
        previous = block
    yield panel


def _joined(text: str, piece: str, gap: str) -> str:
    return f"{text}{gap}{piece}" if text else piece


def _name(block: Picture | Attachment) -> str:
    return block.alt if isinstance(block, Picture) else block.name
