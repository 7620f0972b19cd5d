"""Tables in one DuckDB file (extra ``tables``)."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

import duckdb

from extractor.tables.columns import TABLES

_MEMORY: Final = "1GB"


def write_database(path: Path, parquet: Path) -> None:
    """Writes the tables of a folder of Parquet (``write_part``) into a new DuckDB file. Raises OSError."""
    try:
        with duckdb.connect(str(path)) as database:
            database.execute(f"SET memory_limit = '{_MEMORY}'")
            for name in TABLES:
                parts = str(parquet / name / "part-*.parquet").replace("'", "''")
                database.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{parts}')")
    except duckdb.IOException as error:
        raise OSError(errno.EIO, str(error).splitlines()[0]) from None
