"""Statements that are run with thousands of rows at once."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Insert, func, literal, select
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
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def among(database: Database, column: ColumnElement[int], ids: Collection[int]) -> ColumnElement[bool]:
    """Whether a column has one of many numbers, which are one parameter of the query."""
    numbers = sorted(ids)
    if database.embedded:
        listed = func.json_each(str(numbers)).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == func.any(literal(numbers, ARRAY(BigInteger)))
