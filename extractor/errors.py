"""What can go wrong, said for people: every message names what was wrong, where, and what to do."""

from __future__ import annotations

from typing import Literal

FailureKind = Literal[
    "missing",
    "forbidden",
    "unreadable",
    "empty",
    "too-large",
    "other-format",
    "protected",
    "damaged",
    "converter",
    "time-limit",
    "memory-limit",
    "worker-died",
    "unwritable",
    "unforeseen",
]
"""Why a document of a batch has no plan."""


class VnplanError(Exception):
    """A fault that the user can mend; its message is shown as it is."""


class InputError(VnplanError):
    """A file that cannot be read, or that is not text; ``kind`` says why in a word."""

    def __init__(self, message: str, kind: FailureKind = "damaged") -> None:
        super().__init__(message)
        self.kind: FailureKind = kind


class OutputError(VnplanError):
    """A file that cannot be written."""


class GrammarError(VnplanError):
    """A fault in a grammar folder: file, rule, reason."""


class GoldError(VnplanError):
    """A folder or file of gold that cannot be used."""


class ModelError(VnplanError):
    """A folder that holds no trained model, or training that cannot begin."""
