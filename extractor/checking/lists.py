"""The lines of a list that state figures: bullets and items, one within another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from extractor.checking.measures import Measure, alike
from extractor.checking.rules import comparison
from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.outline.forms import lines_down, lines_up
from extractor.tagging.context import Context

_BULLET: Final = re.compile(r"[ \t]*+([-+*•●▪■◦–✓✔ü§])[ \t]")
_MOST_LINES: Final = 60
_LONGEST_LINE: Final = 3000


@dataclass(frozen=True, slots=True)
class Figures:
    """What a document counts, in text order, and where."""

    view: View
    context: Context
    found: Sequence[Measure]
    starts: Sequence[int]

    def within(self, start: int, end: int) -> Sequence[Measure]:
        """The figures that begin in a place."""
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


@dataclass(slots=True)
class Item:
    """A line of a list below a total: its own figure, or the items that it holds."""

    style: str
    own: Measure | None
    is_nothing: bool
    below: list[Item] = field(default_factory=list)


def items_below(figures: Figures, total: Measure, at: int) -> list[Item]:
    """The list that begins at ``at``, below a total; none where nobody knows which of a line's figures is its own."""
    view, context = figures.view, figures.context
    section = context.outline.section_at(total.start)
    limit = context.outline.headings[section].body_end if section is not None else len(view.plain)
    own_style = _style(figures, view.plain.rfind("\n", max(0, total.start - _LONGEST_LINE), total.start) + 1)
    open_items = [Item("", None, False)]
    for start, end in lines_down(view.plain, at, _MOST_LINES):
        words = view.lower[start:end].strip()
        if not words:
            continue
        style = _style(figures, start)
        if start >= limit or style is None or style == own_style:
            break
        own = [one for one in figures.within(start, end) if alike(one, total)]
        if len(own) > 1 and not comparison(context.grammar).search(view.lower, own[0].end, own[1].start):
            return []
        item = Item(style, own[0] if own else None, _nothing(context.grammar).search(words) is not None)
        styles = [one.style for one in open_items]
        del open_items[styles.index(style) if style in styles else len(styles) :]
        open_items[-1].below.append(item)
        open_items.append(item)
    return open_items[0].below


def items_above(figures: Figures, line: int, total: Measure) -> list[Measure]:
    """The figures of the items right above a line, alike in style, each with one figure; none where an item has not."""
    parts: list[Measure] = []
    style = None
    for start, end in lines_up(figures.view.plain, line, _MOST_LINES):
        if not figures.view.plain[start:end].strip():
            continue
        said = _style(figures, start)
        if said is None or style not in (None, said):
            break
        style = said
        own = [one for one in figures.within(start, end) if alike(one, total)]
        if len(own) != 1:
            return []
        parts += own
    return parts[::-1]


def says(item: Item) -> bool:
    """Whether a line, or one below it, has a figure, or says that there is none."""
    return item.own is not None or item.is_nothing or any(map(says, item.below))


def values(item: Item) -> list[Measure]:
    """The figure of a line, or those of the lines below it."""
    return [item.own] if item.own else [value for below in item.below for value in values(below)]


def _style(figures: Figures, line: int) -> str | None:
    """How a line opens: its bullet, or the level of the section that it begins; ``None`` for a plain paragraph."""
    view, outline = figures.view, figures.context.outline
    if bullet := _BULLET.match(view.composed, line):
        return bullet[1]
    end = view.plain.find("\n", line, line + _LONGEST_LINE)
    end = end if end >= 0 else min(len(view.plain), line + _LONGEST_LINE)
    index = outline.section_at(max(line, end - 1))
    opens = index is not None and line <= outline.headings[index].start < end
    return f"level {outline.headings[index].level}" if index is not None and opens else None


@cache
def _nothing(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r": ?{nothing}(?: (?:đồng|đ))?[ .;]*\Z")
