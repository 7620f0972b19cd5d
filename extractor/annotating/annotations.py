"""NAME.ann.jsonl, the source of gold: what an annotator writes, found again in the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from extractor.annotating.documents import Annotated, entity, fields_of, in_order, line_starts
from extractor.annotating.schema import FIELDS, field_faults, header_faults
from extractor.errors import GoldError

ANNOTATIONS_SUFFIX: Final = ".ann.jsonl"
_FRAME: Final = ("line", "end_line", "type", "quote", "nth")


def build(name: str, text: str, source: str) -> tuple[Annotated, list[str]]:
    """The document that the lines of an annotation file make of a text, and what is wrong in them.

    Each fault begins with its line in the file. A wrong line is left out of the document.
    """
    header: dict[str, Any] = {}
    entities: dict[tuple[str, int, int], dict[str, Any]] = {}
    faults: list[str] = []
    starts = line_starts(text)
    for number, raw in enumerate(source.split("\n"), 1):
        if not raw.strip():
            continue
        try:
            found = _read_line(text, starts, raw)
        except ValueError as error:
            faults.append(f"{number}: {error}")
            continue
        if found["type"] == "header":
            header = {key: value for key, value in found.items() if key != "type"}
            continue
        key = found["type"], found["start"], found["end"]
        if key in entities:
            faults.append(f"{number}: {found['type']} {found['text']!r} is there twice")
        entities.setdefault(key, found)
    return Annotated(name, text, header, in_order(list(entities.values()))), faults


def write_annotations(document: Annotated) -> str:
    """The annotation file of a document; ``build`` makes the same document of it.

    Raises GoldError where an entity's words overlap the same words before it, which line and quote cannot tell apart.
    """
    starts = line_starts(document.text)
    lines = [_dump({"type": "header", **document.header})]
    place = 0
    for item in document.entities:
        while place + 1 < len(starts) and starts[place + 1] <= item["start"]:
            place += 1
        nth = _which(document.text, starts, place, item)
        frame = {"line": place + 1, "type": item["type"], "quote": " ".join(item["text"].split())}
        lines.append(_dump(frame | ({"nth": nth} if nth > 1 else {}) | fields_of(item)))
    return "".join(f"{line}\n" for line in lines)


def _read_line(text: str, starts: list[int], raw: str) -> dict[str, Any]:
    """One line of the file as an entity, or the header. Raises ValueError that says what is wrong."""
    try:
        item = json.loads(raw)
    except ValueError as error:
        raise ValueError(f"is not JSON: {error}") from None
    kind = str(item.get("type")) if isinstance(item, dict) else ""
    if kind != "header" and kind not in FIELDS:
        raise ValueError(f"type must be header, {', '.join(FIELDS)}")
    fields = {key: value for key, value in item.items() if key not in _FRAME}
    faults = list(header_faults(fields) if kind == "header" else field_faults(item, fields))
    if faults:
        raise ValueError(f"{kind} {item.get('quote', '')!r}: {'; '.join(faults)}")
    if kind == "header":
        return {"type": kind, **fields}
    line, quote, nth = item.get("line"), item.get("quote"), item.get("nth", 1)
    if not isinstance(line, int) or not 1 <= line <= len(starts):
        raise ValueError(f"there is no line {line}")
    if not isinstance(quote, str) or not quote.strip():
        raise ValueError("quote must be there")
    last = item.get("end_line", line)
    stop = starts[last] if last < len(starts) else len(text)
    hits = list(_hits(text, quote, starts[line - 1], stop))
    if len(hits) < nth:
        raise ValueError(f"{kind} {quote!r} (nth {nth}) does not start in line {line}")
    start, end = hits[nth - 1]
    return entity(kind, text, start, end, fields)


def _hits(text: str, quote: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Where a quote begins between two places; a blank of it stands for any white space, a line break too."""
    pattern = re.compile(r"\s+".join(map(re.escape, quote.split())))
    for match in pattern.finditer(text, start):
        if match.start() >= stop:
            return
        yield match.span()


def _which(text: str, starts: list[int], place: int, item: Mapping[str, Any]) -> int:
    """The how manieth of its line an entity's quote is."""
    stop = starts[place + 1] if place + 1 < len(starts) else len(text)
    spans = list(_hits(text, item["text"], starts[place], stop))
    if (item["start"], item["end"]) not in spans:  # "xã xã" in "xã xã xã": the occurrences overlap
        raise GoldError(
            f"line {place + 1}: {item['type']} {item['text']!r} cannot be told from the same words before it."
        )
    return spans.index((item["start"], item["end"])) + 1


def _dump(item: Mapping[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False)
