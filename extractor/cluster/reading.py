"""What a worker of Spark does: it has documents read by a process beside it, and gives a record for each.

A document that hangs, takes all memory or kills its reader takes that process with it and not Spark's worker, so that
it becomes a failure like any other, and no task is tried again for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final

import pyarrow as pa

from extractor.batch.pieces import keyed_line
from extractor.batch.pool import Workers
from extractor.batch.run import read_items
from extractor.batch.work import Item, Outcome, Settings, fingerprint, unpack
from extractor.cluster.files import place_of
from extractor.cluster.session import ClusterError
from extractor.tables import rows_of
from extractor.tables.arrow import SCHEMAS, with_doubles

AT_ONCE: Final = 4 * 1024**2
"""Bytes of JSON whose records are held in memory and go to Spark together."""

RECORD: Final = pa.schema(
    [
        ("file", pa.string()),
        ("failure", pa.struct([(name, pa.string()) for name in ("stage", "kind", "message", "traceback")])),
        ("line", pa.string()),
        *((table, pa.list_(pa.struct(list(schema)))) for table, schema in SCHEMAS.items()),
    ]
)
"""What becomes of a document: its key, why it has no plan, or the plan as a line of JSON (if wanted) and its rows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How documents are read, the same on all nodes."""

    settings: Settings
    fingerprint: str
    """Of the settings where the job was begun."""
    roots: Mapping[str, str]
    """As ``place_of`` takes them."""
    lines: bool
    """Whether plans are wanted as lines of JSON."""


def read_documents(batches: Iterable[pa.RecordBatch], reading: Reading) -> Iterator[pa.RecordBatch]:
    """Batches of ``path`` and ``content`` in, batches of ``RECORD`` out.

    Raises ClusterError where vnplan, its grammars or its model are not those with which the job was begun.
    """
    if _fingerprint(reading.settings) != reading.fingerprint:
        raise ClusterError("a node has another version of vnplan, of the grammars or of the model. Make them the same.")
    records: list[dict[str, Any]] = []
    held = 0
    for outcome in read_items(_items(batches, reading), reading.settings, _workers(reading.settings)):
        line = unpack(outcome.plan) if outcome.plan else b""
        records.append(_record(outcome, line, reading))
        held += len(line)
        if held > AT_ONCE:
            yield pa.RecordBatch.from_pylist(records, RECORD)
            records, held = [], 0
    yield pa.RecordBatch.from_pylist(records, RECORD)


@cache
def _fingerprint(settings: Settings) -> str:
    return fingerprint(settings)


@cache
def _workers(settings: Settings) -> Workers:
    """One process that has loaded the extractor, kept for all tasks of this one; it goes when this one does."""
    return Workers(1, settings).__enter__()


def _items(batches: Iterable[pa.RecordBatch], reading: Reading) -> Iterator[Item]:
    for batch in batches:
        for path, content in zip(batch["path"], batch["content"], strict=True):
            yield Item(*place_of(path.as_py(), reading.roots), content.as_py())


def _record(outcome: Outcome, line: bytes, reading: Reading) -> dict[str, Any]:
    if failure := outcome.failure:
        return {"file": outcome.key, "failure": {**asdict(failure), "traceback": outcome.traceback}}
    rows = rows_of(outcome.key, json.loads(line))
    record: dict[str, Any] = {"file": outcome.key, **{name: with_doubles(name, rows[name]) for name in rows}}
    if reading.lines:
        record["line"] = keyed_line(outcome.key, line).decode().rstrip("\n")
    return record
