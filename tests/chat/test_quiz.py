"""Group quizzes, played from the first word to the podium through the real tutor."""

from datetime import timedelta

import pytest

from bot.wiring import Kucha
from core.bank.truth import Kind
from core.chat.request import Person, Platform, Press
from core.delivery.schedules import Address
from core.document import Picture
from core.quiz.model import Rules
from core.quiz.rules import LOBBY, READING
from tests.chat.arena import GROUP, PYTHON, Arena, Sent, looks_at, player, playing, right_tap, vote
from tests.chat.conversation import Conversation
from tests.conftest import Clock

TOPICS = {"en": "weak references", "ru": "слабые ссылки"}


async def single(arena: Arena, game: int, count: int) -> None:
    """Let all rounds be answered by one tap."""
    for number in range(1, count + 1):
        await arena.put(game, number, Kind.SINGLE)


async def opened(arena: Arena, host: Conversation, words: str = "1 2r 20s") -> tuple[Sent, int]:
    """A lobby whose rounds are answered by one tap, and the game's number."""
    await host.say(f"/quiz {words}")
    lobby = await arena.next()
    game = arena.game_of(lobby)
    await single(arena, game, 2)
    return lobby, game


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_a_game_from_the_first_word_to_the_podium(kucha: Kucha, clock: Clock, language: str) -> None:
    anna, boris = player(kucha, "1", "Anna", language), player(kucha, "2", "Boris", language)
    async with playing(kucha, clock) as arena:
        await anna.say(f"/quiz {TOPICS[language]} 1 2r 20s")
        lobby = await arena.next()
        assert ("Слабые ссылки" if language == "ru" else "Weak references") in lobby.text
        assert "500" in lobby.text
        assert "Anna" in lobby.text
        game = arena.game_of(lobby)
        await single(arena, game, 2)
        looks_at(boris, lobby)
        await boris.press("Участвую" if language == "ru" else "Join")
        await arena.until(lambda: "Boris" in arena.mended.get(lobby.message, lobby.letter.document).plain())
        looks_at(anna, lobby)
        await anna.press("Старт" if language == "ru" else "Start")
        for number in (1, 2):
            asked = await arena.question()
            assert f"{number}" in asked.text.splitlines()[0]
            clock.forward(seconds=2)
            assert ("Принято" if language == "ru" else "Got it") in await anna.send(
                Press(await right_tap(arena, asked))
            )
            await boris.send(Press(await right_tap(arena, asked, is_right=False)))
            reveal = await arena.reveal()
            assert reveal.text.startswith("✅")
            assert "Anna" in reveal.text
            await arena.until(lambda asked=asked: not arena.mended[asked.message].buttons)  # type: ignore[misc]
            assert any(token.startswith("run:question:") for token in reveal.tokens)
            clock.forward(seconds=READING.total_seconds())
        final = await arena.next()
        assert "🏆" in final.text
        await boris.say("/top")
        season = boris.text.partition("Рейтинг викторин" if language == "ru" else "Quiz ratings")[2]
        assert season.index("Anna") < season.index("Boris")
        assert "Anna" in final.text.splitlines()[0]
        (picture,) = [block for block in final.letter.document.blocks if isinstance(block, Picture)]
        assert picture.content.startswith(b"\x89PNG")
        assert "Boris" not in picture.alt
        looks_at(boris, final)
        assert await boris.press("Моё слабое" if language == "ru" else "My weak")
        assert boris.answer is not None
        assert boris.answer.personal
        assert any(button.token.startswith("ask:topic:") for button in boris.buttons)
        looks_at(boris, final)
        await boris.press("Реванш" if language == "ru" else "Rematch")
        again = await arena.next()
        assert "Boris" in again.text
        assert "Anna" not in again.text


