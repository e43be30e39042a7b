"""Trivia lists of Red-DiscordBot: a YAML mapping of questions to their accepted answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from core.bank.importing.markup import from_plain, one_paragraph
from core.bank.importing.model import MOST_QUESTIONS, ImportedQuestion, Reading, Remark, UnreadableError
from core.bank.truth import Kind, Skill

_ABOUT = frozenset(("AUTHOR", "DESCRIPTION", "CONFIG"))
"""Keys that speak about the list, not questions."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class _Pair:
    line: int
    key: str
    values: tuple[str, ...]
    nested: bool


def read_trivia(text: str) -> Reading:
    """Every question of the list as one that is answered with a word.

    Only the events of the YAML parser are read: nothing is constructed, `no` and `3.10` stay the words they are, and a
    file with anchors or aliases is refused, since they can make a small file a huge one.
    """
    taken: dict[str, ImportedQuestion] = {}
    skipped: list[Remark] = []
    notes: list[Remark] = []
    for pair in _pairs(text):
        prompt = one_paragraph(from_plain(pair.key))
        answers = tuple(dict.fromkeys(" ".join(value.split()) for value in pair.values if value.strip()))
        if pair.key in _ABOUT:
            notes.append(Remark(pair.line, f"{pair.key} is about the list and was left out"))
        elif pair.nested:
            skipped.append(Remark(pair.line, "the answers are no list of words"))
        elif not prompt or not answers:
            skipped.append(Remark(pair.line, "a question without an answer" if prompt else "an empty question"))
        elif prompt in taken:
            skipped.append(Remark(pair.line, f"the same question as in line {taken[prompt].line}"))
        elif len(taken) >= MOST_QUESTIONS:
            skipped.append(Remark(pair.line, f"only the first {MOST_QUESTIONS} questions of a file are taken"))
        else:
            taken[prompt] = ImportedQuestion(pair.line, prompt, Kind.WORD, prompt, Skill.KNOW, answers=answers)
    return Reading(tuple(taken.values()), tuple(skipped), tuple(notes))


def _pairs(text: str) -> Iterator[_Pair]:
    """The pairs of the outermost mapping, with the scalars found in each value."""
    events = _events(text)
    if not events or not isinstance(events[0], yaml.MappingStartEvent):
        raise UnreadableError("a trivia list is a YAML mapping: `question: [answers]`")
    depth = 0
    key: yaml.ScalarEvent | None = None
    values: list[str] = []
    nested = False
    for event in events[1:]:
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.CollectionStartEvent):
            nested = nested or depth > 0 or isinstance(event, yaml.MappingStartEvent)
            depth += 1
            if key is None:
                line = _line(event)
                raise UnreadableError(f"line {line}: a question is a text, not a list")
        elif isinstance(event, yaml.ScalarEvent):
            if key is None:
                key, values, nested = event, [], False
                continue
            values.append(event.value)
        if depth < 0:
            return
        if depth == 0 and key is not None:
            yield _Pair(_line(key), key.value, tuple(values), nested)
            key = None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _events(text: str) -> Sequence[yaml.Event]:
    """What stands in the first document. Raises UnreadableError for broken YAML and for aliases."""
    found: list[yaml.Event] = []
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = _line(event)
                raise UnreadableError(f"line {line}: anchors and aliases (`&`, `*`) are not read; write it out")
            if isinstance(event, yaml.DocumentEndEvent):
                break
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
                found.append(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise UnreadableError(f"{where}not YAML: {getattr(error, 'problem', None) or 'unreadable'}") from error
    return found
