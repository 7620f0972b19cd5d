"""Tables in Apache Arrow, for Parquet and for Spark (extra ``tables``)."""

from __future__ import annotations

import math
from typing import Any, Final

import pyarrow as pa

from extractor.tables.columns import TABLES, Column

_TYPES: Final = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "yes_no": pa.bool_()}


def _type(column: Column) -> pa.DataType:
    found = _TYPES[column.kind] if column.kind else pa.struct([(field.name, _type(field)) for field in column.fields])
    for _ in range(column.depth):
        found = pa.list_(found)
    return found


SCHEMAS: Final[dict[str, pa.Schema]] = {
    name: pa.schema([(column.name, _type(column)) for column in columns]) for name, columns in TABLES.items()
}
"""Table → schema. Offsets are code points (int64), numbers and money float64, exact up to 2**53."""


_NUMBERS: Final = {
    name: [column.name for column in columns if column.kind == "number" and not column.depth]
    for name, columns in TABLES.items()
}


def with_doubles(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their numbers as doubles: Arrow takes no whole number that a double cannot hold exactly."""
    return [{**row, **{column: _double(row[column]) for column in _NUMBERS[name] if column in row}} for row in rows]


def _double(value: float | None) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:  # a run of over three hundred digits
        return math.inf


def table_of(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """The rows of one table, as ``rows_of`` gives them, in Arrow."""
    return pa.Table.from_pylist(with_doubles(name, rows), schema=SCHEMAS[name])
