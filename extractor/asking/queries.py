"""A question in SQL, and its answer row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from extractor.asking.corpus import QueryError, told
from extractor.tables.columns import TABLES

if TYPE_CHECKING:
    import duckdb

AT_ONCE: Final = 1000
"""Rows held in memory."""
_READING: Final = ("SELECT", "MULTI")  # WITH, FROM, DESCRIBE, SUMMARIZE are SELECT as well; PIVOT is MULTI
_UNKNOWN_TABLE: Final = re.compile(r"Table with name (.+?) does not exist")

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of the columns, and the rows as they come from the files."""

    columns: list[str]
    rows: Iterator[Values]


def ask(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """What one statement that only reads answers. Raises QueryError, with DuckDB's own words, also while rows come."""
    import duckdb

    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type.name not in _READING:
            raise QueryError("A query is one statement that reads: SELECT, WITH, FROM, PIVOT, DESCRIBE or SUMMARIZE.")
        connection.execute(statements[0])
    except duckdb.Error as error:
        raise _fault(error) from None
    columns = [column[0] for column in connection.description or ()]
    return Answer(columns, _fetch(connection))


def _fetch(connection: duckdb.DuckDBPyConnection) -> Iterator[Values]:
    import duckdb

    try:
        while rows := connection.fetchmany(AT_ONCE):
            yield from rows
    except duckdb.Error as error:
        raise _fault(error) from None


def _fault(error: Exception) -> QueryError:
    unknown = _UNKNOWN_TABLE.search(str(error))
    if unknown:
        return QueryError(
            f"There is no table {unknown[1]}; there are {', '.join(TABLES)}, and the views of docs/questions.md."
        )
    return QueryError(f"DuckDB cannot answer this: {told(error)}.")
