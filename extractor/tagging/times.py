"""Times (ANNOTATION.md, "time"): days, months, quarters, halves, years; periods, deadlines, what recurs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from extractor.grammar import Grammar, Rule
from extractor.language.folding import fold_tones
from extractor.language.view import View
from extractor.plan import Time, TimeKind
from extractor.tagging.context import Context
from extractor.tagging.matching import find
from extractor.tagging.time_values import UNKNOWN_YEAR, read_intervals, read_series
from extractor.tagging.time_years import settle_years

_REACH: Final = 60
"""Code points before an expression in which the words that belong to it are looked for."""
_OPENED: Final = re.compile(r"[(|\t:][ \n]*\Z")
_PART_OF_FIGURE: Final = re.compile(r"(?:[/.,-]|[0-9]:)\Z")
_FIGURES: Final = re.compile(r"[0-9/. -]+")
_NAMED_DAY: Final = re.compile(r"(?:Ngày|Tuần lễ|Lễ) [^.;:\n()0-9]{3,50}+\(?\Z")
_FULL_DATE: Final = re.compile(r"[0-9]{1,2} ?/ ?[0-9]{1,2} ?/ ?[0-9]{4}")
_DAY: Final = re.compile(r"ngày[ ]+[0-9]{1,2}(?:[ ]*/[ ]*|[ ]+tháng[ ]+)[0-9]{1,2}")
_DAY_OF_MONTH: Final = re.compile(r"[0-9]{1,2}[ ]+tháng ")
_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What grammars/lexicon/times.yaml says of the last word before an expression."""

    goods: Set[str]
    daily_life: Set[str]
    before_units: Set[str]
    holidays: Set[str]
    counters: Set[str]
    ordinals: Set[str]


def tag_times(view: View, context: Context) -> list[Time]:
    """The times of a (masked) view, in text order; a year that is not said is the plan's own, or "XXXX"."""
    lexicon = _lexicon(context.grammar)
    without_year: list[Time] = []

    def read(rule: Rule, match: re.Match[str]) -> list[Time] | None:
        groups = match.groupdict()
        before = view.plain[max(0, match.start() - _REACH) : match.start()]
        if not _stands(match[0], rule.form, bool(groups.get("holiday")), before, lexicon):
            return None
        values, kind = _values(rule.form, groups)
        if not values or (not groups.get("every") and "-XX-" in " ".join(values)):
            return None
        spans = [match.span()]
        if rule.form == "each":
            spans = [day.span() for day in _DAY.finditer(view.lower, *match.span())]
        each = [[value] for value in values] if len(spans) > 1 else [values]
        times = [
            Time(
                start=start,
                end=end,
                text=view.composed[start:end],
                rule=rule.id,
                confidence=rule.confidence,
                values=said,
                kind=kind,
            )
            for (start, end), said in zip(spans, each, strict=True)
        ]
        if not (groups.get("every") or groups.get("relative")):
            without_year.extend(time for time in times if any(UNKNOWN_YEAR in value for value in time.values))
        return times

    found = list(chain.from_iterable(find(context.hits["time"], view.plain, view.lower, read)))
    settle_years(view, found, without_year, context)
    return found


def _stands(words: str, form: str, is_holiday: bool, before: str, lexicon: Lexicon) -> bool:
    """Whether what stands before an expression leaves it a time: "mặt hàng năm 2025" has no interval."""
    last = before.rstrip(" ").rpartition(" ")[2].lstrip("(").lower()
    if words.startswith("hàng") and last in lexicon.goods:
        return False
    if form == "every":
        return not (words.endswith("ngày") and last in lexicon.daily_life)
    if words.startswith(("năm", "tháng", "quý")):
        if last in lexicon.before_units:
            return False
        return not last[-1:].isdigit() or len(_YEAR.findall(words)) == 1  # "03 năm 2026 - 2028"
    if is_holiday:
        return last in lexicon.holidays or bool(_NAMED_DAY.search(before))
    if form == "number" and _DAY_OF_MONTH.match(words) and last in lexicon.ordinals:
        return False  # "đợt 2 tháng 9/2026"
    if form not in ("number", "bare") or not _FIGURES.fullmatch(words):
        return True
    if (last in lexicon.counters and not _FULL_DATE.fullmatch(words)) or _PART_OF_FIGURE.search(before):
        return False
    return form == "number" or last.isalpha() or bool(_OPENED.search(before))


def _values(form: str, groups: Mapping[str, str | None]) -> tuple[list[str], TimeKind]:
    """The normal forms of an expression and its kind; a year that is not said is "XXXX"."""
    if form == "every" or groups.get("times"):
        return read_intervals(groups.get("times") or groups.get("intervals") or ""), "recurring"
    every = groups.get("every") or groups.get("relative")
    values = list(read_series(groups.get("points") or groups.get("bare") or "", UNKNOWN_YEAR))
    if form == "before":
        side = 0 if (groups.get("by") or "").endswith("trước") else -1  # "trước năm học 2024 - 2025"
        return [f"../{value.split('/')[side]}" for value in values], "deadline"
    if form == "after" or groups.get("onward"):
        return [f"{value.split('/')[0]}/.." for value in values], "period"
    if every:
        return values, "recurring"
    if any(value.startswith("../") for value in values):
        return values, "deadline"
    return values, "period" if any("/" in value for value in values) else "point"


@cache
def _lexicon(grammar: Grammar) -> Lexicon:
    names = ("goods", "daily_life", "before_units", "holidays", "counters", "ordinals")
    return Lexicon(*(frozenset(map(fold_tones, grammar.words(name))) for name in names))
