"""What is asked of a worker for one document, and what it answers."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import extractor
from extractor.errors import FailureKind
from extractor.grammar import load_grammar
from extractor.learned.merging import How
from extractor.learned.model import SHIPPED
from extractor.reading import Limits

Stage = Literal["reading", "extracting", "writing"]

WORTH_ANOTHER_TRY: Final[frozenset[FailureKind]] = frozenset(
    {
        "missing",
        "forbidden",
        "unreadable",
        "too-large",
        "converter",
        "time-limit",
        "memory-limit",
        "worker-died",
        "unwritable",
    }
)
"""Failures that another limit, machine or moment may spare; the others stay as long as file and version do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are read: what ``Extractor`` takes, limits, and what of the plan is kept."""

    grammars: Path | None = None
    tagger: How = "hybrid"
    min_confidence: float = 0.0
    model: Path | None = None
    limits: Limits = field(default_factory=Limits)
    fields: tuple[str, ...] | None = None
    text: bool = True

    @property
    def limits_said(self) -> str:
        """The limits in a line: what was cut off by them is read again under others."""
        limits = self.limits
        return f"{limits.pages} {limits.seconds:g} {limits.memory} {limits.bytes}"


@dataclass(frozen=True, slots=True)
class Item:
    """One document to read: its key, and its path or (standard input, a cluster's file) its bytes."""

    key: str
    path: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document has no plan: a record of failures.jsonl."""

    file: str
    stage: Stage
    kind: FailureKind
    message: str

    @property
    def retry(self) -> bool:
        """Whether another try may do better."""
        return self.kind in WORTH_ANOTHER_TRY

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON's object."""
        return {
            "file": self.file,
            "stage": self.stage,
            "kind": self.kind,
            "message": self.message,
            "retry": self.retry,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its plan or its failure."""

    key: str
    sha256: str | None = None
    """Of the file's bytes; ``None`` where they could not be had."""
    plan: bytes | None = None
    """The JSON's line, packed (``unpack``)."""
    cut: bool = False
    """Whether a limit left a part of the document unread."""
    failure: Failure | None = None
    traceback: str = ""
    """Of an unforeseen failure, for those who ask for it."""


def pack(line: str) -> bytes:
    """A plan's line, small: as the store holds it and workers send it."""
    return zlib.compress(line.encode("utf-8"), 1)


def unpack(packed: bytes) -> bytes:
    """The UTF-8 of a packed plan's line."""
    return zlib.decompress(packed)


def fingerprint(settings: Settings) -> str:
    """What, besides its content, decides what is read from a document: version, grammar, model, options.

    Limits are told apart (``limits_said``): they change only what they cut. Raises GrammarError.
    """
    model = None if settings.tagger == "rules" else settings.model or SHIPPED
    said: Mapping[str, Any] = {
        "version": extractor.__version__,
        "grammar": load_grammar(settings.grammars).hash,
        "tagger": settings.tagger,
        "min_confidence": settings.min_confidence,
        "model": model and {file.name: _digest(file.read_bytes()) for file in sorted(model.glob("*.*"))},
        "fields": settings.fields,
        "text": settings.text,
    }
    return _digest(json.dumps(said).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
