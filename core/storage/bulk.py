"""Statements that are run with thousands of rows at once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import chain
from typing import Any

from sqlalchemy import Insert, bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from core.storage.database import Database

TOGETHER = 50
"""Rows of one insert: more gain nothing, and SQLite takes at least 999 values in a statement."""


class Bulk:
    """A statement compiled once, whose values go to the driver as they are: a third of the time of the usual way.

    `order` names the values of a row, which are all its parameters; `Moments` makes moments what the driver takes.
    """

    def __init__(self, database: Database, statement: Any, order: Sequence[str]) -> None:
        compiled = statement.compile(dialect=database.engine.dialect)
        self.text = str(compiled)
        self._places = [order.index(name) for name in compiled.positiontup or order]
        self._in_order = self._places == list(range(len(order)))

    async def run(self, connection: AsyncConnection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run it once for each row."""
        if not rows:
            return
        values = rows if self._in_order else [tuple(row[place] for place in self._places) for row in rows]
        await connection.exec_driver_sql(self.text, list(values))


class BulkInsert:
    """An insert of which one statement takes many rows: half the time of a statement for each row.

    `columns` name the values of a row; two rows of a run must not conflict with each other.
    """

    def __init__(self, database: Database, into: Insert, columns: Sequence[str]) -> None:
        self._of = partial(_inserting, database, into, columns)
        self._one = self._of(1)

    @cached_property
    def _many(self) -> Bulk:
        return self._of(TOGETHER)

    @property
    def statement(self) -> str:
        """What many rows are inserted with."""
        return self._many.text

    async def run(self, connection: AsyncConnection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert the rows."""
        rest = len(rows) - len(rows) % TOGETHER
        whole = (rows[start : start + TOGETHER] for start in range(0, rest, TOGETHER))
        if rest:
            await self._many.run(connection, [tuple(chain.from_iterable(block)) for block in whole])
        await self._one.run(connection, rows[rest:])


def _inserting(database: Database, into: Insert, columns: Sequence[str], rows: int) -> Bulk:
    named = [{column: f"{column}_{row}" for column in columns} for row in range(rows)]
    types = {column: into.table.c[column].type for column in columns}
    values: list[dict[str, Any]] = [
        {column: bindparam(name, type_=types[column]) for column, name in row.items()} for row in named
    ]
    return Bulk(database, into.values(values), [name for row in named for name in row.values()])


class Moments:
    """Moments as the database's driver takes them, just as the type Instant stores them.

    For moments that lie close together: what they share to the second is written out once.
    """

    def __init__(self, database: Database) -> None:
        self._embedded = database.embedded
        self._seconds: dict[int, str] = {}

    def stored(self, at: datetime) -> Any:
        """One of them."""
        if not self._embedded:
            return at
        second = int(at.timestamp())
        return f"{self._seconds.get(second) or self._written(second)}{at.microsecond:06d}"

    def _written(self, second: int) -> str:
        written = f"{datetime.fromtimestamp(second, UTC):%Y-%m-%d %H:%M:%S.}"
        self._seconds[second] = written
        return written
