"""Raw updates in the tutor's words."""

from typing import Any

import pytest
from aiogram.types import Update, User

from bot.platforms.telegram.events import Event, Lookup, Membership, Moved, Spoken, StaleTap
from bot.platforms.telegram.intake import read
from core.chat.catalogue import CATALOGUE
from core.chat.request import Command, Person, Place, Platform, Press, Said, Words
from tests.contract.telegram_server import BOT
from tests.platforms.telegram.updates import ANNA, FORUM, GROUP, from_bot, membership, message, tap

ME = User.model_validate(BOT)


def event(**update: Any) -> Event | None:
    return read(Update.model_validate({"update_id": 1, **update}), ME, CATALOGUE)


def spoken(**update: Any) -> Spoken:
    found = event(**update)
    assert isinstance(found, Spoken)
    return found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/start", Command("start")),
        ("/start explain_slots", Command("start", "explain_slots")),
        ("/Explain@KUCHA_bot  weak refs ", Command("explain", "weak refs")),
        ("/explain\nslots\nmore", Command("explain", "slots\nmore")),
        ("/nonsense", Command("nonsense")),
        ("/", Words("/")),
        ("/ывап", Words("/ывап")),
        ("what is /ask", Words("what is /ask")),
    ],
)
def test_what_a_person_says_in_private(text: str, said: Said) -> None:
    request = spoken(message=message(text)).request
    assert request.said == said
    assert request.person == Person(Platform.TELEGRAM, "7", "ru")
    assert request.place == Place("7")
    assert request.message == "11"
    assert not request.edited


def test_a_persons_name_is_what_they_call_themselves() -> None:
    assert spoken(message=message("/top", chat=GROUP)).request.person.name == "Anna"
    assert spoken(callback_query=tap("top:join:en", from_bot(chat=GROUP))).request.person.name == "Anna"


def test_a_sticker_in_private_gets_the_tutors_attention_too() -> None:
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
    found = spoken(message=message(sticker={**sticker, "is_animated": False, "is_video": False}))
    assert found.request.said == Words("")


@pytest.mark.parametrize(
    "unmeant",
    [
        message("just talking", chat=GROUP),
        message("/ban@other_bot", chat=GROUP),
        message("/weather", chat=GROUP),
        message("/ask", chat=GROUP, sender={"id": 5, "is_bot": True, "first_name": "other"}),
        message("hi", chat=GROUP, reply_to_message=message("to a person", chat=GROUP)),
        message("a card", via_bot=BOT),
        message(pinned_message=message("x")),
        message("/ask@other_bot"),
    ],
)
def test_what_is_not_meant_for_the_tutor(unmeant: dict[str, Any]) -> None:
    assert event(message=unmeant) is None


def test_groups_are_heard_through_commands_and_replies() -> None:
    assert spoken(message=message("/ask", chat=GROUP)).request.place == Place("-200", private=False)
    assert spoken(message=message("/weather@kucha_bot", chat=GROUP)).request.said == Command("weather")
    replied = spoken(message=message("56", chat=GROUP, reply_to_message=from_bot("How many bytes?", chat=GROUP)))
    assert replied.request.said == Words("56")
    assert replied.request.quoted == "How many bytes?"


def test_a_message_that_only_the_bot_sees_is_meant_for_it() -> None:
    unseen = spoken(message=message("56", chat=GROUP, message_id=0, ephemeral_message_id=4, receiver_user=BOT))
    assert unseen.request.said == Words("56")
    assert (unseen.request.message, unseen.origin.message, unseen.origin.ephemeral) == ("4", None, 4)


def test_a_forum_topic_is_carried_and_general_is_not() -> None:
    inside = message("/ask", chat=FORUM, message_thread_id=77, is_topic_message=True)
    assert spoken(message=inside).request.place == Place("-100300", private=False, topic="77")
    assert spoken(message=inside).origin.thread == 77
    general = message("/ask", chat=FORUM, message_thread_id=1, is_topic_message=True)
    assert spoken(message=general).origin.thread is None
    thread_of_replies = message("/ask", chat={**FORUM, "is_forum": False}, message_thread_id=77)
    assert spoken(message=thread_of_replies).request.place.topic is None


def test_the_first_message_of_a_topic_is_not_taken_for_a_reply_to_the_bot() -> None:
    created = from_bot(None, chat=FORUM, forum_topic_created={"name": "memory", "icon_color": 1})
    talk = message("hello", chat=FORUM, message_thread_id=77, is_topic_message=True, reply_to_message=created)
    assert event(message=talk) is None


