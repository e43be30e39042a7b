"""What a program printed, in order of arrival, as bytes until its end."""

from collections.abc import Sequence

from core.executor.model import Chunk, Stream

_TAIL = 2048


class Transcript:
    """Collects tagged output up to a limit in bytes; what comes later is counted as too much and dropped."""

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._pieces: list[tuple[Stream, bytearray]] = []
        self.overflowed = False

    def add(self, stream: Stream, data: bytes) -> None:
        if len(data) > self._left:
            self.overflowed = True
            data = data[: self._left]
        self._left -= len(data)
        if not data:
            return
        if self._pieces and self._pieces[-1][0] is stream:
            self._pieces[-1][1].extend(data)
        else:
            self._pieces.append((stream, bytearray(data)))

    def chunks(self) -> tuple[Chunk, ...]:
        """The output as text; bytes that are no UTF-8 become U+FFFD."""
        return tuple(Chunk(stream=stream, text=data.decode("utf-8", "replace")) for stream, data in self._pieces)

    def last_error_line(self) -> str:
        """The last line on stderr that is not empty, where a traceback says what was raised."""
        for stream, data in reversed(self._pieces):
            if stream is Stream.stderr:
                lines = bytes(data[-_TAIL:]).decode("utf-8", "replace").split("\n")
                return next((line for line in reversed(lines) if line.strip()), "")
        return ""


def cut_in_the_middle(chunks: Sequence[Chunk], most: int) -> tuple[tuple[Chunk, ...], int]:
    """The first and the last characters of an output, at most `most` together, and how many are left out between."""
    total = sum(len(chunk.text) for chunk in chunks)
    if total <= most:
        return tuple(chunks), 0
    head = most // 2
    left_out = total - most
    kept: list[Chunk] = []
    position = 0
    for chunk in chunks:
        start, position = position, position + len(chunk.text)
        before = chunk.text[: max(0, head - start)]
        after = chunk.text[max(0, head + left_out - start) :] if position > head + left_out else ""
        kept += [Chunk(stream=chunk.stream, text=text) for text in (before, after) if text]
    return tuple(kept), left_out
