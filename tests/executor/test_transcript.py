"""Output as it arrives, and as it is shortened."""

from hypothesis import given
from hypothesis import strategies as st

from core.executor.model import Chunk, Stream
from core.executor.transcript import Transcript, cut_in_the_middle

CHUNKS = st.lists(st.builds(Chunk, stream=st.sampled_from(Stream), text=st.text(min_size=1, max_size=20)), max_size=8)


def test_streams_keep_their_order_and_neighbours_join() -> None:
    transcript = Transcript(100)
    for stream, data in ((Stream.stdout, b"a"), (Stream.stdout, b"b"), (Stream.stderr, b"c"), (Stream.stdout, b"d")):
        transcript.add(stream, data)
    assert [(chunk.stream, chunk.text) for chunk in transcript.chunks()] == [
        (Stream.stdout, "ab"),
        (Stream.stderr, "c"),
        (Stream.stdout, "d"),
    ]


def test_the_exact_limit_is_not_too_much_and_one_byte_more_is() -> None:
    exact, more = Transcript(5), Transcript(5)
    exact.add(Stream.stdout, b"12345")
    more.add(Stream.stdout, b"123456")
    assert (exact.overflowed, exact.chunks()[0].text) == (False, "12345")
    assert (more.overflowed, more.chunks()[0].text) == (True, "12345")


def test_a_letter_split_between_two_reads_stays_whole() -> None:
    transcript = Transcript(100)
    letter = "ж".encode()
    transcript.add(Stream.stdout, letter[:1])
    transcript.add(Stream.stdout, letter[1:])
    assert transcript.chunks()[0].text == "ж"


def test_the_last_line_of_stderr_is_found_behind_later_output() -> None:
    transcript = Transcript(1000)
    transcript.add(Stream.stderr, b"Traceback\nMemoryError\n\n")
    transcript.add(Stream.stdout, b"later\n")
    assert transcript.last_error_line() == "MemoryError"


@given(CHUNKS, st.integers(min_value=1, max_value=60))
def test_a_cut_keeps_both_ends_and_counts_what_is_missing(chunks: list[Chunk], most: int) -> None:
    whole = "".join(chunk.text for chunk in chunks)
    kept, left_out = cut_in_the_middle(chunks, most)
    text = "".join(chunk.text for chunk in kept)
    assert len(text) + left_out == len(whole)
    assert len(text) == min(most, len(whole))
    head = most // 2 if left_out else len(text)
    assert text[:head] == whole[:head]
    assert text[head:] == whole[len(whole) - (len(text) - head) :]
