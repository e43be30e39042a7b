"""What people type, brought to one form."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

_EN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RU = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_RU = str.maketrans(_EN, _RU)
_TO_EN = str.maketrans(_RU, _EN)
_CYRILLIC = frozenset(_RU)

_STEMMERS = {"ru": snowballstemmer.stemmer("russian"), "en": snowballstemmer.stemmer("english")}

SHORTEST_STEM = 3
"""A Russian stem of fewer letters has lost part of the word's root."""

_NOUN_ENDING = re.compile("(?:ами|ах|ам|ой|ою|[аеиоуыя])$")
_FLEETING = re.compile("([бвгджзклмнпрстфхцчшщ])[ое]к$")

STOP_WORDS = frozenset(
    """
    a an and are as at be by can do does for from how i if in into is it its me my of on or show shows tell that the
    them there this to use used uses was what when where which who why will with work works you your about explain
    between difference differ differs happen happens keep keeps need needs run runs true
    python питон питоне пайтон
    а в во вы для до его если есть еще же за и из или как какие какой какая когда кто ли мне может можно мой на не
    него нет но о об он она они от по под почему при про расскажи с со так такое там то тот у что чем это зачем
    объясни показывает работает бывает делает нужен нужна нужны нужно
    будет быть верно вызывается истинно между отличается отличаются разница избежать
    3 11 12 13 14 15
    """.split()
)
"""Words that say nothing about the subject of a question, in both languages; numbers of Python versions among them."""


def normalise(words: str) -> str:
    """NFKC, lower case, ё as е, without control and direction marks; spaces folded."""
    folded = " ".join(unicodedata.normalize("NFKC", words).casefold().replace("ё", "е").split())
    if folded.isprintable():
        return folded
    visible = "".join(" " if char.isspace() else char for char in folded if _is_shown(char))
    return " ".join(visible.split())


def _is_shown(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


_WORD = re.compile(r"\w+")


def words_of(normalised: str) -> tuple[str, ...]:
    """The words of a normalised text: letters and digits; underscores at a word's ends do not count."""
    return tuple(word for word in (raw.strip("_") for raw in _WORD.findall(normalised)) if word)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a normalised word, by the alphabet it is written in.

    Snowball's Russian stems are mended in two places: a short noun is not mistaken for a verb (`арена` for `ар-ена`),
    and a vowel that comes and goes is left out (`ссылок` like `ссылка`).
    """
    if word[0] not in _CYRILLIC:
        return str(_STEMMERS["en"].stemWord(word))
    found = str(_STEMMERS["ru"].stemWord(word))
    if len(found) < SHORTEST_STEM < len(word):
        found = _NOUN_ENDING.sub("", word)
    return _FLEETING.sub(r"\1к", found)


def other_layout(word: str) -> str:
    """The same keys on the other keyboard: `ыдщеы` is `slots`, `rexf` is `куча`."""
    if any(char in _CYRILLIC for char in word):
        return word.translate(_TO_EN)
    return word.translate(_TO_RU).replace("ё", "е")


_CALL = re.compile(r"\(.*\)$")


def forms(normalised: str) -> tuple[str, ...]:
    """How a name is written: without backticks and call parentheses, as it stands, and its bare words."""
    bare = normalised.strip("`'\"«»?!., ")
    called = _CALL.sub("", bare)
    forms = dict.fromkeys((called, bare, " ".join(words_of(called))))
    return tuple(form for form in forms if form)


def stems(words: str) -> str:
    """The stems of all words, joined: one form for every ending."""
    return " ".join(stem(word) for word in words_of(normalise(words)))


_CAMEL = re.compile(r"[a-z0-9]+|[а-я0-9]+")
_OPERATOR = re.compile(r"(?<![\w=+])(?:==|\+=)(?![\w=+])")


def subject_words(normalised: str) -> Iterator[str]:
    """The words that carry a subject; of a dotted or underscored name also its parts."""
    for word in words_of(normalised):
        if word not in STOP_WORDS:
            yield word
        if "_" in word:
            yield from (part for part in _CAMEL.findall(word) if len(part) > 2 and part not in STOP_WORDS)
    yield from _OPERATOR.findall(normalised)
