"""Pictures and files of a document, saved where the person can open them."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from core.document import Attachment, Block, Details, Picture


def save_files(blocks: Sequence[Block], folder: Path) -> list[str]:
    """Write every picture and file into `folder`, over nothing that is there; the paths, in the blocks' order."""
    saved = []
    for file in _files(blocks):
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, file.name)
        path.write_bytes(file.content)
        saved.append(str(path))
    return saved


def _files(blocks: Sequence[Block]) -> Iterator[Picture | Attachment]:
    for block in blocks:
        if isinstance(block, Picture | Attachment):
            yield block
        elif isinstance(block, Details):
            yield from _files(block.blocks)


def _free(folder: Path, wanted: str) -> Path:
    """A path in the folder that does not exist yet; a name may come from a learner's program."""
    name = PurePath("".join(char for char in wanted if char.isprintable())[-80:]).name or "file"
    path = folder / name
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{PurePath(name).stem}-{number}{PurePath(name).suffix}"
    return path
