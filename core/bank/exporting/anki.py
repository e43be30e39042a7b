"""Questions as an Anki package: a note each, found again by its GUID when a newer package is imported."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import blake2b
from html import escape
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import genanki

from core.bank.exporting.entries import Entry, Say, Wish
from core.bank.exporting.html import html_of, html_of_code
from core.bank.exporting.printed import html_of_answer, html_of_name, html_of_options, html_of_versions
from core.bank.markdown import blocks
from core.bank.truth import Kind

MODEL = 1_607_392_541
"""The note type's id. It never changes: Anki would take a new one for another note type."""

_CSS = """
.card { max-width: 42em; margin: 0 auto; padding: .6em; background: #fff; color: #1b1b1b; text-align: left;
  font: 17px/1.45 "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
.place { margin-bottom: .8em; font-size: .8em; opacity: .65; }
p { margin: 0 0 .6em; }
.how { font-style: italic; opacity: .75; }
code { padding: 0 .2em; border-radius: 3px; background: rgba(128, 128, 128, .16);
  font: .92em/1.4 "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", Consolas, Menlo, monospace; }
pre { padding: .6em .8em; border-radius: 6px; background: #f6f6f2; color: #1b1b1b; overflow-x: auto; }
pre code { padding: 0; background: none; white-space: pre; font-size: .85em; }
ol.options { margin: 0; padding: 0; list-style: none; }
ol.options li { display: flex; gap: .5em; margin-bottom: .35em; }
hr { margin: 1em 0; border: 0; border-top: 1px solid rgba(128, 128, 128, .5); }
table { border-collapse: collapse; }
th, td { padding: .2em .6em; border: 1px solid rgba(128, 128, 128, .5); }
blockquote { margin: .6em 0; padding-left: .8em; border-left: 3px solid rgba(128, 128, 128, .5); }
.nightMode.card, .nightMode .card { background: #1f1f1f; color: #e6e6e6; }
.nightMode pre, .night_mode pre { filter: invert(.9) hue-rotate(180deg); }
"""
"""Night mode turns the code boxes over, colours and all, since their colours are inline."""

_NOTE_TYPE = genanki.Model(
    MODEL,
    "Kucha",
    fields=[{"name": "Place"}, {"name": "Question"}, {"name": "Answer"}],
    templates=[
        {
            "name": "Kucha",
            "qfmt": '<div class="place">{{Place}}</div>{{Question}}',
            "afmt": '{{FrontSide}}<hr id="answer">{{Answer}}',
        }
    ],
    css=_CSS,
    sort_field_index=1,
)


def write_anki(entries: Sequence[Entry], path: Path, wish: Wish, say: Say, moment: float) -> None:
    """Write the package, a deck a level; `moment`, in seconds since 1970, marks its notes.

    A note's GUID follows from the question's id and the language, a deck's id from its level and the language. The
    database is written here and not by genanki's own `write_to_file`, which leaves it behind in the temporary folder.
    """
    decks: dict[int, genanki.Deck] = {}
    for entry in entries:
        if entry.level not in decks:
            name = say("export-deck", level=entry.level)
            decks[entry.level] = genanki.Deck(_deck_id(entry.level, wish), name)
        decks[entry.level].add_note(_note(entry, wish, say))
    with TemporaryDirectory() as folder:
        database = Path(folder, "collection.anki2")
        with closing(sqlite3.connect(database)) as connection:
            package = genanki.Package(list(decks.values()))
            package.write_to_db(connection.cursor(), moment, count(int(moment * 1000)))
            connection.commit()
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            archive.write(database, database.name)
            archive.writestr("media", "{}")


def _note(entry: Entry, wish: Wish, say: Say) -> genanki.Note:
    place = f"{entry.competency_name} · Python {wish.python.label}"
    return genanki.Note(
        _NOTE_TYPE,
        [html_of_name(place), _front(entry, say), _back(entry, say)],
        guid=genanki.guid_for("kucha", entry.id, wish.language.value),
        tags=["kucha", f"level::{entry.level}", f"competency::{entry.competency}", f"kind::{entry.kind}"],
    )


def _front(entry: Entry, say: Say) -> str:
    parts = [html_of(blocks(entry.prompt))]
    if entry.code:
        parts.append(html_of_code(entry.code, "python"))
    if entry.kind not in (Kind.SINGLE, Kind.TRUTH):
        parts.append(f'<p class="how">{escape(say(f"export-kind-{entry.kind}"))}</p>')
    if entry.options:
        parts.append(html_of_options(entry.shuffled))
    return "\n".join(parts)


def _back(entry: Entry, say: Say) -> str:
    return "\n".join((*html_of_answer(entry), html_of(entry.explanation), *html_of_versions(entry, say)))


def _deck_id(level: int, wish: Wish) -> int:
    """A number from 2³⁰ to 2³¹, as genanki asks for."""
    digest = blake2b(f"kucha {wish.language} {level}".encode(), digest_size=4).digest()
    return 1 << 30 | int.from_bytes(digest, "big") >> 2
