"""The foreign formats that can be imported."""

from collections.abc import Callable, Mapping
from pathlib import Path

from core.bank.importing.anki import read_anki
from core.bank.importing.gift import read_gift
from core.bank.importing.model import Reading
from core.bank.importing.notes import read_notes
from core.bank.importing.packing import Place, Plan, plan
from core.bank.importing.records import bank_records
from core.bank.importing.source import source_text
from core.bank.importing.trivia import read_trivia

READERS: Mapping[str, Callable[[str], Reading]] = {
    "notes": read_notes,
    "gift": read_gift,
    "anki": read_anki,
    "trivia": read_trivia,
}
"""By the name a command takes: Markdown notes, Moodle GIFT, Anki's text export, Red-DiscordBot trivia."""


def import_plan(source: str, file: Path, place: Place, level: int = 1) -> Plan:
    """What importing a file would do; nothing is written.

    Raises UnreadableError for a file that cannot be read as that format, PackError for a pack that cannot take it.
    """
    reading = READERS[source](source_text(file))
    return plan(bank_records(reading, source, place.claim, level), place, level)
