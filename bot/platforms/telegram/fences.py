"""Code that a learner marked as such.

Clients turn a fenced block into an entity and take the fences away; the tutor finds programs by their fences, so they
are put back.
"""

from collections.abc import Sequence

from aiogram.enums import MessageEntityType
from aiogram.types import MessageEntity

_UNIT = "utf-16-le"
_UNIT_BYTES = 2


def with_fences(text: str, entities: Sequence[MessageEntity]) -> str:
    """The text with every preformatted block between fences again."""
    raw = text.encode(_UNIT, "surrogatepass")
    parts: list[str] = []
    done = 0
    for entity in sorted(entities, key=lambda entity: entity.offset):
        start, end = entity.offset * _UNIT_BYTES, (entity.offset + entity.length) * _UNIT_BYTES
        if entity.type != MessageEntityType.PRE or start < done:
            continue
        before = raw[done:start].decode(_UNIT, "replace")
        code = raw[start:end].decode(_UNIT, "replace").strip("\n")
        parts += [before.rstrip(" "), "" if not before or before.endswith("\n") else "\n"]
        parts.append(f"```\n{code}\n```")
        done = end
        if raw[done:] and not raw[done:].startswith("\n".encode(_UNIT)):
            parts.append("\n")
    return "".join(parts) + raw[done:].decode(_UNIT, "replace")
