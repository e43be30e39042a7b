"""A new competency for an author to write over: small, complete, and already right."""

from collections.abc import Mapping
from pathlib import Path
from string import Template

from pydantic import TypeAdapter, ValidationError

from core.bank.truth import Slug

LONGEST_SLUG = 30
"""Ids inside a competency begin with its slug and may have 40 characters."""


class SkeletonError(Exception):
    """The competency cannot be made; the words say why and what to do."""


def make_skeleton(pack: Path, slug: str) -> tuple[Path, ...]:
    """Write a competency into a pack, made where there is none; the files. Overwrites nothing: raises SkeletonError."""
    try:
        TypeAdapter(Slug).validate_python(slug)
    except ValidationError as error:
        raise SkeletonError(f"`{slug}` is no slug: lower-case Latin letters, digits and single hyphens only") from error
    if len(slug) > LONGEST_SLUG:
        raise SkeletonError(f"`{slug}` is {len(slug) - LONGEST_SLUG} characters too long, ids are to begin with it")
    folder = pack / "competencies" / slug
    if folder.exists():
        raise SkeletonError(f"{folder} exists already; choose another slug")
    folder.mkdir(parents=True)
    made = []
    if not (pack / "pack.toml").exists():
        made.append(_written(pack / "pack.toml", f'name = "{pack.resolve().name}"\n'))
    return (*made, *(_written(folder / name, Template(text).substitute(slug=slug)) for name, text in FILES.items()))


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


FILES: Mapping[str, str] = {
    "competency.toml": """\
level = 1
order = 100
names = { ru = "Новая тема ($slug)", en = "A new topic ($slug)" }
aliases = ["$slug"]
related = []
claims = ["$slug-alias"]
sources = ["https://docs.python.org/3/reference/simple_stmts.html#assignment-statements"]
""",
    "card.ru.md": """\
Присваивание связывает имя с объектом и ничего не копирует: у одного списка может быть два имени.

## Как это увидеть

```python
first = [1]
second = first
second.append(2)
print(first)
```

Напечатает `[1, 2]`: список один.
""",
    "card.en.md": """\
Assignment binds a name to an object and copies nothing: one list may have two names.

## How to see it

```python
first = [1]
second = first
second.append(2)
print(first)
```

It prints `[1, 2]`: there is one list.
""",
    "example.py": """\
first = [1]
second = first
second.append(2)
print("one list, two names:", first is second, first)
""",
    "claims.toml": """\
[[claim]]
id = "$slug-alias"
says = "Assignment binds another name to the same object"
build = "any"
probe = '''
first = [1]
second = first
print(first is second)
'''
prints = { ">=3.11" = "True" }
sources = ["https://docs.python.org/3/reference/simple_stmts.html#assignment-statements"]
""",
    "misconceptions.toml": """\
[[misconception]]
id = "$slug-copies"
claims = ["$slug-alias"]
""",
    "misconceptions.ru.md": """\
## $slug-copies

Присваивание копирует список.

Копии нет: второе имя связано с тем же списком.
""",
    "misconceptions.en.md": """\
## $slug-copies

Assignment copies the list.

Nothing is copied: the second name is bound to the same list.
""",
    "terms.toml": """\
[[term]]
slug = "$slug-name"
names = { ru = "Имя ($slug)", en = "Name ($slug)" }
aliases = []
claims = ["$slug-alias"]
""",
    "terms.ru.md": """\
## $slug-name

Слово, связанное с объектом. У объекта может быть сколько угодно имён или ни одного.
""",
    "terms.en.md": """\
## $slug-name

A word bound to an object. An object may have any number of names, or none.
""",
    "questions.toml": """\
[[question]]
id = "$slug-two-names"
kind = "single"
level = 1
skill = "use"
claims = ["$slug-alias"]
build = "any"
code = '''
first = [1]
second = first
second.append(2)
print(first)
'''

[[question.option]]
key = "both"
value = "[1, 2]"
right = true

[[question.option]]
key = "copy"
value = "[1]"
misconception = "$slug-copies"

[[question.option]]
key = "nested"
value = "[1, [1, 2]]"
""",
    "questions.ru.md": """\
## $slug-two-names

Что напечатает программа?

### both

### copy

### nested

`append` добавляет в тот же список число 2, вложенного списка не появляется.

### why

`second = first` даёт тому же списку второе имя, поэтому добавленное через одно имя видно через другое.
""",
    "questions.en.md": """\
## $slug-two-names

What does this print?

### both

### copy

### nested

`append` puts the number 2 into the same list; there is no list within it.

### why

`second = first` gives the same list a second name, so what is appended through one is seen through the other.
""",
}
