"""An annotated document in memory, and as NAME.gold.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import GoldError
from extractor.evaluation.gold import GOLD_SUFFIX, LISTS, read_gold

PLACE = ("type", "start", "end", "text")
"""What every entity has beside its fields; ``start`` and ``end`` are code points of the text."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its header and its entities in text order, each ``{"type", "start", "end", "text", …fields}``."""

    name: str
    text: str
    header: Mapping[str, Any]
    entities: list[dict[str, Any]]

    def to_json(self) -> str:
        """NAME.gold.json, as the contract's build_gold.py writes it."""
        gold = {"source": f"{self.name}.txt", "header": self.header, "entities": self.entities}
        return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def entity(kind: str, text: str, start: int, end: int, fields: Mapping[str, Any]) -> dict[str, Any]:
    """One entity of ``text``."""
    return {"type": kind, "start": start, "end": end, "text": text[start:end], **fields}


def fields_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an entity, without its place."""
    return {key: value for key, value in item.items() if key not in PLACE}


def in_order(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entities as gold files have them: by start, end and type."""
    return sorted(entities, key=lambda item: (item["start"], item["end"], item["type"]))


def read_documents(gold_dir: Path, text_dir: Path) -> list[Annotated]:
    """The gold of a folder with the texts of another, NAME.gold.json with NAME.txt.

    Raises GoldError when a text is missing or an entity is not in it.
    """
    return [_read(name, gold, text_dir / f"{name}.txt") for name, gold in read_gold(gold_dir).items()]


def read_text(path: Path) -> str:
    """A text as gold counts its code points: UTF-8, line ends left as they are. Raises GoldError."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise GoldError(f"{path}: cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise GoldError(f"{path}: is not UTF-8.") from None


def line_starts(text: str) -> list[int]:
    """Where the lines of a text begin, which end at a line feed only."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def entities_by_kind(items: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The entities of each type that occurs, in the order of the types."""
    for kind in LISTS:
        if found := [item for item in items if item["type"] == kind]:
            yield kind, found


def _read(name: str, gold: Mapping[str, Any], path: Path) -> Annotated:
    text = read_text(path)
    for item in gold["entities"]:
        if text[item["start"] : item["end"]] != item["text"]:
            raise GoldError(
                f"{name}{GOLD_SUFFIX}: {item['type']} {item['text']!r} is not at {item['start']} of {path}. "
                f"Build the gold anew: vnplan gold build."
            )
    return Annotated(name, text, gold["header"], gold["entities"])
