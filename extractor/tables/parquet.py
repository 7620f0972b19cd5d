"""Tables as Parquet: a folder a table, a file a part of the plans (extra ``tables``)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from extractor.tables.arrow import SCHEMAS, table_of
from extractor.tables.rows import KeyedPlan, rows_of

AT_ONCE: Final = 32
"""Plans whose rows are held in memory; they become one row group of each table."""


def part_path(folder: Path, table: str, number: int) -> Path:
    """Where the rows of a table stand for the ``number``-th part of the plans."""
    return folder / table / f"part-{number:05}.parquet"


def write_part(folder: Path, number: int, plans: Iterable[KeyedPlan]) -> None:
    """Writes the tables of ``plans`` into FOLDER/TABLE/part-NUMBER.parquet, each file whole or not at all.

    The same plans give the same bytes. Raises OSError when the disk takes no more.
    """
    drafts: dict[str, Path] = {}
    try:
        with ExitStack() as stack:
            writers = {}
            for name, schema in SCHEMAS.items():
                path = part_path(folder, name, number)
                path.parent.mkdir(parents=True, exist_ok=True)
                drafts[name] = path.with_name(f".vnplan-{os.urandom(8).hex()}.tmp")
                writers[name] = stack.enter_context(pq.ParquetWriter(drafts[name], schema, compression="zstd"))
            for group in _groups(plans):
                for name, writer in writers.items():
                    rows = [row for found in group for row in found[name]]
                    if rows:
                        writer.write_table(table_of(name, rows))
        for name, draft in drafts.items():
            draft.replace(part_path(folder, name, number))
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _groups(plans: Iterable[KeyedPlan]) -> Iterator[list[dict[str, list[dict[str, Any]]]]]:
    rest = iter(plans)
    while group := [rows_of(key, plan) for key, plan in islice(rest, AT_ONCE)]:
        yield group
