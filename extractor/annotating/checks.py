"""What may be wrong with gold: what contradicts the guideline, and what nobody annotated."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extractor.annotating.documents import Annotated, fields_of, line_starts
from extractor.annotating.schema import field_faults, header_faults
from extractor.grammar import Grammar

_CONTEXT: Final = 36  # code points shown on each side
_HEADS: Final = ("body_heads", "body_short_forms")
_FIGURE: Final = r"\d+(?:[.,]\d+)*"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a text that nothing covers: line from 1, the words before, the figure or word, the words after."""

    line: int
    before: str
    words: str
    after: str


def faults(document: Annotated) -> Iterator[str]:
    """What is wrong with a document, one sentence a fault: places, fields, normal forms, doubles."""
    for fault in header_faults(document.header):
        yield f"header: {fault}"
    seen: set[tuple[str, int, int]] = set()
    starts = line_starts(document.text)
    for item in document.entities:
        key = item["type"], item["start"], item["end"]
        words = document.text[item["start"] : item["end"]]
        where = f"line {bisect_right(starts, item['start'])}: {item['type']} {item['text']!r}"
        if words != item["text"]:
            yield f"{where} is not at {item['start']}, where {words!r} stands"
        elif not words.strip() or words != words.strip():
            yield f"{where} begins or ends with a blank, or is empty"
        if key in seen:
            yield f"{where} is there twice"
        seen.add(key)
        for fault in field_faults(item, fields_of(item)):
            yield f"{where}: {fault}"


def uncovered(document: Annotated, grammar: Grammar) -> Iterator[Place]:
    """Figures and words with which names of agencies begin (lexicon ``body_heads``) that no entity but a row covers.

    Places to look at, not faults: numbers of the letterhead, of addresses and of bare table cells are among them.
    """
    text = document.text
    covered = bytearray(len(text))
    for item in document.entities:
        if item["type"] != "row":
            covered[item["start"] : item["end"]] = b"\1" * (item["end"] - item["start"])
    heads = sorted({word for name in _HEADS for word in grammar.words(name)}, key=len, reverse=True)
    cues = re.compile(rf"{_FIGURE}|(?<!\w)(?:{'|'.join(map(re.escape, heads))})(?!\w)")
    starts = line_starts(text)
    for match in cues.finditer(text):
        start, end = match.span()
        if not any(covered[start:end]):
            line = bisect_right(starts, start)
            before, after = text[max(starts[line - 1], start - _CONTEXT) : start], text[end : end + _CONTEXT]
            yield Place(line, before.lstrip(), match.group(), after.partition("\n")[0].rstrip())
