"""People name their zone in many ways; what is stored always has a clock."""

import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.cities import MORE_CITIES
from core.delivery.zones import find_zone, zone_of

unhurried = settings(deadline=None)  # the first look-up reads the names of all cities

MEANT = {
    "Europe/Moscow": (
        "Москва, москва, МОСКВА, по Москве, в москве, Moscow, Moscow time, мск, MSK, по мск, по московскому времени,"
        "Питер, Санкт-Петербург, санкт петербург, Санкт-Петербурге, спб, Saint Petersburg, st. petersburg, Казань,"
        "по Казани, Нижний Новгород, по Нижнему Новгороду, Ростов-на-Дону, ростове на дону, europe/moscow"
    ),
    "Europe/Berlin": "Берлин, по Берлину, Berlin, berlin time, EUROPE/BERLIN, Мюнхен, München, munich, Europe/Munich",
    "America/New_York": "Нью-Йорк, нью йорк, НьюЙорк, по Нью-Йорку, new york, New York, america/new york, in Boston",
    "America/Los_Angeles": "Лос-Анджелес, San Francisco, US/Pacific",
    "Europe/Minsk": "Минск, Minsk, гомель",
    "Europe/Kyiv": "Киев, Киеве, Kyiv, Kiev, Europe/Kiev, Europe/Kyiv, Київ",
    "Asia/Yekaterinburg": "Екатеринбург, Yekaterinburg, Ekaterinburg, екб, Пермь, по Перми, Уфе",
    "Asia/Tbilisi": "Тбилиси, Tbilisi, Батуми",
    "Asia/Yerevan": "Ереван, по Еревану",
    "Asia/Almaty": "Астана, Алматы, Алма-Ата, Astana",
    "Asia/Kolkata": "Calcutta, Kolkata, Asia/Calcutta, Дели, Калькутта",
    "Asia/Sakhalin": "Сахалин",
    "Europe/Zurich": "Zürich, Zurich, Цюрих",
    "Europe/Chisinau": "Кишинёв, Кишинев",
    "UTC": "utc, UTC, GMT, zulu, Etc/UTC, по Гринвичу, UTC+0, +00:00",
    "+03:00": "UTC+3, utc +3, GMT+03:00, +3, +0300, + 3",
    "-05:00": "GMT-5, UTC−5, -05:00",
    "+05:30": "+05:30, UTC+5:30",
    "+05:00": "МСК+2, msk +2",
    "+02:00": "мск-1",
}


@pytest.mark.parametrize(("zone", "names"), MEANT.items())
def test_a_zone_is_found_by_every_usual_name(zone: str, names: str) -> None:
    assert {name: find_zone(name) for name in names.split(",")} == dict.fromkeys(names.split(","), zone)


@pytest.mark.parametrize(
    ("slip", "zone"),
    [
        ("берлн", "Europe/Berlin"),
        ("Екатиринбург", "Asia/Yekaterinburg"),
        ("Novosibrisk", "Asia/Novosibirsk"),
        ("amsterdm", "Europe/Amsterdam"),
    ],
)
def test_a_slip_of_the_finger_is_understood(slip: str, zone: str) -> None:
    assert find_zone(slip) == zone


@pytest.mark.parametrize(
    "words",
    [
        "",
        "по",
        "time",
        "Mars/Olympus",
        "Europe/Tokyo",  # a city of another continent: which of the two is wrong?
        "Portland",
        "localtime",
        "tomorrow",
        "завтра",
        "other day",
        "9:30",
        "UTC+15",
        "UTC+5:07",
        "+99:00",
        "@durov",
        "🐍",
        "x" * 5000,
    ],
)
def test_what_is_no_zone_or_not_sure_is_not_guessed(words: str) -> None:
    assert find_zone(words) is None


def test_every_iana_name_keeps_its_clock() -> None:
    winter, summer = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)
    changed = {}
    for name in available_timezones() - {"Factory", "localtime"}:
        found = find_zone(name.lower())
        if found is None or any(
            at.astimezone(zone_of(found)).utcoffset() != at.astimezone(zone_of(name)).utcoffset()
            for at in (winter, summer)
        ):
            changed[name] = found
    assert changed == {}


def test_our_cities_have_a_zone_each_and_are_found() -> None:
    listed = tomllib.loads(MORE_CITIES.read_text("utf-8"))
    assert set(listed) <= available_timezones()
    named = Counter(city.casefold() for cities in listed.values() for city in cities)
    assert [city for city, times in named.items() if times > 1] == []
    assert {city: find_zone(city) for cities in listed.values() for city in cities} == {
        city: zone for zone, cities in listed.items() for city in cities
    }


@unhurried
@given(st.text(max_size=40))
def test_whatever_is_found_has_a_clock(words: str) -> None:
    found = find_zone(words)
    if found is not None:
        assert zone_of(found).utcoffset(datetime(2026, 1, 1)) is not None  # noqa: DTZ001 - a wall time


@unhurried
@given(st.integers(-14 * 4, 14 * 4))
def test_offsets_are_stored_in_one_form(quarters: int) -> None:
    size = abs(quarters) * 15
    said = f"{'-' if quarters < 0 else '+'}{size // 60:02}:{size % 60:02}"
    assert find_zone(f"UTC{said}") == (said if quarters else "UTC")
    assert zone_of(said).utcoffset(None) == timedelta(minutes=quarters * 15)


@pytest.mark.parametrize(
    "name", ["", "Mars", "Europe", "berlin", "../../etc/passwd", "\0", "+15:00", "+05:60", "5:30", "+5:30", "x" * 3000]
)
def test_a_name_without_a_clock_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no such"):
        zone_of(name)
