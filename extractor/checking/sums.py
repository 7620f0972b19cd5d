"""A total against its listed parts: in its sentence, or in the lines below it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any, Final

from extractor.checking.measures import Measure, add_up, measures
from extractor.checking.rules import pattern
from extractor.grammar import Grammar
from extractor.language.numbers import write_figure
from extractor.language.view import View
from extractor.outline.forms import lines_up
from extractor.outline.structure import Outline, Stretches
from extractor.plan import Warning
from extractor.tagging.context import Context

CODE: Final = "sum-mismatch"

_BULLET: Final = re.compile(r"[ \t]*+([-+*•●▪■◦–✓✔ü§])[ \t]")
_SENTENCE_END: Final = re.compile(r"[.;] ++(?=\W*+[^\W\d_])")
_JOINT: Final = re.compile(r"[,;+\n]|(?<!\w)và(?!\w)")
_MOST_LINES: Final = 60
_WORDS_BEFORE: Final = 80
"""Code points before a total in which its name stands."""
_NEAR: Final = Fraction(1, 200)
"""Parts that come so near to a total are all of them."""


@dataclass(slots=True)
class Item:
    """A line of a list below a total: its own figure, or the items that it holds."""

    style: str
    own: Measure | None
    says_nothing: bool
    below: list[Item] = field(default_factory=list)


def check_sums(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Totals with a list of parts ("gồm", "trong đó") that do not add up to them."""
    grammar = context.grammar
    found = measures(mentions)
    starts = [measure.start for measure in found]
    tables = Stretches((grid.start, grid.end) for grid in context.outline.tables)
    for index, total in enumerate(found):
        match = pattern(grammar, "parts").match(view.lower, total.end)
        if match is None or total.start in tables:
            continue
        closing = _closing(view.lower, total.end, match.end())
        line_end = view.lower.find("\n", match.end())
        line_end = line_end if line_end >= 0 else len(view.lower)
        end = min(closing or line_end, line_end)
        stop = _SENTENCE_END.search(view.plain, match.end(), end) if closing is None and not match["colon"] else None
        end = stop.start() if stop else end
        inline = found[index + 1 : bisect_left(starts, end)]
        complete = match["all"] is not None or _is_whole(view.lower, total, grammar)
        if inline:
            parts = _parts_in_line(view.lower, total, inline, grammar)
        else:
            items = _items(view, total, line_end + 1, found, starts, context) or []
            parts = [part for item in items for part in _values(item)]
            complete = complete and all(map(_says, items))
        if parts and len(parts) >= 2 and (fault := _fault(total, parts, complete)):
            yield fault


def _is_whole(lower: str, total: Measure, grammar: Grammar) -> bool:
    """Whether the words before a sum of money call it the total, whose list of parts is whole."""
    if not total.kind.isupper():
        return False
    before = max(lower.rfind("\n", 0, total.start) + 1, total.start - _WORDS_BEFORE)
    return _whole_total(grammar).search(lower, before, total.start) is not None


