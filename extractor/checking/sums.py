"""A total against its listed parts: in its sentence, in the lines below it, in the lines above a "Tổng cộng: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, Final

from extractor.checking.lists import Figures, items_above, items_below, says, values
from extractor.checking.measures import Measure, add_up, alike, measures, slack
from extractor.checking.rules import any_of, comparison, pattern
from extractor.grammar import Grammar
from extractor.language.numbers import write_figure
from extractor.language.view import View
from extractor.outline.structure import Stretches
from extractor.plan import Warning
from extractor.tagging.context import Context

CODE: Final = "sum-mismatch"

_SENTENCE_END: Final = re.compile(r"[.;] ++(?=\W*+[^\W\d_])")
_JOINT: Final = re.compile(r"[,;+\n]|(?<!\w)và(?!\w)")
_LONGEST_LIST: Final = 3000
"""Code points of the longest sentence that lists parts."""
_MOST_PARTS: Final = 60
_WORDS_BEFORE: Final = 80
"""Code points before a total in which its name stands."""
_NEAR: Final = Fraction(1, 200)
"""Parts that come so near to a total are all of them."""


def check_sums(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Totals whose parts ("gồm", "trong đó", or the items above a "Tổng cộng: …") do not add up to them."""
    found = measures(mentions)
    figures = Figures(view, context, found, [measure.start for measure in found])
    tables = Stretches((grid.start, grid.end) for grid in context.outline.tables)
    listed, total_line = pattern(context.grammar, "parts"), pattern(context.grammar, "total")
    for total in found:
        match = listed.match(view.lower, total.end)
        if match is not None and not _is_compared(view.lower, total, context.grammar):
            parts, complete = _parts_after(figures, total, match)
        else:
            reach = max(0, total.start - _WORDS_BEFORE)
            line = view.lower.rfind("\n", reach, total.start) + 1 or reach
            if not total_line.fullmatch(view.lower, line, total.start):
                continue
            parts, complete = items_above(figures, line, total), True
        if len(parts) > 1 and total.start not in tables and (fault := _fault(total, parts, complete)):
            yield fault


def _parts_after(figures: Figures, total: Measure, match: re.Match[str]) -> tuple[list[Measure], bool]:
    """The parts listed behind a total, and whether they claim to be all of it. ``match`` leads from it to them."""
    view, grammar = figures.view, figures.context.grammar
    named = _is_whole(view.lower, total, grammar)
    start = match.end()
    line_end = view.lower.find("\n", start, start + _LONGEST_LIST)
    line_end = line_end if line_end >= 0 else min(len(view.lower), start + _LONGEST_LIST)
    end = line_end
    if view.lower.count("(", total.end, start) > view.lower.count(")", total.end, start):
        closing = view.lower.find(")", start, end)
        end = closing if closing >= 0 else end
    elif not match["colon"] and (stop := _SENTENCE_END.search(view.plain, start, end)):
        end = stop.start()
    inline = figures.within(start, end)[:_MOST_PARTS]
    if inline:
        parts = _parts_in_line(view.lower, total, inline, grammar)
        claims = match["all"] is not None or (named and (match["colon"] is not None or match.group().endswith("(")))
        return parts, claims and not _is_open(view.lower, start, end, parts, grammar)
    items = items_below(figures, total, line_end + 1)
    claims = (match["all"] is not None or named) and all(map(says, items))
    return [part for item in items for part in values(item)], claims


def _is_open(lower: str, start: int, end: int, parts: Sequence[Measure], grammar: Grammar) -> bool:
    """Whether a list in a sentence says that it names some parts only: "riêng …", "… và các khoản khác"."""
    last = parts[-1].end if parts else end
    picked = any_of(grammar, "picking_words").search(lower, start, last)
    return picked is not None or _more(grammar).search(lower, last, end) is not None


def _is_compared(lower: str, total: Measure, grammar: Grammar) -> bool:
    """Whether another figure is compared with this one: "tăng 5% so với năm 2018 (2.743 tỷ đồng), trong đó"."""
    clause = re.split(r"[,.;\n]", lower[max(0, total.start - _WORDS_BEFORE) : total.start])[-1]
    return any_of(grammar, "compared").search(clause) is not None


def _is_whole(lower: str, total: Measure, grammar: Grammar) -> bool:
    """Whether the words before a sum of money call it the total, whose list of parts is whole."""
    if not total.kind.isupper():
        return False
    reach = max(0, total.start - _WORDS_BEFORE)
    before = max(lower.rfind("\n", reach, total.start) + 1, reach)
    return any_of(grammar, "whole_totals").search(lower, before, total.start) is not None


def _parts_in_line(lower: str, total: Measure, inline: Sequence[Measure], grammar: Grammar) -> list[Measure]:
    """The parts named in one sentence; none where it compares figures, or parts hold parts of their own."""
    parts: list[Measure] = []
    for measure in inline:
        if not alike(measure, total):
            continue
        between = lower[parts[-1].end : measure.start] if parts else ""
        if (parts and not _JOINT.search(between)) or comparison(grammar).search(between):
            return []
        if "(" in between or ")" in between:
            return []
        parts.append(measure)
    return parts


def _fault(total: Measure, parts: Sequence[Measure], complete: bool) -> Warning | None:
    """The warning where parts do not add up; parts that may not be all can only miss it by little."""
    added, off = add_up(parts)
    difference = abs(added - total.value)
    if difference <= off + slack(total.mention.text, total.value):
        return None
    if not complete and difference > _NEAR * total.value:
        return None
    return Warning(
        code=CODE,
        message=f"the parts add up to {write_figure(added)}, the total says {write_figure(total.value)}",
        refs=[total.mention.id, *(part.mention.id for part in parts)],
        start=total.start,
        end=total.end,
    )


@cache
def _more(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"\.\.\.|…|(?<!\w){more_parts}(?!\w)")