async def test_nothing_is_shown_to_all_but_by_the_director(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna")
    async with playing(kucha, clock) as arena:
        lobby, _ = await opened(arena, anna)
        looks_at(anna, lobby)
        await anna.press("Start")
        asked = await arena.question()
        await anna.send(Press(await right_tap(arena, asked)))
        assert anna.answer is not None
        assert not anna.answer.document.blocks
        assert anna.answer.notice


async def test_a_tap_changes_nothing_when_it_is_second_late_strange_or_forged(kucha: Kucha, clock: Clock) -> None:
    anna, boris = player(kucha, "1", "Anna"), player(kucha, "2", "Boris")
    async with playing(kucha, clock) as arena:
        lobby, game = await opened(arena, anna)
        looks_at(boris, lobby)
        await boris.press("Join")
        looks_at(anna, lobby)
        await anna.press("Start")
        asked = await arena.question()
        right, wrong = await right_tap(arena, asked), await right_tap(arena, asked, is_right=False)
        assert "Got it" in await anna.send(Press(right))
        assert "cannot be changed" in await anna.send(Press(wrong))
        for forged in ("p7", "t0", "o0.2", "done", "x", "", "p", "p-1", "p99", "l1.5", "type"):
            await boris.send(Press(f"tap:{game}:1:{forged}"))
        elsewhere = Conversation(kucha, "en", "3", "-900", private=False, name="Eve")
        assert "is over" in await elsewhere.send(Press(right))
        for token in ("tap", "tap::", "tap:x:1:p0", f"tap:{game}:2:p0", f"tap:{game}9:1:p0", f"tap:{'9' * 40}:1:p0"):
            assert await boris.send(Press(token))
        assert [row.learner for row in await arena.answers(asked)] == [1]
        clock.forward(seconds=21)
        await arena.next()
        assert "Too late" in await boris.send(Press(right))
        assert [row.learner for row in await arena.answers(asked)] == [1]


async def test_who_taps_an_option_without_having_joined_is_in(kucha: Kucha, clock: Clock) -> None:
    anna, late = player(kucha, "1", "Anna"), player(kucha, "2", "Late")
    async with playing(kucha, clock) as arena:
        lobby, game = await opened(arena, anna)
        looks_at(anna, lobby)
        await anna.press("Start")
        asked = await arena.question()
        await late.send(Press(await right_tap(arena, asked)))
        assert {each.name for each in await kucha.room.quizzes.players(game)} == {"Anna", "Late"}


async def test_polls_count_for_those_who_joined_at_the_moment_they_arrived(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna")
    async with playing(kucha, clock, has_polls=True) as arena:
        lobby, _ = await opened(arena, anna)
        looks_at(anna, lobby)
        await anna.press("Start")
        asked = await arena.question()
        poll = asked.letter.poll
        assert poll is not None
        assert poll.posting is None
        assert "/quiz join" in poll.explanation
        assert poll.question.startswith("1/2 · ")
        moment = clock()
        clock.forward(seconds=19)
        assert not await vote(arena, "9", asked, poll.right[0])
        await player(kucha, "8", "Eve").say("/help")
        assert await vote(arena, "8", asked, poll.right[0])
        assert await vote(arena, "1", asked, poll.right[0], moment)
        (row,) = await arena.answers(asked)
        assert (row.learner, row.after_ms) == (1, 0)
        await arena.reveal()
        await arena.until(lambda: asked.message in arena.closed)
        assert not await kucha.app.voted(Person(Platform.TELEGRAM, "1", "en"), "another poll", (0,))


async def test_several_right_options_are_ticked_and_sent(kucha: Kucha, clock: Clock) -> None:
    anna, boris = player(kucha, "1", "Anna"), player(kucha, "2", "Boris")
    async with playing(kucha, clock) as arena:
        lobby, game = await opened(arena, anna, "1 2r 60s")
        question = await arena.put(game, 1, Kind.MULTIPLE)
        ordered = await arena.put(game, 2, Kind.ORDER)
        looks_at(boris, lobby)
        await boris.press("Join")
        looks_at(anna, lobby)
        await anna.press("Start")
        asked = await arena.question()
        looks_at(anna, asked)
        assert "at least one" in await anna.press("Done")
        for place, key in enumerate(question.keys()):
            looks_at(anna, asked)
            await anna.press("ABCDEFGH"[place])
            if key not in question.right_keys(PYTHON):
                looks_at(anna, asked)
                await anna.press("ABCDEFGH"[place])
        looks_at(boris, asked)
        assert await boris.press("B") == "Ticked: B. To send them: “Done”"
        looks_at(boris, asked)
        assert await boris.press("B") == "Nothing ticked."
        looks_at(anna, asked)
        assert (await anna.press("Done")).startswith("Got it: ")
        clock.forward(seconds=61)
        assert "Anna" in (await arena.next()).text
        asked = await arena.question(READING.total_seconds())
        letters = "ABCDEFGH"[: len(ordered.keys())]
        for letter in letters:
            looks_at(anna, asked)
            said = await anna.press(letter)
        assert said == f"Got it: {' → '.join(letters)}"
        kept = [row for row in await arena.answers(asked) if row.round == 2]
        assert [row.response.split() for row in kept] == [list(ordered.keys())]


async def test_what_is_typed_counts_only_of_those_who_play(kucha: Kucha, clock: Clock) -> None:
    anna, eve = player(kucha, "1", "Anna"), player(kucha, "2", "Eve")
    async with playing(kucha, clock) as arena:
        lobby, game = await opened(arena, anna)
        question = await arena.put(game, 1, Kind.NUMBER)
        await arena.put(game, 2, Kind.WORD)
        assert await eve.say("hello there") == ""
        looks_at(anna, lobby)
        await anna.press("Start")
        asked = await arena.question()
        assert await eve.say("42") == ""
        assert await anna.say(question.truth.answer(PYTHON) or "") == "Got it"
        assert anna.answer is not None
        assert anna.answer.personal
        assert [row.learner for row in await arena.answers(asked)] == [1]
        await arena.reveal()
        asked = await arena.question(READING.total_seconds())
        looks_at(eve, asked)
        assert "Reply to this message" in await eve.press("Answer")
        assert await eve.say("no idea") == "Got it"
        looks_at(anna, asked)
        assert "Got it" in await anna.press("Answer", "typed in a dialog")
        assert {row.learner for row in await arena.answers(asked) if row.round == 2} == {1, 2}
        reveal = await arena.reveal()
        assert "no idea" in reveal.text


async def test_the_host_and_administrators_lead_and_nobody_else(kucha: Kucha, clock: Clock) -> None:
    anna, boris = player(kucha, "1", "Anna"), player(kucha, "2", "Boris", "ru")
    admin = player(kucha, "3", "Cid", manages=True)
    async with playing(kucha, clock) as arena:
        assert "Nobody is playing here" in await anna.say("/quiz stop")
        lobby, game = await opened(arena, anna)
        looks_at(boris, lobby)
        assert "ведущий" in await boris.press("Start")
        assert "ведущий" in await boris.say("/quiz стоп")
        await admin.say("/quiz pause")
        assert "Paused" in (await arena.next()).text
        assert "ведущий" in await boris.say("/quiz продолжить")
        assert await anna.say("/quiz resume") == "On we go."
        assert await anna.say("/quiz start") == ""
        await arena.question()
        assert "already" in await boris.say("/quiz") or "уже идёт" in boris.text
        assert "after this round" in await anna.say("/quiz pause")
        assert await anna.say("/quiz resume") == "On we go."
        await anna.say("/quiz skip")
        assert "skipped" in (await arena.reveal()).text
        await anna.say("/quiz stop")
        assert "stopped" in (await arena.next()).text
        assert "is over" in await anna.send(Press(f"quiz:join:{game}"))


async def test_a_lobby_without_players_or_a_host_who_cancels_ends_cleanly(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna")
    async with playing(kucha, clock) as arena:
        lobby, _ = await opened(arena, anna)
        assert await anna.say("/quiz leave") == "You have left the game. To come back: /quiz join"
        clock.forward(seconds=LOBBY.total_seconds() + 1)
        assert "Nobody came" in (await arena.next()).text
        await arena.until(lambda: not arena.mended[lobby.message].buttons)
        await arena.ended(lobby)
        lobby, _ = await opened(arena, anna)
        looks_at(anna, lobby)
        await anna.press("Cancel")
        assert "stopped" in (await arena.next()).text
        await arena.until(lambda: not arena.mended[lobby.message].buttons)


async def test_a_lobby_counts_down(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna")
    async with playing(kucha, clock) as arena:
        lobby, _ = await opened(arena, anna)
        assert "Starts in 60 s." in lobby.text
        for left in (45, 30, 15):
            clock.forward(seconds=15)
            said = f"Starts in {left} s."
            await arena.until(lambda said=said: said in arena.mended.get(lobby.message, lobby.letter.document).plain())  # type: ignore[misc]
        clock.forward(seconds=15)
        assert await arena.question()


async def test_teams_are_joined_by_a_tap_and_one_wins(kucha: Kucha, clock: Clock) -> None:
    anna, boris = player(kucha, "1", "Anna"), player(kucha, "2", "Boris")
    async with playing(kucha, clock) as arena:
        lobby, game = await opened(arena, anna, "teams 2r")
        for talk, team in ((anna, "Heap"), (boris, "Stack")):
            looks_at(talk, lobby)
            assert await talk.press(team) == f"You are on team {team}"
        assert "no longer works" in await boris.send(Press(f"quiz:team:{game}:9"))
        await arena.until(lambda: "Stack: Boris" in arena.mended[lobby.message].plain())
        looks_at(anna, lobby)
        await anna.press("Start")
        for number in (1, 2):
            asked = await arena.question(READING.total_seconds() if number == 2 else 0)
            await anna.send(Press(await right_tap(arena, asked, is_right=False)))
            await boris.send(Press(await right_tap(arena, asked)))
            assert "Stack" in (await arena.reveal()).text
        clock.forward(seconds=READING.total_seconds())
        assert "🏆 Team Stack wins" in (await arena.next()).text


async def test_the_last_one_standing_wins(kucha: Kucha, clock: Clock) -> None:
    anna, boris = player(kucha, "1", "Anna", "ru"), player(kucha, "2", "Boris", "ru")
    async with playing(kucha, clock) as arena:
        lobby, _ = await opened(arena, anna, "на вылет 2r")
        assert "выбываешь" in lobby.text
        looks_at(boris, lobby)
        await boris.press("Участвую")
        looks_at(anna, lobby)
        await anna.press("Старт")
        asked = await arena.question()
        await anna.send(Press(await right_tap(arena, asked)))
        await boris.send(Press(await right_tap(arena, asked, is_right=False)))
        assert "остались: Anna" in (await arena.reveal()).text
        clock.forward(seconds=READING.total_seconds())
        assert "🏆 Победа: Anna" in (await arena.next()).text


async def test_answers_may_be_changed_where_the_lobby_says_so(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna")
    async with playing(kucha, clock, has_polls=True) as arena:
        lobby, _ = await opened(arena, anna, "2r change")
        assert "You may change your answer" in lobby.text
        looks_at(anna, lobby)
        await anna.press("Start")
        asked = await arena.question()
        assert asked.poll is None
        await anna.send(Press(await right_tap(arena, asked, is_right=False)))
        assert await anna.send(Press(await right_tap(arena, asked))) in ("Answer changed", anna.text)
        assert "changed" in anna.text or "Now:" in anna.text


async def test_the_dialogue_needs_only_taps(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna")
    async with playing(kucha, clock) as arena:
        await anna.say("/quiz")
        await anna.press("Topic")
        await anna.press("Weak references")
        await anna.press("Rounds")
        await anna.press("3")
        await anna.press("Who wins")
        await anna.press("teams")
        assert "Topic: Weak references" in [button.label for button in anna.buttons]
        await anna.press("▶ Play")
        lobby = await arena.next()
        assert "Weak references" in lobby.text
        assert "3 rounds of 20 s · teams" in lobby.text
        assert "already" in await anna.say("/quiz")


@pytest.mark.parametrize(
    "token",
    ["quiz", "quiz:go:", "quiz:go:9.5.20.a0.", "quiz:go:1.5.1.a0.", "quiz:set:1.5.20.z0.", "quiz:go:1.5.20.a0.nowhere",
     "quiz:c:q:1.5.20.a0.", "quiz:set:1.5.20.a0.a.b", "quiz:join:", "quiz:join:x", "quiz:stop:99", "quiz:rematch:99",
     "quiz:weak:-1", "quiz:team:1", "quiz:nonsense:1", "quiz:go:²..a0."],
)  # fmt: skip
async def test_a_forged_button_is_answered_and_opens_nothing(kucha: Kucha, token: str) -> None:
    anna = player(kucha, "1", "Anna")
    assert await anna.send(Press(token))
    assert anna.answer is not None
    assert anna.answer.notice
    assert "Nobody is playing" in await anna.say("/quiz stop")


async def test_a_topic_nobody_knows_and_numbers_no_game_has_are_answered(kucha: Kucha) -> None:
    anna = player(kucha, "1", "Анна", "ru")
    assert "Не знаю темы «фреймворк»" in await anna.say("/quiz фреймворк")
    assert "от 1 до 20" in await anna.say("/quiz 500 раундов")
    assert "никто не играет" in await anna.say("/quiz стоп")


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_alone_it_goes_against_the_clock(kucha: Kucha, clock: Clock, language: str) -> None:
    anna = Conversation(kucha, language, name="Anna")
    async with playing(kucha, clock) as arena:
        assert ("для групп" if language == "ru" else "for groups") in await anna.say("/quiz teams")
        said = await anna.say("/quiz 1 3r 10s")
        assert ("против часов" if language == "ru" else "against the clock") in said
        running = await kucha.room.quizzes.find(Address("telegram", "1"))
        assert running is not None
        await single(arena, running.id, 3)
        asked = await arena.question(4)
        assert asked.message == "1"
        await anna.send(Press(await right_tap(arena, asked, is_right=False)))
        reveal = await arena.reveal()
        assert reveal.text.startswith("❌")
        assert ("Твой ответ:" if language == "ru" else "Yours:") in reveal.text
        assert "▰" not in reveal.text
        asked = await arena.question(READING.total_seconds())
        await anna.send(Press(await right_tap(arena, asked)))
        assert (await arena.reveal()).text.startswith("✅")
        asked = await arena.question(READING.total_seconds())
        clock.forward(seconds=11)
        assert (await arena.next()).text.startswith("⌛")
        clock.forward(seconds=READING.total_seconds())
        final = await arena.next()
        assert ("Верно 1 из 3" if language == "ru" else "1 of 3 right") in final.text
        assert not any(isinstance(block, Picture) for block in final.letter.document.blocks)
        looks_at(anna, final)
        assert await anna.press("Реванш" if language == "ru" else "Rematch")
        assert await arena.question(4)


async def test_a_game_ends_where_the_tutor_is_removed(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna")
    async with playing(kucha, clock) as arena:
        await opened(arena, anna)
        await kucha.app.chat_reachable(Platform.TELEGRAM, GROUP, False)
        assert "Nobody is playing" in await anna.say("/quiz stop")


async def test_a_restart_goes_on_with_the_time_that_was_left(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna", "ru")
    async with playing(kucha, clock) as arena:
        lobby, _ = await opened(arena, anna)
        looks_at(anna, lobby)
        await anna.press("Старт")
        asked = await arena.question()
    clock.forward(seconds=10)
    assert "Принято" in await anna.send(Press(await right_tap(arena, asked)))
    async with playing(kucha, clock) as again:
        assert "вернулся" in (await again.next()).text
        reveal = await again.reveal()
        assert "Очки:" in reveal.text
        assert "(+0)" not in reveal.text


async def test_a_group_that_moves_goes_on_with_its_game(kucha: Kucha, clock: Clock) -> None:
    anna = player(kucha, "1", "Anna")
    async with playing(kucha, clock) as arena:
        lobby, game = await opened(arena, anna)
        looks_at(anna, lobby)
        await anna.press("Start")
        asked = await arena.question()
        for _ in range(2):
            await kucha.app.chat_moved(Platform.TELEGRAM, GROUP, "-100600")
        assert "is over" in await anna.send(Press(await right_tap(arena, asked)))
        anna.chat = "-100600"
        assert "Got it" in await anna.send(Press(await right_tap(arena, asked)))
        await arena.reveal()
        asked = await arena.question(READING.total_seconds())
        assert asked.address.chat == "-100600"
        assert (await kucha.room.quizzes.game(game)).address.chat == "-100600"


async def test_a_player_who_is_forgotten_leaves_no_name(kucha: Kucha, clock: Clock) -> None:
    anna, boris = player(kucha, "1", "Anna"), player(kucha, "2", "Boris")
    async with playing(kucha, clock) as arena:
        lobby, game = await opened(arena, anna)
        looks_at(boris, lobby)
        await boris.press("Join")
        looks_at(anna, lobby)
        await anna.press("Start")
        await arena.question()
        await anna.say("/forget")
        await anna.press("Erase")
        assert [each.name for each in await kucha.room.quizzes.players(game)] == ["Boris"]
        assert await boris.say("/quiz stop") == ""
        assert "stopped" in (await arena.next()).text


async def test_only_the_host_reads_who_answered_at_machine_speed(kucha: Kucha, clock: Clock) -> None:
    anna, boris, cid = player(kucha, "1", "Anna"), player(kucha, "2", "Boris"), player(kucha, "3", "Cid")
    async with playing(kucha, clock, has_polls=True) as arena:
        lobby, game = await opened(arena, anna, "1, 3 rounds by 20 seconds")
        for guest in (boris, cid):
            looks_at(guest, lobby)
            await guest.press("Join")
        await single(arena, game, 3)
        await anna.say("/quiz start")
        for _ in range(3):
            asked = await arena.question()
            _, round, question = await arena.round(asked)
            right = round.shown.index(question.right_keys(PYTHON)[0])
            for person in ("2", "3"):
                assert await vote(arena, person, asked, right, clock())
            clock.forward(seconds=5)
            assert await vote(arena, "1", asked, right, clock())
            await arena.reveal()
            clock.forward(seconds=60)
        podium = await arena.next()
        assert "Host, there is a note for you" in podium.text
        assert "faster than people can" not in podium.text
        said = {}
        for talk in (anna, boris, cid):
            looks_at(talk, podium)
            said[talk.person] = await talk.press("My weak spot")
        assert "faster than people can" in said["1"]
        assert "Boris" in said["1"]
        assert "faster than people can" not in said["2"] + said["3"]


async def test_after_a_leagues_game_those_who_manage_the_chat_read_it(kucha: Kucha, clock: Clock) -> None:
    anna, boris = player(kucha, "1", "Anna"), player(kucha, "2", "Boris")
    admin = player(kucha, "3", "Cid", manages=True)
    async with playing(kucha, clock, has_polls=True) as arena:
        here = Address(Platform.TELEGRAM, GROUP)
        game = await kucha.room.quizzes.open_league(here, Rules(level=1, rounds=3), "en", "3.14", timedelta(minutes=1))
        lobby = await arena.next()
        for guest in (anna, boris):
            looks_at(guest, lobby)
            await guest.press("Join")
        await single(arena, game.id, 3)
        clock.forward(minutes=1)
        for _ in range(3):
            asked = await arena.question()
            _, round, question = await arena.round(asked)
            right = round.shown.index(question.right_keys(PYTHON)[0])
            for person in ("1", "2"):
                assert await vote(arena, person, asked, right, clock())
            clock.forward(seconds=60)
            await arena.reveal()
            clock.forward(seconds=60)
        podium = await arena.next()
        assert "Admins, there is a note for you" in podium.text
        said = {}
        for talk in (anna, admin):
            looks_at(talk, podium)
            said[talk.person] = await talk.press("My weak spot")
        assert "faster than people can" not in said["1"]
        assert "faster than people can" in said["3"]
        assert "Anna" in said["3"]
