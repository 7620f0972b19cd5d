"""The whole way of a batch: what is not known yet is read and kept, and the outputs are made of it."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from extractor.batch.outputs import JSON, Making, Watcher, make_outputs
from extractor.batch.pool import WorkerDied, Workers
from extractor.batch.store import Done, Store, plans
from extractor.batch.work import WORTH_ANOTHER_TRY, Failure, Item, Outcome, Settings, fingerprint, unpack
from extractor.batch.worker import read_item
from extractor.errors import FailureKind, InputError, OutputError
from extractor.reading.child import GRACE
from extractor.reading.files import load

FAILURES: Final = "failures.jsonl"
KEPT_EVERY: Final = 1.0
"""Seconds after which what was read is kept for good: so much is read again after a kill."""
STOPPING: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
"""Faults of a disk that no other document will escape."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a batch: what is to be read, where its JSON goes in the output folder, or why it cannot be read."""

    item: Item
    json: str
    fault: InputError | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be done with which documents."""

    entries: Sequence[Entry]
    output: Path
    settings: Settings
    formats: Sequence[str]
    jobs: int
    resume: bool
    pretty: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """How a batch went: its documents, those known from before, and those without a plan."""

    count: int
    known: int
    failures: Sequence[Failure]


def run(batch: Batch, watcher: Watcher) -> Summary:
    """Reads what is not known yet, writes OUT/failures.jsonl if there are failures, and makes the outputs.

    Raises OutputError when the folder cannot be written or the disk is full; what was done until then is kept.
    """
    try:
        with Store(batch.output, keep=batch.resume) as store, Workers(batch.jobs, batch.settings) as workers:
            return _run(batch, store, workers, watcher)
    except BrokenPipeError:  # nobody reads what is told
        raise
    except OSError as error:
        place = error.filename2 or error.filename or batch.output
        advice = "Go on with --resume when that is mended: what was done is kept."
        raise OutputError(f"{place}: cannot be written: {error.strerror or error}. {advice}") from None


def _run(batch: Batch, store: Store, workers: Workers, watcher: Watcher) -> Summary:
    done = store.done()
    left = list(_unknown(batch, done, watcher))
    if JSON in batch.formats:
        left += _write_known_json(batch, left, done, store)
    try:
        _read(batch, left, store, workers, watcher)
    finally:
        store.commit()
    failures = store.failures(entry.item.key for entry in batch.entries)
    _write_failures(batch.output / FAILURES, failures, store)
    if set(batch.formats) != {JSON}:
        _make_outputs(batch, store, failures, workers, watcher)
    return Summary(len(batch.entries), len(batch.entries) - len(left), failures)


def _unknown(batch: Batch, done: dict[str, Done], watcher: Watcher) -> Iterator[Entry]:
    """The documents that must be read: new, changed, read by another version or with other options, or worth a try."""
    if not done:
        yield from batch.entries
        return
    now, limits = fingerprint(batch.settings), batch.settings.limits_said
    watcher.begin("comparing", len(batch.entries))
    for entry in batch.entries:
        known = done.get(entry.item.key)
        if (
            known is None
            or known.fingerprint != now
            or known.kind in WORTH_ANOTHER_TRY
            or (known.cut and known.limits != limits)
            or known.sha256 != _digest(entry, batch.settings)
        ):
            yield entry
        watcher.advance()


def _digest(entry: Entry, settings: Settings) -> str:
    """The hash of the file as it is now; empty where it cannot be read."""
    if entry.fault:
        return ""
    try:
        data = load(entry.item.path, settings.limits)[0] if entry.item.data is None else entry.item.data
    except InputError:
        return ""
    return hashlib.sha256(data).hexdigest()


def _read(batch: Batch, left: Sequence[Entry], store: Store, workers: Workers, watcher: Watcher) -> None:
    """Has documents read and keeps every outcome, with its JSON file before it counts as done."""
    now, limits = fingerprint(batch.settings), batch.settings.limits_said
    files = {entry.item.key: entry.json for entry in left if not entry.fault} if JSON in batch.formats else {}
    kept = time.monotonic()
    watcher.begin("reading", len(left))
    for outcome in read_all(left, batch.settings, workers):
        name = files.get(outcome.key)
        if name:
            outcome = _with_json(outcome, batch, name, store)
        store.add(outcome, now, limits, _written(batch, name) if outcome.plan else None)
        watcher.advance(outcome)
        if time.monotonic() - kept > KEPT_EVERY:
            store.commit()
            kept = time.monotonic()


def _written(batch: Batch, name: str | None) -> str | None:
    """What the store says of a plan's JSON file: its form and its name."""
    return name and f"{'indented' if batch.pretty else 'line'} {name}"


