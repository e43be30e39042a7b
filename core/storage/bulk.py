"""Statements that are run with thousands of rows at once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.storage.database import Database


class Bulk:
    """A statement compiled once, whose values go to the driver as they are: a third of the time of the usual way.

    `order` names the values of a row, which are all its parameters; `moment` makes moments what the driver takes.
    """

    def __init__(self, database: Database, statement: Any, order: Sequence[str]) -> None:
        columns = list(order) if isinstance(statement, Insert) else None
        compiled = statement.compile(dialect=database.engine.dialect, column_keys=columns)
        self._text = str(compiled)
        self._places = [order.index(name) for name in compiled.positiontup or order]
        self._in_order = self._places == list(range(len(order)))

    async def run(self, connection: AsyncConnection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run it once for each row."""
        if not rows:
            return
        values = rows if self._in_order else [tuple(row[place] for place in self._places) for row in rows]
        await connection.exec_driver_sql(self._text, list(values))


def moment(database: Database, at: datetime) -> Any:
    """A moment as the database's driver takes it, just as the type Instant stores it."""
    if not database.embedded:
        return at
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat(" ", "microseconds")[: -len("+00:00")]
