"""What a program printed, and the files it made."""

from core.chat.texts import Voice
from core.document import Attachment, Block, CodeBlock, Picture
from core.executor.model import Chunk, MadeFile, Run
from core.executor.transcript import cut_in_the_middle

CHARACTERS = 1400
"""Output shown in the message, in characters; the whole comes as a file."""
LINES = 30
KEPT_SIGNS = "\n\t\u200d\ufe0f"
"""Besides printable characters these pass: line breaks, tabs, and what joins emoji."""
PICTURES = ("image/png", "image/jpeg", "image/gif")


def output_blocks(ran: Run, voice: Voice) -> list[Block]:
    """The output, cut in the middle when it is long, and whatever files the program left."""
    whole = visible("".join(chunk.text for chunk in ran.output))
    blocks: list[Block] = []
    if whole.strip():
        shown = in_the_middle(ran.output, voice)
        blocks.append(CodeBlock(shown))
        if shown != whole.rstrip("\n"):
            blocks.append(Attachment(whole.encode(), "output.txt", "text/plain"))
    return blocks + [made_file(file) for file in ran.files]


def in_the_middle(chunks: tuple[Chunk, ...], voice: Voice) -> str:
    """The first and the last lines, with the number of lines or characters left out between them."""
    kept, left_out = cut_in_the_middle(chunks, CHARACTERS)
    text = visible("".join(chunk.text for chunk in kept)).rstrip("\n")
    if left_out:
        half = len(visible("".join(chunk.text for chunk in kept))) // 2
        text = f"{text[:half]}\n{voice('run-output-cut', characters=left_out)}\n{text[half:]}"
    lines = text.split("\n")
    if len(lines) > LINES:
        hidden = len(lines) - LINES
        lines = [*lines[: LINES // 2], voice("run-output-lines", lines=hidden), *lines[-LINES // 2 :]]
    return "\n".join(lines)


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
