"""Which documents train and measure the models: the corpus with its gold, and the real ones where they are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from extractor.annotating.documents import read_text
from extractor.errors import ModelError
from extractor.evaluation.gold import Item, read_gold
from extractor.evaluation.metadata import read_metadata

REAL_GOLD: Final = "real"
"""The folder within the gold for annotations of texts that are not in the repository."""
_LIST: Final = "documents.yaml"
_NO_GOLD: Final[Item] = {"header": {}, "entities": []}


@dataclass(frozen=True, slots=True)
class Source:
    """One annotated document: its text, its gold, and who issued it."""

    name: str
    text: str
    gold: Item
    province: str
    folder: str
    """Where its text lies: "corpus", or "text" and "unlabelled" among the real ones."""
    seen: bool
    """Whether rules were written with its faults in sight."""
    held_out: bool = False
    """Whether it only measures, and trains no model that is shipped."""


def read_sources(gold: Path, texts: Path, real: Path | None) -> list[Source]:
    """The corpus and, where ``real`` is a folder (its texts in "text" and "unlabelled"), the real documents.

    Raises GoldError or ModelError when a file is missing.
    """
    golds = read_gold(gold)
    metadata = read_metadata(gold, golds)
    sources = [
        Source(
            name=name,
            text=read_text(texts / f"{name}.txt"),
            gold=item,
            province=metadata[name].province,
            folder="corpus",
            seen=metadata[name].split != "test",
            held_out=metadata[name].split == "test",
        )
        for name, item in golds.items()
    ]
    if real is not None and real.is_dir():
        sources += _read_real(gold / REAL_GOLD, real)
    return sources


def read_unlabelled(gold: Path, real: Path | None) -> list[Source]:
    """The real texts that nobody annotated."""
    if real is None or not real.is_dir():
        return []
    listed = _read_list(gold / REAL_GOLD)
    paths = sorted(path for path in (real / "unlabelled").glob("*.txt") if path.stem not in listed)
    return [Source(path.stem, read_text(path), _NO_GOLD, "", "unlabelled", seen=False) for path in paths]


def _read_real(gold: Path, real: Path) -> Iterator[Source]:
    ours, theirs = read_gold(gold), read_gold(real / "gold")
    for name, fields in _read_list(gold).items():
        item = ours.get(name) or theirs.get(name)
        if item is None:
            raise ModelError(f"{gold / _LIST}: {name}: there is no gold of this name.")
        text = read_text(real / fields["folder"] / f"{name}.txt")[: fields.get("until")]
        yield Source(name, text, item, fields["province"], fields["folder"], fields["seen"])


def _read_list(gold: Path) -> dict[str, Any]:
    try:
        listed = yaml.safe_load((gold / _LIST).read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ModelError(f"{gold / _LIST}: cannot be read: {error}.") from None
    if not isinstance(listed, dict):
        raise ModelError(f"{gold / _LIST}: must name documents, each with province, folder, seen.")
    return listed