def check_lists(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Lines "Tổng cộng: …" below a list whose items do not add up to them."""
    found = measures(mentions)
    starts = [measure.start for measure in found]
    tables = Stretches((grid.start, grid.end) for grid in context.outline.tables)
    for total in found:
        line = view.lower.rfind("\n", 0, total.start) + 1
        if total.start in tables or not pattern(context.grammar, "total").fullmatch(view.lower, line, total.start):
            continue
        if pattern(context.grammar, "parts").match(view.lower, total.end):
            continue  # its parts stand below
        parts = _lines_above(view, line, total.kind, found, starts, context.outline)
        if len(parts) >= 2 and (fault := _fault(total, parts, complete=True)):
            yield fault


def _lines_above(
    view: View, line: int, kind: str, found: Sequence[Measure], starts: Sequence[int], outline: Outline
) -> list[Measure]:
    """The figures of the items above a line, alike in style, each with one figure; none where an item has not."""
    parts: list[Measure] = []
    style = None
    for start, end in lines_up(view.plain, line, _MOST_LINES):
        if not view.plain[start:end].strip():
            continue
        said = _style(view, start, outline)
        if said is None or (style is not None and said != style):
            break
        style = said
        own = [one for one in found[bisect_left(starts, start) : bisect_left(starts, end)] if one.kind == kind]
        if len(own) != 1:
            return []
        parts += own
    return parts[::-1]


def _closing(lower: str, start: int, end: int) -> int | None:
    """Where the bracket closes that stands open between a total and its parts."""
    if lower.count("(", start, end) <= lower.count(")", start, end):
        return None
    closing = lower.find(")", end)
    return closing if closing >= 0 else None


def _parts_in_line(lower: str, total: Measure, inline: Sequence[Measure], grammar: Grammar) -> list[Measure] | None:
    """The parts named in one sentence; ``None`` where it compares figures, or parts hold parts of their own."""
    parts: list[Measure] = []
    for measure in inline:
        if measure.kind != total.kind:
            continue
        between = lower[parts[-1].end : measure.start] if parts else ""
        if parts and not _JOINT.search(between):
            return None
        if _comparison(grammar).search(between) or "(" in between or ")" in between:
            return None
        parts.append(measure)
    return parts


@cache
def _comparison(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"(?<!\w)(?:{comparisons}|{complete_lists}|{partial_lists})(?!\w)")


def _items(
    view: View, total: Measure, at: int, found: Sequence[Measure], starts: Sequence[int], context: Context
) -> list[Item] | None:
    """The list below a total as a tree; ``None`` where nobody knows which of a line's figures is its own."""
    outline = context.outline
    section = outline.section_at(total.start)
    limit = outline.headings[section].body_end if section is not None else len(view.plain)
    own_style = _style(view, view.plain.rfind("\n", 0, total.start) + 1, outline)
    open_items = [Item("", None, False)]
    for _ in range(_MOST_LINES):
        if at >= limit:
            break
        end = view.plain.find("\n", at)
        end = end if end >= 0 else len(view.plain)
        words = view.plain[at:end].strip()
        if words:
            style = _style(view, at, outline)
            if style is None or style == own_style:
                break
            own = [one for one in found[bisect_left(starts, at) : bisect_left(starts, end)] if one.kind == total.kind]
            if len(own) > 1 and not _comparison(context.grammar).search(view.lower, own[0].end, own[1].start):
                return None
            item = Item(style, own[0] if own else None, _nothing(context.grammar).search(words.lower()) is not None)
            styles = [one.style for one in open_items]
            del open_items[styles.index(style) if style in styles else len(styles) :]
            open_items[-1].below.append(item)
            open_items.append(item)
        at = end + 1
    return open_items[0].below


@cache
def _nothing(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r": ?{nothing}(?: (?:đồng|đ))?[ .;]*\Z")


def _style(view: View, line: int, outline: Outline) -> str | None:
    """How a line opens: its bullet, or the level of the section that it begins; ``None`` for a plain paragraph."""
    if bullet := _BULLET.match(view.composed, line):
        return bullet[1]
    end = view.plain.find("\n", line)
    index = outline.section_at(end - 1 if end > line else len(view.plain) - 1)
    if index is not None and line <= outline.headings[index].start < (end if end >= 0 else len(view.plain)):
        return f"level {outline.headings[index].level}"
    return None


def _says(item: Item) -> bool:
    """Whether a line, or one below it, has a figure, or says that there is none."""
    return item.own is not None or item.says_nothing or any(map(_says, item.below))


def _values(item: Item) -> list[Measure]:
    """The figure of a line, or those of the lines below it."""
    return [item.own] if item.own else [value for below in item.below for value in _values(below)]


def _fault(total: Measure, parts: Sequence[Measure], complete: bool) -> Warning | None:
    """The warning where parts do not add up; parts that may not be all can only be too much, or nearly enough."""
    added, off = add_up(parts)
    difference = added - total.value
    if abs(difference) <= off + total.slack:
        return None
    if not complete and abs(difference) > _NEAR * total.value:
        return None
    return Warning(
        code=CODE,
        message=f"the parts add up to {write_figure(added)}, the total says {write_figure(total.value)}",
        refs=[total.id, *(part.id for part in parts)],
        start=total.start,
        end=total.end,
    )


@cache
def _whole_total(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"(?<!\w){whole_totals}(?!\w)")