def read_all(entries: Sequence[Entry], settings: Settings, workers: Workers) -> Iterator[Outcome]:
    """What became of each document, in the order in which they are done."""
    for entry in entries:
        if entry.fault:
            failure = Failure(entry.item.key, "reading", entry.fault.kind, str(entry.fault))
            yield Outcome(entry.item.key, failure=failure)
    yield from read_items((entry.item for entry in entries if not entry.fault), settings, workers)


def read_items(items: Iterable[Item], settings: Settings, workers: Workers) -> Iterator[Outcome]:
    """The same for documents of which nothing is known to be wrong; ``items`` is drawn from as there are hands."""
    seconds = 2 * settings.limits.seconds + GRACE  # as long for what was read as for reading it
    for item, found in workers.do(partial(read_item, settings=settings), items, seconds):
        yield found if isinstance(found, Outcome) else _broken(item, found, seconds)


def _broken(item: Item, error: Exception, seconds: float) -> Outcome:
    """The outcome of a document that took its worker with it."""
    kind: FailureKind
    if isinstance(error, TimeoutError):
        kind, why = "time-limit", f"it takes longer than {seconds:g} s in all (--time-limit)"
    elif isinstance(error, WorkerDied):
        kind, why = "worker-died", "its worker was killed, twice, as happens when the machine has no memory left"
    else:
        raise error
    return Outcome(item.key, failure=Failure(item.key, "extracting", kind, f"{item.path}: {why}."))


def _with_json(outcome: Outcome, batch: Batch, name: str, store: Store) -> Outcome:
    """The outcome once its JSON file is written, or that it cannot be; without a plan an older file goes.

    Raises OutputError when no other document's could be written either.
    """
    path = batch.output / name
    try:
        if outcome.plan is None:
            path.unlink(missing_ok=True)
        else:
            _write_json(path, unpack(outcome.plan), batch.pretty, store)
    except OSError as error:
        if outcome.failure:  # it says more than that there is something in the way
            return outcome
        message = f"{path}: cannot be written: {error.strerror or error}."
        return replace(outcome, plan=None, failure=Failure(outcome.key, "writing", "unwritable", message))
    return outcome


def _write_json(path: Path, line: bytes, pretty: bool, store: Store) -> None:
    """Raises OutputError when the disk takes no more, OSError when this file cannot be written."""
    if pretty:
        line = (json.dumps(json.loads(line), ensure_ascii=False, indent=1) + "\n").encode()
    try:
        _put(path, line, store.folder)
    except OSError as error:
        if error.errno not in STOPPING:
            raise
        advice = "Make room, and go on with --resume: what was done is kept."
        raise OutputError(f"{path}: cannot be written: {error.strerror}. {advice}") from None


def _put(path: Path, data: bytes, folder: Path) -> None:
    """Has a file appear whole; what a kill leaves of it lies in ``folder``, and is written over by the next."""
    draft = folder / "draft.tmp"
    draft.write_bytes(data)
    try:
        draft.replace(path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(path)


def _write_known_json(batch: Batch, left: Sequence[Entry], done: dict[str, Done], store: Store) -> list[Entry]:
    """Has the JSON of known documents be what it is to be, where an earlier run wrote none, another or elsewhere.

    Gives those whose JSON cannot be written: they are read again, to fail for that.
    """
    to_read = {entry.item.key for entry in left}
    owned = {entry.json for entry in batch.entries}
    failing = []
    for entry in batch.entries:
        key, path = entry.item.key, batch.output / entry.json
        known = done.get(key)
        if known is None or entry.fault:
            continue
        try:
            if known.json and known.json.partition(" ")[2] not in owned:  # there was no other of its name then
                (batch.output / known.json.partition(" ")[2]).unlink(missing_ok=True)
            if key in to_read:
                continue
            if known.kind:
                path.unlink(missing_ok=True)
            elif known.json != _written(batch, entry.json) or not path.exists():
                for _, line in plans(store.path, [key]):
                    _write_json(path, line, batch.pretty, store)
                store.set_json(key, _written(batch, entry.json))
        except OSError:
            failing.append(entry)
    store.commit()
    return failing


def _make_outputs(batch: Batch, store: Store, failures: Sequence[Failure], workers: Workers, watcher: Watcher) -> None:
    failed = {failure.file for failure in failures}
    keys = sorted(entry.item.key for entry in batch.entries if entry.item.key not in failed)
    files = {entry.item.key: entry.item.path for entry in batch.entries if entry.item.data is None}
    links = {key: _seen_from(batch.output, path) for key, path in files.items()}
    make_outputs(Making(batch.formats, batch.output, store, keys, links, failures, workers, watcher))


def _seen_from(folder: Path, path: str) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # another drive
        return str(Path(path).absolute())


def _write_failures(path: Path, failures: Sequence[Failure], store: Store) -> None:
    """One record a line; no file where there are none."""
    if failures:
        lines = (json.dumps(failure.to_dict(), ensure_ascii=False) + "\n" for failure in failures)
        _put(path, "".join(lines).encode(), store.folder)
    else:
        path.unlink(missing_ok=True)
