"""Whose turn it is."""

import pytest

from core.executor.turns import QueueFull, Turns


class Ticket:
    """Only its identity matters."""

    def __init__(self, name: str) -> None:
        self.name = name


def always(_: Ticket) -> bool:
    return True


def served(turns: Turns[Ticket], count: int) -> list[str]:
    """The names of the next tickets, each run to its end before the next."""
    names = []
    for _ in range(count):
        ticket = turns.take(always)
        assert ticket is not None
        names.append(ticket.name)
        turns.leave(ticket)
    return names


def test_a_chat_that_asks_a_lot_waits_behind_one_that_asks_once() -> None:
    turns: Turns[Ticket] = Turns(10)
    for number in range(3):
        turns.enter(Ticket(f"loud {number}"), learner=f"l{number}", chat="loud")
    turns.enter(Ticket("quiet"), learner="q", chat="quiet")
    assert served(turns, 4) == ["loud 0", "quiet", "loud 1", "loud 2"]


def test_a_learner_has_one_run_at_a_time() -> None:
    turns: Turns[Ticket] = Turns(10)
    first, second, other = Ticket("first"), Ticket("second"), Ticket("other")
    turns.enter(first, learner="ada", chat="a")
    turns.enter(second, learner="ada", chat="b")
    turns.enter(other, learner="bob", chat="b")
    assert turns.take(always) is first
    assert turns.take(always) is other
    assert turns.take(always) is None
    turns.leave(first)
    assert turns.take(always) is second


def test_a_full_queue_names_the_place() -> None:
    turns: Turns[Ticket] = Turns(2)
    for _ in range(2):
        turns.enter(Ticket("waiting"), learner="", chat="")
    with pytest.raises(QueueFull) as full:
        turns.enter(Ticket("late"), learner="", chat="")
    assert full.value.place == 3


def test_who_cannot_be_served_yet_does_not_hold_up_the_others() -> None:
    turns: Turns[Ticket] = Turns(10)
    turns.enter(Ticket("slow version"), learner="a", chat="a")
    turns.enter(Ticket("default version"), learner="b", chat="a")
    ticket = turns.take(lambda each: each.name == "default version")
    assert ticket is not None
    assert [each.name for each in turns.waiting()] == ["slow version"]


def test_who_gives_up_leaves_the_queue() -> None:
    turns: Turns[Ticket] = Turns(1)
    gone = Ticket("gone")
    turns.enter(gone, learner="a", chat="a")
    turns.leave(gone)
    turns.enter(Ticket("next"), learner="b", chat="b")
    assert served(turns, 1) == ["next"]
    assert len(turns) == 0