def test_an_anonymous_administrator_speaks_as_the_group() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    found = spoken(message=message("/ask", chat=FORUM, sender=anonymous, sender_chat=FORUM))
    assert found.request.person == Person(Platform.TELEGRAM, "-100300")
    assert found.origin.person is None


def test_only_edited_commands_count() -> None:
    assert spoken(edited_message=message("/explain slots")).request.edited
    assert event(edited_message=message("some words")) is None


def test_a_quotation_goes_before_the_whole_message() -> None:
    replied = message("why?", reply_to_message=message("a = []\nb = a"), quote={"text": "b = a", "position": 7})
    assert spoken(message=replied).request.quoted == "b = a"


@pytest.mark.parametrize(
    ("name", "size", "taken"), [("a.py", 100, True), ("A.PY", 65536, True), ("a.py", 65537, False), ("a.png", 1, False)]
)
def test_small_programs_are_taken_along(name: str, size: int, taken: bool) -> None:
    document = {"file_id": "f", "file_unique_id": "f", "file_name": name, "file_size": size}
    found = spoken(message=message(document=document, caption="/report wrong"))
    assert found.request.said == Command("report", "wrong")
    assert (found.program is not None) == taken


def test_fences_that_the_client_took_away_are_put_back() -> None:
    code = {"type": "pre", "offset": 5, "length": 16, "language": "python"}
    found = spoken(message=message("/run a = '👍'\nb = a\n\n--- stdin", entities=[code]))
    assert found.request.said == Command("run", "```\na = '👍'\nb = a\n```\n--- stdin")
    bare = spoken(message=message("look: x = 1 ok", entities=[{"type": "pre", "offset": 6, "length": 5}]))
    assert bare.request.said == Words("look:\n```\nx = 1\n```\n ok")
    quoting = message("why?", reply_to_message=message("x = 1", entities=[{"type": "pre", "offset": 0, "length": 5}]))
    assert spoken(message=quoting).request.quoted == "```\nx = 1\n```"


def test_a_tap_is_a_press_of_the_token_on_that_message() -> None:
    held = from_bot("?", chat=FORUM, message_id=31, message_thread_id=77, is_topic_message=True)
    found = spoken(callback_query=tap("ask:1:b", held))
    assert found.request.said == Press("ask:1:b")
    assert found.request.message == "31"
    assert found.request.place == Place("-100300", private=False, topic="77")
    assert (found.origin.query, found.origin.message, found.origin.thread) == ("q1", 31, 77)


def test_a_tap_on_a_message_from_last_month_is_still_a_press() -> None:
    inaccessible = {"chat": {"id": 7, "type": "private"}, "message_id": 31, "date": 0}
    assert spoken(callback_query=tap("ask:1:b", inaccessible)).request.said == Press("ask:1:b")


def test_a_tap_without_a_message_or_a_token_only_stops_the_spinner() -> None:
    assert event(callback_query=tap("x", None)) == StaleTap("q1", 7)
    assert event(callback_query=tap(None, from_bot())) == StaleTap("q1", 7)


def test_a_migration_is_read_from_both_service_messages() -> None:
    assert event(message=message(chat=GROUP, migrate_to_chat_id=-100200)) == Moved(-200, -100200)
    new = {"id": -100200, "type": "supergroup", "title": "Python"}
    assert event(message=message(chat=new, migrate_from_chat_id=-200)) == Moved(-200, -100200)


@pytest.mark.parametrize(
    ("status", "fields", "reachable"),
    [
        ("member", {}, True),
        ("left", {}, False),
        ("kicked", {"until_date": 0}, False),
    ],
)
def test_blocking_and_letting_in(status: str, fields: dict[str, Any], reachable: bool) -> None:
    assert event(my_chat_member=membership(status, **fields)) == Membership(7, reachable)


def test_an_inline_query_is_a_lookup() -> None:
    query = {"id": "i1", "from": ANNA, "query": "slots", "offset": ""}
    assert event(inline_query=query) == Lookup("i1", "slots", Person(Platform.TELEGRAM, "7", "ru"))


def test_updates_of_other_kinds_are_left_alone() -> None:
    assert event(channel_post=message("news", chat={"id": -5, "type": "channel", "title": "c"})) is None
    assert event(something_new={"a": 1}) is None
