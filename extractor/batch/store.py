"""What a batch has done so far: one SQLite file, OUT/.vnplan/store.sqlite, that survives a kill at any moment.

One row a document: the hash of its bytes, what read it, its plan (packed) or its failure. All outputs but the JSON
files are made from it, in the order of the documents' keys, so they do not depend on who was done first.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from extractor.batch.work import Failure, Outcome, unpack
from extractor.errors import OutputError

FOLDER: Final = ".vnplan"
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS documents (
    key TEXT PRIMARY KEY, sha256 TEXT, fingerprint TEXT NOT NULL, limits TEXT NOT NULL, cut INTEGER NOT NULL,
    stage TEXT, kind TEXT, message TEXT, json TEXT);
CREATE TABLE IF NOT EXISTS plans (key TEXT PRIMARY KEY, plan BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS outputs (name TEXT PRIMARY KEY, content TEXT NOT NULL);
"""


class Done(NamedTuple):
    """What is known of a document that was read before."""

    sha256: str | None
    fingerprint: str
    limits: str
    cut: bool
    kind: str | None
    """Of its failure; ``None`` where it has a plan."""
    json: str | None
    """What was written of it as JSON, and where; ``None`` for nothing."""


class Store:
    """The documents of an output folder. Raises OutputError where it cannot be used; one process has it at a time."""

    def __init__(self, output: Path, *, keep: bool) -> None:
        """Opens the store of ``output``, empty unless ``keep`` says that what was done counts."""
        self.folder = output / FOLDER
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = sqlite3.connect(self.folder / "lock.sqlite", timeout=0)
            self._lock.execute("BEGIN EXCLUSIVE")  # the system ends it with the process, however that ends
            if not keep:
                for name in ("store.sqlite", "store.sqlite-wal", "store.sqlite-shm"):
                    (self.folder / name).unlink(missing_ok=True)
            self._database = sqlite3.connect(self.path)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.executescript(_TABLES)
        except OSError as error:
            reason = error.strerror or error
            raise OutputError(f"{output}: cannot be written: {reason}. Choose another place.") from None
        except sqlite3.OperationalError as error:
            raise OutputError(f"{output}: {_reason(error)}") from None
        except sqlite3.DatabaseError:
            raise OutputError(self._damaged()) from None

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / "store.sqlite"

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self._database.close()
        self._lock.close()

    def done(self) -> dict[str, Done]:
        """Key → what is known of every document that was read."""
        with self._told():
            rows = self._database.execute("SELECT key, sha256, fingerprint, limits, cut, kind, json FROM documents")
            return {key: Done(*rest) for key, *rest in rows}

    def add(self, outcome: Outcome, fingerprint: str, limits: str, json: str | None) -> None:
        """Puts an outcome in the place of an older one; kept for good by ``commit``.

        ``json`` is what was written of it as JSON, and where. The document's row comes last: whatever interrupts this,
        a row that says "done" has its plan.
        """
        failure = outcome.failure
        said = (failure.stage, failure.kind, failure.message) if failure else (None, None, None)
        row = (outcome.key, outcome.sha256, fingerprint, limits, outcome.cut, *said, json)
        with self._told():
            if outcome.plan is None:
                self._database.execute("DELETE FROM plans WHERE key = ?", (outcome.key,))
            else:
                self._database.execute("INSERT OR REPLACE INTO plans VALUES (?, ?)", (outcome.key, outcome.plan))
            self._database.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def set_json(self, key: str, json: str | None) -> None:
        """Says what was written of a known document as JSON, and where."""
        with self._told():
            self._database.execute("UPDATE documents SET json = ? WHERE key = ?", (json, key))

    def commit(self) -> None:
        """Keeps what was added, whatever happens next. Raises OutputError when the disk is full."""
        with self._told():
            self._database.commit()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OutputError(f"{self.path}: {_reason(error)}") from None
        except sqlite3.DatabaseError:
            raise OutputError(self._damaged()) from None

    def _damaged(self) -> str:
        return f"{self.path}: what was done before cannot be read: it is damaged. Begin anew without --resume."

    def failures(self, keys: Iterable[str]) -> list[Failure]:
        """Those of ``keys`` that have no plan, in the order of their keys."""
        wanted = set(keys)
        with self._told():
            rows = self._database.execute(
                "SELECT key, stage, kind, message FROM documents WHERE kind IS NOT NULL ORDER BY key"
            )
            return [Failure(*row) for row in rows if row[0] in wanted]

    def digests(self, keys: Iterable[str]) -> list[tuple[str, str, str, str]]:
        """Key, hash of the bytes, what read them, and the limits if they cut it off; for ``keys`` in their order."""
        known = self.done()
        return [
            (key, known[key].sha256 or "", known[key].fingerprint, known[key].limits if known[key].cut else "")
            for key in keys
        ]

    def fresh_drafts(self) -> Path:
        """An empty folder for what is being made, on the disk of the output."""
        drafts = self.folder / "drafts"
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.mkdir()
        return drafts

    def output(self, name: str) -> str | None:
        """What an output holds, as ``set_output`` said; ``None`` for one that was not finished."""
        row = self._database.execute("SELECT content FROM outputs WHERE name = ?", (name,)).fetchone()
        return row and str(row[0])

    def set_output(self, name: str, content: str) -> None:
        """Remembers that an output was finished, and with what in it."""
        with self._told():
            self._database.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?)", (name, content))
            self._database.commit()


def plans(path: Path, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Key and line (UTF-8 JSON) of the plans of ``keys``, in that order; a document without a plan is passed over.

    Any process may read while another writes.
    """
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        for key in keys:
            row = database.execute("SELECT plan FROM plans WHERE key = ?", (key,)).fetchone()
            if row:
                yield key, unpack(row[0])
    finally:
        database.close()


def plan_objects(path: Path, keys: Iterable[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """The same as objects of the JSON."""
    return ((key, json.loads(line)) for key, line in plans(path, keys))


def _reason(error: sqlite3.OperationalError) -> str:
    """SQLite's complaint for people."""
    said = str(error)
    if "locked" in said:
        return "another vnplan is writing there. Wait for it, or choose another folder."
    if "full" in said or "disk I/O" in said:
        return "the disk is full. Make room, and go on with --resume: what was done is kept."
    return f"cannot be written: {said}. Choose another place."
