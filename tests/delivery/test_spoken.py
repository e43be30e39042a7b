"""People say when they want their question in their own words; what is not understood is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.spoken import LONGEST_PAUSE, NotUnderstoodError, Wish, hours, spoken_days, understood
from core.delivery.timetable import EVERY_DAY, days_of
from core.delivery.zones import zone_of

unhurried = settings(deadline=None)  # the first look-up reads the names of all cities

TIMES = {
    "9:00": "9|09.00|9am|9 a.m.|в 9|at 9|9 утра|в 9 утра|в 9 часов утра|9ч|9 o'clock|9 in the morning|9!",
    "9:30": "9:30|09.30|9-30|at 9:30|в 9:30|9:30 am|9.30 утра|9:30.",
    "21:00": "21:00|21|9pm|9 PM|9 p.m.|9 вечера|в 21 час|9 in the evening|21:00 вечера",
    "13:00": "1pm|1 час дня|в 1 дня|1 in the afternoon",
    "12:00": "noon|12pm|12 дня|полдень|в полдень",
    "0:00": "0:00|00:00|12am|12 ночи|midnight|в полночь",
    "1:00": "1 ночи|1am|01:00",
    "23:00": "11 ночи|11 at night|23:00",
}

DAYS = {
    "1234567": "every day|everyday|каждый день|ежедневно|daily|Daily|все дни|mon-sun|пн–вс",
    "12345": "weekdays|on weekdays|every weekday|по будням|будни|в будние дни|каждый будний день|по рабочим дням|"
    "mon-fri|Mon - Fri|пн–пт|пн-пт|с пн по пт|с понедельника по пятницу|from Monday to Friday|monday through friday",
    "67": "weekends|on weekends|выходные|по выходным|в выходные дни|сб, вс|sat and sun",
    "135": "mon wed fri|пн,ср,пт|пн, ср и пт|Пн. Ср. Пт.|mon/wed/fri|monday, wednesday, friday|"
    "по понедельникам, средам и пятницам",
    "5": "friday|fridays|on fridays|every friday|Fri|пятница|в пятницу|по пятницам|каждую пятницу|пт",
    "167": "сб-пн|sat-mon|weekends mon",
    "2": "вт|во вторник|tue|Tuesday|по вторникам",
    "4": "чт|в четверг|thu|thursdays",
}

ZONES = {
    "Europe/Moscow": "Москва|по Москве|Moscow time|мск|по московскому времени|time zone Moscow|Europe/Moscow",
    "Europe/Berlin": "Berlin|берлин|in Berlin|по Берлину|europe/berlin",
    "America/New_York": "New York|нью йорк|Нью-Йорк|по Нью-Йорку",
    "+03:00": "UTC+3|utc +3|UTC + 3",
    "-03:00": "UTC-3|UTC−3|UTC - 3|-03:00",
    "+05:30": "+05:30|UTC+5:30",
}


def _cases(said: dict[str, str]) -> list[tuple[str, str]]:
    return [(words, meant) for meant, ways in said.items() for words in ways.split("|")]


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


@pytest.mark.parametrize(("words", "clock"), _cases(TIMES))
def test_a_time_is_understood(words: str, clock: str) -> None:
    assert understood(words) == Wish(minute=_minute(clock))


@pytest.mark.parametrize(("words", "days"), _cases(DAYS))
def test_days_are_understood(words: str, days: str) -> None:
    assert understood(words) == Wish(days=frozenset(map(int, days)))


@pytest.mark.parametrize(("words", "zone"), _cases(ZONES))
def test_a_zone_is_understood(words: str, zone: str) -> None:
    assert understood(words) == Wish(zone=zone)


@unhurried
@given(
    time=st.sampled_from(_cases(TIMES)),
    days=st.sampled_from(_cases(DAYS)),
    zone=st.sampled_from(_cases(ZONES)),
    order=st.permutations(range(3)),
    between=st.sampled_from([" ", ", ", "  "]),
)
def test_time_days_and_zone_come_in_any_order(
    time: tuple[str, str], days: tuple[str, str], zone: tuple[str, str], order: list[int], between: str
) -> None:
    said = (time[0], days[0], zone[0])
    meant = Wish(_minute(time[1]), frozenset(map(int, days[1])), zone[1])
    assert understood(between.join(said[index] for index in order)) == meant


def test_whole_sentences_are_understood() -> None:
    weekdays = frozenset(range(1, 6))
    assert understood("по будням в 9 утра по Москве") == Wish(540, weekdays, "Europe/Moscow")
    assert understood("every weekday at 9:30 pm, San Francisco time") == Wish(1290, weekdays, "America/Los_Angeles")
    assert understood("Ростов-на-Дону, ежедневно в 8.") == Wish(480, EVERY_DAY, "Europe/Moscow")
    assert understood("") == Wish()


@pytest.mark.parametrize(
    ("words", "meaningless"),
    [
        ("25:00", "25:00"),
        ("24:00", "24:00"),
        ("9:75 Berlin", "9:75"),
        ("13 am", "13 am"),
        ("banana 9", "banana"),
        ("9 Berlin Banana", "Banana"),
        ("Banana Berlin 9 apple", "Banana"),
        ("9 Нижние Васюки пн", "Нижние Васюки"),
        ("tomorrow at 9", "tomorrow"),
        ("каждые 2 дня", "каждые"),
        ("every other day", "other day"),
        ("9 or 10", "or"),
        ("9 10", "10"),
        ("9:30 - 22:00", "9:30-22:00"),
        ("9 Berlin fri Moscow", "Moscow"),
        ("9 Europe/Tokyo", "Europe/Tokyo"),
        ("🐍", "🐍"),
    ],
)
def test_the_first_piece_that_means_nothing_is_named(words: str, meaningless: str) -> None:
    with pytest.raises(NotUnderstoodError) as refused:
        understood(words)
    assert refused.value.word == meaningless


@unhurried
@given(st.one_of(st.text(), st.text("0123456789:-+.,/ amнпдея\n", max_size=20)))
def test_any_words_are_either_understood_or_named(words: str) -> None:
    named = ""
    wish = Wish()
    try:
        wish = understood(words)
    except NotUnderstoodError as refused:
        named = refused.word
    assert named or wish != Wish() or not any(char.isdigit() for char in words)
    assert wish.minute is None or 0 <= wish.minute < 24 * 60
    assert wish.days is None or (wish.days and wish.days <= EVERY_DAY)
    assert wish.zone is None or zone_of(wish.zone)


SPANS = {
    1: "1|1d|day|1 день|на день|a day|сутки",
    7: "неделя|на неделю|week|a week|for a week|1w",
    10: "10|10d|10 d|10 days|10 дней|на 10 дней|10 дн.|10.",
    14: "2 weeks|2 недели|две недели|two weeks|2 нед",
    30: "month|месяц|на месяц|a month|30 days",
    90: "3 months|3 месяца|three months|три месяца",
    366: "366|366 дней",
}


@pytest.mark.parametrize(("words", "days"), [(way, days) for days, ways in SPANS.items() for way in ways.split("|")])
def test_a_span_of_days_is_understood(words: str, days: int) -> None:
    assert spoken_days(words) == days


@pytest.mark.parametrize(
    "words", ["", "0", "0 weeks", "-5", "367", "13 months", "2 hours", "1.5", "завтра", "10 10", "²"]
)
def test_what_is_no_span_or_too_long_is_not_guessed(words: str) -> None:
    assert spoken_days(words) is None


QUIET = {
    "22:00-08:00": "22-8|22:00-08:00|22:00–08:00|22 - 8|с 22 до 8|from 22 to 8|10pm-8am|с 10 вечера до 8 утра",
    "22:30-07:15": "22.30-7.15|22:30-7:15|22.30 — 7.15|с 22:30 по 7:15",
    "22:00-00:00": "22-24|22-0|22:00-24:00|from 10 pm till midnight",
    "13:00-14:00": "13-14|1 pm to 2 pm",
    "": "off|Off|нет|выкл|none|никогда|no",
}


@pytest.mark.parametrize(("words", "quiet"), _cases(QUIET))
def test_quiet_hours_are_understood(words: str, quiet: str) -> None:
    assert hours(words) == quiet


@pytest.mark.parametrize("words", ["", "22", "22-22", "22-25", "22:00-08:00-09:00", "night", "22-8-", "weekdays-8"])
def test_what_are_no_hours_is_not_guessed(words: str) -> None:
    assert hours(words) is None


@unhurried
@given(st.text())
def test_any_words_are_a_span_or_hours_or_nothing(words: str) -> None:
    days, quiet = spoken_days(words), hours(words)
    assert days is None or 1 <= days <= LONGEST_PAUSE
    assert quiet is None or len(quiet) in (0, 11)


def test_every_choice_of_days_can_be_said() -> None:
    names = "пн вт ср чт пт сб вс".split()
    for mask in range(1, 128):
        said = ", ".join(names[day - 1] for day in sorted(days_of(mask)))
        assert understood(said).days == days_of(mask)
