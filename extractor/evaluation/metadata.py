"""What kind of document each gold document is: documents.yaml beside the gold, else what its header says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from extractor.errors import GoldError
from extractor.evaluation.gold import Item

DOCUMENTS: Final = "documents.yaml"
SPLITS: Final = ("train", "dev", "test")
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Metadata:
    """One document: who issued it where and when, of what kind, about what, and how its copy is damaged."""

    province: str
    """The province, by its name after 1 July 2025, or the central body that issued it; splits go by it."""
    year: str
    kind: str
    topic: str = UNKNOWN
    damage: tuple[str, ...] = ()
    split: str = UNKNOWN


GROUPINGS: Final = ("province", "year", "kind", "damage", "split")
"""By what the report groups the documents."""


def read_metadata(gold_dir: Path, golds: Mapping[str, Item]) -> dict[str, Metadata]:
    """The metadata of the documents of a gold folder. Raises GoldError when documents.yaml has a fault."""
    path = gold_dir / DOCUMENTS
    listed = _read(path) if path.exists() else {}
    return {
        name: _listed(path, name, listed[name]) if name in listed else _from_header(gold["header"])
        for name, gold in golds.items()
    }


def groups_of(document: Metadata, grouping: str) -> tuple[str, ...]:
    """The groups that a document belongs to: one, or one a kind of damage ("none" for a sound copy)."""
    if grouping == "damage":
        return document.damage or ("none",)
    return (getattr(document, grouping),)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        listed = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise GoldError(f"{path}: cannot be read: {error}.") from None
    if not isinstance(listed, dict):
        raise GoldError(f"{path}: must name documents, each with province, year, kind …")
    return listed


def _listed(path: Path, name: str, fields: Any) -> Metadata:
    try:
        found = Metadata(**{**fields, "year": str(fields["year"]), "damage": tuple(fields.get("damage", ()))})
    except (TypeError, KeyError):
        raise GoldError(f"{path}: {name}: must have province, year, kind; may have topic, damage, split.") from None
    if found.split not in (*SPLITS, UNKNOWN):
        raise GoldError(f"{path}: {name}: split must be one of {', '.join(SPLITS)}.")
    return found


def _from_header(header: Mapping[str, Any]) -> Metadata:
    return Metadata(
        province=header.get("place", UNKNOWN),
        year=str(header.get("date", header.get("year", UNKNOWN)))[:4],
        kind=header.get("doc_type", UNKNOWN),
    )
