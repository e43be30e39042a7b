"""What a program printed, and the files it made."""

from core.chat.texts import Voice
from core.document import Attachment, Block, CodeBlock, Picture
from core.executor.model import MadeFile, Run

CHARACTERS = 1400
"""Output shown in the message, in characters; the whole comes as a file."""
LINES = 30
KEPT_SIGNS = "\n\t\u200d\ufe0f"
"""Besides printable characters these pass: line breaks, tabs, and what joins emoji."""
PICTURES = ("image/png", "image/jpeg", "image/gif")


def output_blocks(ran: Run, voice: Voice) -> list[Block]:
    """The output, cut in the middle when it is long, and whatever files the program left."""
    whole = visible("".join(chunk.text for chunk in ran.output)).rstrip("\n")
    blocks: list[Block] = []
    if whole.strip():
        shown = in_the_middle(whole, voice)
        blocks.append(CodeBlock(shown))
        if shown != whole:
            blocks.append(Attachment(f"{whole}\n".encode(), "output.txt", "text/plain"))
    return blocks + [made_file(file) for file in ran.files]


def in_the_middle(whole: str, voice: Voice) -> str:
    """The first and the last lines, and how many are left out between; very long lines are cut the same way."""
    lines = whole.split("\n")
    if len(lines) > LINES:
        gap = voice("run-output-lines", lines=len(lines) - LINES)
        lines = [*lines[: LINES // 2], gap, *lines[-(LINES - LINES // 2) :]]
    shown = "\n".join(lines)
    if len(shown) > CHARACTERS:
        gap = voice("run-output-characters", characters=len(shown) - CHARACTERS)
        shown = f"{shown[: CHARACTERS // 2]}\n{gap}\n{shown[-CHARACTERS // 2 :]}"
    return shown


def visible(text: str) -> str:
    """The text without characters that steer terminals or turn lines around."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in KEPT_SIGNS else "·" for sign in text.replace("\r\n", "\n"))


def made_file(file: MadeFile) -> Block:
    """A file of the program; pictures come as pictures."""
    if file.media_type in PICTURES:
        return Picture(file.content, file.name, file.name, file.media_type)
    return Attachment(file.content, file.name, file.media_type)
