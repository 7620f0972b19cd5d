"""The whole way of a job on a cluster: every document is read once into a record, the outputs are made of records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from extractor.batch.run import FAILURES
from extractor.batch.store import FOLDER
from extractor.batch.work import Failure, Outcome, Settings, fingerprint
from extractor.cluster.files import Found, find_documents, place_of, remove, why_unread, write_lines
from extractor.cluster.session import open_session
from extractor.tables.columns import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LINES: Final = "jsonl"
PARQUET: Final = "parquet"
FORMATS: Final = (LINES, PARQUET)


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done, and where. Folders of ``settings`` are the same, at the same place, on every node."""

    master: str
    input: str
    output: str
    settings: Settings
    formats: Sequence[str]
    progress: bool


@dataclass(frozen=True, slots=True)
class Done:
    """How a job went: how many documents there were, and those without a plan."""

    count: int
    failed: Sequence[Outcome]


def run(job: Job) -> Done:
    """Reads all documents and writes OUT/parquet/TABLE, OUT/jsonl and, if there are failures, OUT/failures.jsonl.

    Outputs of an earlier run are removed first: what is there was made by one run. Raises InputError when there are no
    documents, ClusterError when there is no cluster or it gives up, OutputError, GrammarError.
    """
    begun_with = fingerprint(job.settings)
    records_path = f"{job.output}/{FOLDER}/records"
    with open_session(job.master, progress=job.progress) as spark:
        found = find_documents(spark, job.input)
        _read(found, job, begun_with).write.mode("overwrite").parquet(records_path)
        records = spark.read.parquet(records_path)
        failed = sorted((*_failed(records), *_unread(spark, records, found, job)), key=lambda outcome: outcome.key)
        _make_outputs(spark, records, job)
        _write_failures(spark, failed, f"{job.output}/{FAILURES}")
        remove(spark, records_path)
    return Done(len(found.paths), failed)


def _read(found: Found, job: Job, begun_with: str) -> DataFrame:
    """A record of each document that is there and within the limit."""
    from pyspark.sql.pandas.types import from_arrow_schema

    from extractor.cluster.reading import RECORD, Reading, read_documents

    reading = Reading(job.settings, begun_with, found.roots, LINES in job.formats)
    files = found.files.where(found.files["length"] <= job.settings.limits.bytes).select("path", "content")
    return files.mapInArrow(partial(read_documents, reading=reading), from_arrow_schema(RECORD))


def _failed(records: DataFrame) -> Iterator[Outcome]:
    """The documents of which a worker said that they have no plan."""
    for row in records.where("failure IS NOT NULL").select("file", "failure.*").collect():
        failure = Failure(row.file, row.stage, row.kind, row.message)
        yield Outcome(row.file, failure=failure, traceback=row.traceback)


def _unread(spark: SparkSession, records: DataFrame, found: Found, job: Job) -> Iterator[Outcome]:
    """The documents that never came to a worker."""
    read = set(records.select("file").toArrow()["file"].to_pylist())
    for key in found.paths.keys() - read:
        place = place_of(found.paths[key], found.roots)[1]
        error = why_unread(spark, found.paths[key], place, job.settings.limits)
        yield Outcome(key, failure=Failure(key, "reading", error.kind, str(error)))


def _make_outputs(spark: SparkSession, records: DataFrame, job: Job) -> None:
    for name in job.formats:
        remove(spark, f"{job.output}/{name}")
    if PARQUET in job.formats:
        for table in TABLES:
            rows = records.selectExpr(f"inline(`{table}`)")
            rows.write.parquet(f"{job.output}/{PARQUET}/{table}", compression="zstd")
    if LINES in job.formats:
        records.where("line IS NOT NULL").select("line").write.text(f"{job.output}/{LINES}")


def _write_failures(spark: SparkSession, failed: Sequence[Outcome], path: str) -> None:
    """One record a line; no file where there are none."""
    remove(spark, path)
    if failed:
        records = (outcome.failure.to_dict() for outcome in failed if outcome.failure)
        write_lines(spark, path, (json.dumps(record, ensure_ascii=False) for record in records))
