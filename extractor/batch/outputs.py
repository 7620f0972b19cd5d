"""The outputs made from the store when all documents are read: JSON lines, tables, a workbook, a database.

Workers make them in OUT/.vnplan/drafts, from documents in the order of their keys; each is moved to its place whole.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Protocol

from extractor.batch.pieces import Piece, write_csv, write_database, write_lines, write_parquet, write_workbook
from extractor.batch.pool import WorkerDied, Workers
from extractor.batch.store import Store
from extractor.batch.work import Failure, Outcome
from extractor.errors import OutputError

JSON: Final = "json"
PARQUET: Final = "parquet"
WORKBOOK: Final = "xlsx"
DATABASE: Final = "duckdb"
NEEDED: Final = {PARQUET: ("pyarrow",), DATABASE: ("pyarrow", "duckdb")}
"""What a format needs besides vnplan itself: the extra ``tables``."""
UNFINISHED: Final = ""
"""What an output holds while it is being made."""
PART: Final = 1000
"""Documents whose tables one worker makes at a time; they share a Parquet file of each table."""


class Watcher(Protocol):
    """Who is told how it goes."""

    def begin(self, doing: str, count: int) -> None:
        """A step of so many documents or pieces begins."""

    def advance(self, outcome: Outcome | None = None) -> None:
        """One of them is done."""


@dataclass(frozen=True, slots=True)
class Making:
    """What outputs are made of, and who makes them."""

    formats: Sequence[str]
    output: Path
    store: Store
    keys: Sequence[str]
    """Of the documents that have a plan, in order."""
    links: Mapping[str, str]
    """Key → where the document lies, seen from the output folder."""
    failures: Sequence[Failure]
    workers: Workers
    watcher: Watcher

    def whole(self, to: Path) -> list[Piece]:
        """One piece of all documents."""
        return [Piece(self.store.path, self.keys, to)]

    def parts(self, to: Path) -> list[Piece]:
        """Pieces of so many documents each; one at least."""
        return [
            Piece(self.store.path, self.keys[start : start + PART], to, number)
            for number, start in enumerate(range(0, max(len(self.keys), 1), PART))
        ]

    def do(self, doing: str, step: Callable[[Piece], None], pieces: Sequence[Piece]) -> None:
        """Has workers make pieces. Raises OutputError when one cannot be made."""
        self.watcher.begin(doing, len(pieces))
        for _, error in self.workers.do(step, pieces):
            if isinstance(error, WorkerDied):
                raise OutputError(f"{self.output}: making {doing} failed: its worker was killed. Go on with --resume.")
            if isinstance(error, OSError):
                reason = error.strerror or error
                raise OutputError(f"{self.output}: {doing} cannot be written: {reason}. Go on with --resume.")
            if error is not None:
                raise error
            self.watcher.advance()


def missing_library(formats: Iterable[str]) -> str | None:
    """A library that one of the formats needs and that is not installed."""
    needed = (name for chosen in formats for name in NEEDED.get(chosen, ()))
    return next((name for name in needed if find_spec(name) is None), None)


def make_outputs(making: Making) -> None:
    """Makes those of the formats that do not hold these documents and failures yet. Raises OutputError."""
    digests = making.store.digests(making.keys)
    for name, (place, make) in MAKERS.items():
        content = _digest(digests, making.failures, making.links if name == WORKBOOK else None)
        current = making.store.output(name) == content and (making.output / place).exists()
        if name in making.formats and not current:
            making.store.set_output(name, UNFINISHED)
            drafts = making.store.fresh_drafts()
            try:
                make(making, drafts)
            finally:
                shutil.rmtree(drafts, ignore_errors=True)
            making.store.set_output(name, content)


def _digest(*content: object) -> str:
    return hashlib.sha256(repr(content).encode("utf-8", "backslashreplace")).hexdigest()


def _make_lines(making: Making, drafts: Path) -> None:
    draft = drafts / "plans.jsonl"
    making.do("jsonl", write_lines, making.whole(draft))
    draft.replace(making.output / draft.name)


def _make_parquet(making: Making, drafts: Path) -> None:
    making.do(PARQUET, write_parquet, making.parts(drafts))
    for table in sorted(drafts.iterdir()):
        place = making.output / PARQUET / table.name
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob("part-*.parquet"):  # of an earlier run; other files stay
            old.unlink()
        for part in sorted(table.iterdir()):
            part.replace(place / part.name)


def _make_csv(making: Making, drafts: Path) -> None:
    from extractor.tables.csv_files import join_parts

    pieces = making.parts(drafts)
    making.do("csv", write_csv, pieces)
    join_parts(making.output / "csv", drafts, len(pieces))


def _make_workbook(making: Making, drafts: Path) -> None:
    draft = drafts / "plans.xlsx"
    making.do("xlsx", partial(write_workbook, paths=making.links, failures=making.failures), making.whole(draft))
    draft.replace(making.output / draft.name)


def _make_database(making: Making, drafts: Path) -> None:
    parquet = making.output / PARQUET
    if PARQUET not in making.formats:
        parquet = drafts / PARQUET
        making.do("tables", write_parquet, making.parts(parquet))
    draft = drafts / "plans.duckdb"
    making.do(DATABASE, partial(write_database, parquet=parquet), making.whole(draft))
    draft.replace(making.output / draft.name)


MAKERS: Final[Mapping[str, tuple[str, Callable[[Making, Path], None]]]] = {
    "jsonl": ("plans.jsonl", _make_lines),
    PARQUET: ("parquet/plans/part-00000.parquet", _make_parquet),
    "csv": ("csv/plans.csv", _make_csv),
    WORKBOOK: ("plans.xlsx", _make_workbook),
    DATABASE: ("plans.duckdb", _make_database),
}
"""Format → a file of it that is always there and what makes it; the database comes behind the Parquet it is made of."""
FORMATS: Final = (JSON, *MAKERS)
