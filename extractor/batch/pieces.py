"""What workers make outputs of: each function here is done in a worker, for the plans of some documents."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.batch.store import plan_objects, plans
from extractor.batch.work import Failure


@dataclass(frozen=True, slots=True)
class Piece:
    """What is to be made: of the plans in ``store`` with these keys, in this order, into ``to``."""

    store: Path
    keys: Sequence[str]
    to: Path
    number: int = 0


def write_lines(piece: Piece) -> None:
    """One plan a line; its first field, "file", is the document's key."""
    with piece.to.open("wb") as file:
        for key, line in plans(piece.store, piece.keys):
            file.write(keyed_line(key, line))


def keyed_line(key: str, line: bytes) -> bytes:
    """A plan's line with the document's key before all else."""
    return b'{"file":' + json.dumps(key, ensure_ascii=False).encode() + b"," + line[1:]


def write_parquet(piece: Piece) -> None:
    """A part of each table as Parquet."""
    from extractor.tables.parquet import write_part

    write_part(piece.to, piece.number, plan_objects(piece.store, piece.keys))


def write_csv(piece: Piece) -> None:
    """A part of each table as CSV, without headings."""
    from extractor.tables.csv_files import write_part

    write_part(piece.to, piece.number, plan_objects(piece.store, piece.keys))


def write_workbook(piece: Piece, paths: Mapping[str, str], failures: Sequence[Failure]) -> None:
    """The workbook for people; ``paths`` says where the document of a key lies."""
    from extractor.tables.workbook import write_workbook as write

    records = [failure.to_dict() for failure in failures]
    write(piece.to, plan_objects(piece.store, piece.keys), paths.get, records)


def write_database(piece: Piece, parquet: Path) -> None:
    """All tables in one DuckDB file, from a folder of their Parquet."""
    from extractor.tables.database import write_database as write

    write(piece.to, parquet)
