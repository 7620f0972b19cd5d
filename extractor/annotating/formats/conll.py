"""CoNLL-2002: NAME.conll, a token a line with its tags, sentences apart by empty lines.

The last column is the layer that most readers take: the outermost entity of every place but rows. Where entities lie
within others, further layers stand in the columns before it, so that none is lost. Text and fields, which CoNLL has no
place for, stand beside in NAME.txt and NAME.fields.json.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from extractor.annotating.documents import Annotated, read_text
from extractor.annotating.formats.carried import Span, with_fields
from extractor.annotating.schema import FIELDS
from extractor.errors import GoldError
from extractor.nlp.tokens import cut_tokens
from extractor.writing.files import write_text

_OUTSIDE: Final = "O"


def write(documents: Sequence[Annotated], folder: Path) -> None:
    """NAME.conll, NAME.txt and NAME.fields.json of each document. Raises OutputError."""
    for document in documents:
        write_text(folder / f"{document.name}.txt", document.text)
        write_text(folder / f"{document.name}.conll", "\n".join(_lines(document)) + "\n")
        beside = {"header": document.header, "entities": document.entities}
        write_text(folder / f"{document.name}.fields.json", json.dumps(beside, ensure_ascii=False, indent=1) + "\n")


def read(folder: Path) -> list[Annotated]:
    """The documents of a folder. Raises GoldError."""
    paths = sorted(folder.glob("*.conll"))
    if not paths:
        raise GoldError(f"{folder}: there is no NAME.conll in this folder.")
    return [_read(path) for path in paths]


def _lines(document: Annotated) -> Iterator[str]:
    tokens = cut_tokens(document.text, ((item["start"], item["end"]) for item in document.entities))
    starts = [start for start, _ in tokens]
    ranges = [
        (item["type"], bisect_left(starts, item["start"]), bisect_left(starts, item["end"]))
        for item in document.entities
    ]
    layers = _layers(ranges, len(tokens))
    inside = bytearray(len(tokens))  # tokens that go on with an entity of the last layer: no sentence ends before them
    for place, tag in enumerate(layers[-1]):
        inside[place] = tag.startswith("I-")
    for place, (start, end) in enumerate(tokens):
        gap = document.text[tokens[place - 1][1] : start] if place else ""
        if "\n" in gap and not inside[place]:
            yield ""
        yield " ".join((document.text[start:end], *(layer[place] for layer in layers)))
    yield ""


def _layers(ranges: list[tuple[str, int, int]], count: int) -> list[list[str]]:
    """Columns of tags, the flat one last; each entity in the last column that is free there."""
    layers = [[_OUTSIDE] * count]
    for kind, start, end in sorted(ranges, key=lambda found: (found[0] == "row", found[1] - found[2], found)):
        layer = next((layer for layer in reversed(layers) if set(layer[start:end]) <= {_OUTSIDE}), None)
        if layer is None:
            layers.insert(0, layer := [_OUTSIDE] * count)
        layer[start:end] = [f"B-{kind}", *([f"I-{kind}"] * (end - start - 1))]
    return layers


def _read(path: Path) -> Annotated:
    name = path.stem
    text = read_text(path.with_suffix(".txt"))
    beside = _fields(path.with_name(f"{name}.fields.json"))
    tokens: list[tuple[int, int]] = []
    columns: list[list[str]] = []
    at = 0
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        token, *tags = line.split(" ")
        start = text.find(token, at)
        if start < 0 or text[at:start].strip() or not tags:
            raise GoldError(f"{path}: line {number}: {token!r} is not what comes next in {name}.txt.")
        at = start + len(token)
        tokens.append((start, at))
        columns.append(tags)
    if len({len(tags) for tags in columns}) > 1:
        raise GoldError(f"{path}: its lines must have the same number of columns.")
    spans = [span for layer in zip(*columns, strict=True) for span in _spans(path, layer, tokens)]
    return Annotated(name, text, beside["header"], with_fields(text, spans, beside["entities"]))


def _spans(path: Path, tags: Sequence[str], tokens: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The entities of one column; an "I-" that goes on with nothing begins one, as in the tool of CoNLL."""
    kind, start, end = "", 0, 0
    for tag, token in zip([*tags, _OUTSIDE], [*tokens, (0, 0)], strict=True):
        prefix, _, label = tag.partition("-")
        if kind and not (prefix == "I" and label == kind):
            yield kind, start, end
            kind = ""
        if prefix in ("B", "I"):
            if label not in FIELDS:
                raise GoldError(f"{path}: {tag!r} is no tag of a type of gold.")
            kind, start, end = (label, token[0], token[1]) if not kind else (kind, start, token[1])


def _fields(path: Path) -> dict[str, Any]:
    try:
        beside = json.loads(read_text(path))
        return {"header": beside["header"], "entities": beside["entities"]}
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: not the fields that vnplan has written: {error!r}.") from None
