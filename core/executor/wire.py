"""Messages between the tutor and an executor that runs as its own service: a length, then JSON.

The length is four bytes, big-endian. A connection carries one request and one answer; closing it early gives the run
up.
"""

import asyncio
import struct

from pydantic import BaseModel, ConfigDict, Field

from core.executor.model import Interpreter, Run, Snippet

LONGEST_REQUEST = 1024 * 1024
LONGEST_ANSWER = 32 * 1024 * 1024
_LENGTH = struct.Struct("!I")


class Request(BaseModel):
    """A snippet to run, or None to ask for the interpreters only."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    snippet: Snippet | None = None


class Answer(BaseModel):
    """The run that was asked for; interpreters always, since the service may have been restarted with others."""

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")
    run: Run | None = None
    pythons: tuple[Interpreter, ...] = Field(default=(), max_length=100)


async def send(writer: asyncio.StreamWriter, message: BaseModel) -> None:
    """A message: its length, then its JSON. Raises OSError when the other side is gone."""
    body = message.model_dump_json().encode("utf-8", "surrogatepass")
    writer.write(_LENGTH.pack(len(body)) + body)
    await writer.drain()


async def receive(reader: asyncio.StreamReader, longest: int) -> bytes:
    """The body of the next message; raises ValueError for one that is too long, IncompleteReadError for a cut one."""
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    if length > longest:
        raise ValueError(f"a message of {length} bytes")
    return await reader.readexactly(length)
