"""Documents as Discord messages: embeds, files and rows of buttons, within every limit of the platform."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import discord

from bot.platforms.discord.controls import ROWS, Row, component_rows
from bot.platforms.discord.markdown import ZERO_WIDTH, fitted, shortened
from bot.platforms.discord.panels import FILE_BYTES, Panel, panels
from core.document import Attachment, Document, Picture, Text

CONTENT = 2000
FOOTER = 500
MESSAGE_EMBEDS = 10
MESSAGE_CHARACTERS = 6000 - FOOTER - MESSAGE_EMBEDS
"""What all embeds of a message may hold together, the footer and a character in each empty description apart."""
MESSAGE_FILES = 10
ALT = 1000

ACCENT = discord.Colour(0x3776AB)
ASIDE = discord.Colour(0x80848E)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a message, kept as bytes because every attempt to send it reads it anew."""

    name: str
    content: bytes
    alt: str | None = None

    def file(self) -> discord.File:
        """The file for one attempt."""
        return discord.File(io.BytesIO(self.content), filename=self.name, description=self.alt)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send; `content` is for words that need no embed."""

    content: str = ""
    embeds: tuple[discord.Embed, ...] = ()
    uploads: tuple[Upload, ...] = ()
    rows: tuple[Row, ...] = ()


def render(document: Document, notice: str | None = None) -> list[Outgoing]:
    """The messages that show a document, in their order; none when it holds nothing.

    The buttons come with the last message; a notice is the small print under it.
    """
    rows = component_rows(document.buttons)
    shown = [_outgoing(group) for group in _grouped(panels(document.blocks))]
    if not shown and not rows:
        return []
    if not shown:
        shown = [Outgoing(embeds=(discord.Embed(description=ZERO_WIDTH, colour=ACCENT),))]
    last = shown[-1]
    if notice:
        last.embeds[-1].set_footer(text=shortened(notice, FOOTER))
    shown[-1] = replace(last, rows=tuple(rows[:ROWS]))
    for start in range(ROWS, len(rows), ROWS):
        embed = discord.Embed(description=ZERO_WIDTH, colour=ACCENT)
        shown.append(Outgoing(embeds=(embed,), rows=tuple(rows[start : start + ROWS])))
    return shown


def in_words(message: Outgoing) -> Outgoing:
    """The message without embeds, files and buttons: what is sent when Discord refuses the whole of it."""
    words = "\n\n".join(embed.description or "" for embed in message.embeds)
    return Outgoing(content=next(fitted((Text(words),), CONTENT)))


def _grouped(found: Iterable[Panel]) -> Iterator[list[Panel]]:
    """Panels by message: as many as its limits on embeds, characters, files and bytes let in."""
    group: list[Panel] = []
    for panel in _few_files(found):
        together = [*group, panel]
        full = (
            len(together) > MESSAGE_EMBEDS
            or sum(each.size for each in together) > MESSAGE_CHARACTERS
            or sum(len(_files(each)) for each in together) > MESSAGE_FILES
            or sum(len(file.content) for each in together for file in _files(each)) > FILE_BYTES
        )
        if group and full:
            yield group
            group = []
        group.append(panel)
    if group:
        yield group


def _few_files(found: Iterable[Panel]) -> Iterator[Panel]:
    """The panels with every file beyond the first in a panel of its own, so that grouping can part them."""
    for panel in found:
        extra = panel.files if panel.picture else panel.files[1:]
        panel.files = [] if panel.picture else panel.files[:1]
        yield panel
        yield from (Panel(files=[file]) for file in extra)


def _files(panel: Panel) -> list[Picture | Attachment]:
    return [*([panel.picture] if panel.picture else []), *panel.files]


def _outgoing(group: Sequence[Panel]) -> Outgoing:
    embeds: list[discord.Embed] = []
    uploads: list[Upload] = []
    for panel in group:
        embed = discord.Embed(colour=ASIDE if panel.aside else ACCENT)
        embed.title = panel.title or None
        embed.description = panel.text or ZERO_WIDTH
        for file in _files(panel):
            name = f"{len(uploads)}-{_file_name(file.name)}" if uploads else _file_name(file.name)
            alt = shortened(file.alt, ALT) if isinstance(file, Picture) and file.alt else None
            uploads.append(Upload(name, file.content, alt))
            if isinstance(file, Picture):
                embed.set_image(url=f"attachment://{name}")
        if panel.text or panel.title or panel.picture:
            embeds.append(embed)
    if not embeds:
        embeds.append(discord.Embed(description=ZERO_WIDTH, colour=ACCENT))
    return Outgoing(embeds=tuple(embeds), uploads=tuple(uploads))


def _file_name(name: str) -> str:
    """The name as Discord keeps it, so that `attachment://` finds the picture."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name)[-80:].lstrip("._") or "file"
