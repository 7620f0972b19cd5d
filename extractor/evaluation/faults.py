"""What is wrong, one by one: each miss, wrong value and extra, in its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from extractor.evaluation.gold import Item
from extractor.evaluation.matching import Matching
from extractor.evaluation.sameness import header_pairs, row_cells

What = Literal["missed", "wrong", "extra"]

CONTEXT = 40  # code points of the line shown on each side
UNSCORED = {
    *("id", "type", "start", "end", "text", "section", "source", "rule", "confidence", "page", "table"),
    *("item", "subject", "title", "canonical", "body_start", "body_end", "parent", "path"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """A mention in its line: line number from 1, the words before it, the mention, the words after."""

    line: int
    before: str
    mention: str
    after: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference between gold and prediction; ``wanted`` and ``found`` are worded fields, "" for nothing."""

    document: str
    kind: str
    what: What
    text: str
    wanted: str
    found: str
    context: Context | None


class Lines:
    """The lines of a text, to find places in it; without a text it finds none."""

    def __init__(self, text: str | None) -> None:
        self._text = text or ""
        self._starts = [0, *(match.end() for match in re.finditer("\n", self._text))]

    def context(self, item: Item) -> Context | None:
        """The surroundings of an entity, within its line, trimmed."""
        start, end = item["start"], item["end"]
        if end > len(self._text):
            return None
        line = bisect_right(self._starts, start)
        line_start = self._starts[line - 1]
        line_end = self._text.find("\n", end)
        line_end = len(self._text) if line_end < 0 else line_end
        before = self._text[max(line_start, start - CONTEXT) : start]
        after = self._text[end : min(line_end, end + CONTEXT)]
        before = ("…" if start - CONTEXT > line_start else "") + before.lstrip()
        after = after.rstrip() + ("…" if end + CONTEXT < line_end else "")
        return Context(line, before, " ".join(self._text[start:end].split()), after)


def list_faults(document: str, kind: str, matching: Matching, lines: Lines) -> Iterator[Fault]:
    """The faults of one type in one document, roles of agencies and cells of rows included."""
    for item in matching.missed:
        yield Fault(document, kind, "missed", item["text"], wording(item), "", lines.context(item))
    for pair in matching.pairs:
        gold, found = pair.gold, pair.found
        if not pair.agrees:
            yield Fault(document, kind, "wrong", gold["text"], wording(gold), wording(found), lines.context(gold))
        if kind == "agency" and gold.get("role") != found.get("role"):
            roles = gold.get("role") or "none", found.get("role") or "none"
            yield Fault(document, "agency_role", "wrong", gold["text"], *roles, lines.context(gold))
        if kind == "row" and row_cells(gold) != row_cells(found):
            missing, extra = (_cells(row_cells(a) - row_cells(b)) for a, b in ((gold, found), (found, gold)))
            yield Fault(document, "row_cells", "wrong", gold["text"], missing, extra, lines.context(gold))
    for item in matching.extra:
        yield Fault(document, kind, "extra", item.get("text", ""), "", wording(item), lines.context(item))


def list_header_faults(document: str, gold: Item, found: Item) -> Iterator[Fault]:
    """The header fields that differ."""
    for field, wanted, got, agrees in header_pairs(gold, found):
        if not agrees:
            what: What = "missed" if not got else "wrong" if wanted else "extra"
            yield Fault(document, "header", what, field, str(wanted or ""), str(got or ""), None)


def wording(item: Mapping[str, Any]) -> str:
    """The fields of an entity that are compared, as "value=5  unit=lớp"."""
    fields = {key: value for key, value in item.items() if key not in UNSCORED and value not in (None, [], "")}
    return "  ".join(f"{key}={', '.join(map(str, v)) if isinstance(v, list) else v}" for key, v in fields.items())


def _cells(cells: set[tuple[str, str]]) -> str:
    return "  ".join(f"{field}={value}" for field, value in sorted(cells))
