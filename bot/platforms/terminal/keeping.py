"""Pictures and files of a document, saved where the person can open them."""

from collections.abc import Iterator
from pathlib import Path, PurePath

from core.document import Attachment, Block, Details, Document, Picture


def save_files(document: Document, folder: Path) -> list[str]:
    """Write every picture and file of a document into `folder`; the paths, in the document's order."""
    saved = []
    for file in _files(document.blocks):
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, PurePath(file.name).name or "file")
        path.write_bytes(file.content)
        saved.append(str(path))
    return saved


def _files(blocks: tuple[Block, ...]) -> Iterator[Picture | Attachment]:
    for block in blocks:
        if isinstance(block, Picture | Attachment):
            yield block
        elif isinstance(block, Details):
            yield from _files(block.blocks)


def _free(folder: Path, name: str) -> Path:
    path = folder / name
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{PurePath(name).stem}-{number}{PurePath(name).suffix}"
    return path
