"""`/run` in a conversation, in the real sandbox."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.wiring import Kucha
from core.chat.answer import Way
from core.chat.request import Command, Press
from core.document import Table, plain_block
from tests.chat.conversation import Conversation
from tests.conftest import Clock


def table(talk: Conversation) -> str:
    return plain_block(next(block for block in talk.document.blocks if isinstance(block, Table)))


async def test_a_program_answers_with_its_output_and_its_objects(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    said = await talk.say("/run ```python\na = []\nb = a\nc = [a, a]\nprint('hello')\n```")
    assert "hello" in said
    assert "a, b" in table(talk)
    assert "c[0], c[1]" in table(talk)


async def test_the_buttons_show_the_same_program_in_other_ways_even_after_a_restart(
    kucha: Kucha, reopen: Callable[[], AbstractAsyncContextManager[Kucha]]
) -> None:
    talk = Conversation(kucha)
    await talk.say("/run a = [1]")
    tokens = [button.token for button in talk.buttons]
    assert {token.split(":")[0] for token in tokens} == {"view", "compare"}
    async with reopen() as later:
        after = Conversation(later)
        for token in tokens:
            await after.send(Press(token))
            assert after.answer is not None
            assert after.answer.way is Way.EDIT
            assert "Something broke" not in after.text


async def test_only_ones_own_programs_have_buttons(kucha: Kucha) -> None:
    talk, other = Conversation(kucha), Conversation(kucha, person="2")
    await talk.say("/run a = [1]")
    assert "no longer have" in await other.send(Press(talk.buttons[0].token))


async def test_without_code_the_next_message_is_the_program(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    assert "Send me the code" in await talk.say("/run")
    assert "42" in await talk.say("print(6 * 7)")


async def test_another_command_ends_the_wait_for_a_program(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/run")
    await talk.say("/help")
    assert "__slots__" in await talk.say("slots")


async def test_the_example_of_a_card_and_the_code_of_a_question_run(kucha: Kucha) -> None:
    talk = Conversation(kucha)
    await talk.say("/explain slots")
    await talk.press("Run it")
    assert "Python 3." in talk.text
    question = next(each for each in kucha.room.bank.questions.values() if each.truth.code)
    await talk.send(Press(f"run:question:{question.id}"))
    assert "Python 3." in talk.text


async def test_an_edited_message_runs_again_for_ten_minutes(kucha: Kucha, clock: Clock) -> None:
    talk = Conversation(kucha)
    await talk.send(Command("run", "print('one')"))
    said = await talk.send(Command("run", "print('two')"), edited=True)
    assert "two" in said
    assert talk.answer is not None
    assert talk.answer.way is Way.EDIT
    await talk.send(Command("run", "print('two')"), edited=True)
    assert talk.heard[-1] is None
    clock.forward(minutes=11)
    await talk.send(Command("run", "print('three')"), edited=True)
    assert talk.heard[-1] is None


@pytest.mark.parametrize("code", ["print('<b>@everyone</b> *x*')", "print('\\x1b[31m')", "raise SystemExit(3)", "1/0"])
async def test_whatever_a_program_does_there_is_an_answer(kucha: Kucha, code: str) -> None:
    talk = Conversation(kucha)
    await talk.say(f"/run {code}")
    assert "Something broke" not in talk.text
