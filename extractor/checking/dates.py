"""Days that no calendar knows, and one document number with two dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from extractor.checking.rules import any_of, pattern
from extractor.grammar import Grammar
from extractor.language.folding import fold_tones
from extractor.language.view import View
from extractor.plan import Citation, Warning
from extractor.tagging.context import Context

INVALID: Final = "date-invalid"
DUPLICATE: Final = "duplicate-number"

_VALUE: Final = re.compile(r"([0-9]{4}|XXXX)-([0-9]{2})(?:-([0-9]{2}))?(?![0-9])")
_LEAP_YEAR: Final = 2024
_FULL_DATE: Final = 10
"""Code points of a date with its day."""
_OWN_YEAR: Final = re.compile(r"/(?:19|20)[0-9]{2}(?=[/-])")
"""The year within a number ("45/2012/NĐ-CP"): such a number is given once, another once a year."""
_MOST_DATES: Final = 30
"""A number with more dates than that is none of one document."""
_SHARED: Final = 0.6
"""Subjects that share so many words are one."""


class Dated(NamedTuple):
    """A document number where the text says its date."""

    date: str
    issuer: str
    subject: frozenset[str]
    citation: Citation | None
    """``None`` for the document itself."""


def check_dates(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Days such as 31/4 and 29/02/2019, in times, citations and the letterhead."""
    for time in mentions["times"]:
        if _lunar(context.grammar).match(view.lower, time.end):
            continue
        if not all(_exists(*match.groups()) for value in time.values for match in _VALUE.finditer(value)):
            yield _invalid(view, time.start, time.end, time.id)
    for citation in mentions["citations"]:
        if citation.date is None:
            for start, end in _impossible(view.lower, citation.start, citation.end, context.grammar):
                yield _invalid(view, start, end, citation.id)
    own = _VALUE.fullmatch(context.header.date or "")
    if own is None or not _exists(*own.groups()):
        for zone in context.outline.zones_of("letterhead"):
            for start, end in _impossible(view.lower, *zone, context.grammar):
                yield _invalid(view, start, end, None)


def _exists(year: str, month: str, day: str | None) -> bool:
    """Whether the calendar knows a day or a month."""
    try:
        date(int(year) if year.isdigit() else _LEAP_YEAR, int(month), int(day or 1))
    except ValueError:
        return False
    return True


def _impossible(lower: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[int, int]]:
    for match in pattern(grammar, "day").finditer(lower, start, end):
        if not _exists(match["year"], match["month"], match["day"]):
            yield match.span()


def _invalid(view: View, start: int, end: int, ref: str | None) -> Warning:
    message = f"there is no such day: {view.words(start, end)}"
    return Warning(code=INVALID, message=message, refs=[ref] if ref else None, start=start, end=end)


def check_numbers(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Numbers that the text gives two dates, one of which must be wrong."""
    dated: dict[str, list[Dated]] = {}
    header = context.header
    if header.number and header.date and len(header.date) == _FULL_DATE:
        own = Dated(header.date, _plain(header.issuer), _words(header.title), None)
        dated[_plain(header.number)] = [own]
    for citation in mentions["citations"]:
        if citation.number and citation.date and len(citation.date) == _FULL_DATE and citation.number[0].isdigit():
            said = Dated(citation.date, _plain(citation.issuer), _words(citation.subject), citation)
            dated.setdefault(_plain(citation.number), []).append(said)
    for number, found in dated.items():
        if 1 < len({one.date for one in found}) <= _MOST_DATES:
            yield from _contradictions(number, found, context.grammar)


def _contradictions(number: str, found: Sequence[Dated], grammar: Grammar) -> Iterator[Warning]:
    """One warning for each further date of a number, at the first citation that says it."""
    first = found[0]
    seen = {first.date}
    for other in found[1:]:
        if other.date in seen or other.citation is None:
            continue
        rival = next((one for one in found if one.date in seen and _is_same(number, one, other, grammar)), None)
        seen.add(other.date)
        if rival is not None:
            yield Warning(
                code=DUPLICATE,
                message=f"{other.citation.number} is dated {rival.date} and {other.date}",
                refs=[one.citation.id for one in (rival, other) if one.citation is not None],
                start=other.citation.start,
                end=other.citation.end,
            )


def _is_same(number: str, one: Dated, other: Dated, grammar: Grammar) -> bool:
    """Whether two documents of one number are one: issued in one year, on one day of the year, or about one thing."""
    holder, code = _holder(grammar), any_of(grammar, "local_codes")
    shorter, longer = sorted((holder.sub("", document.issuer) for document in (one, other)), key=len)
    if code.search(number) and not longer.startswith(shorter):
        return False
    own = one.citation is None and other.citation is not None and other.citation.relation == "promulgation"
    if own or one.date[:4] == other.date[:4] or one.date[4:] == other.date[4:] or _OWN_YEAR.search(number):
        return True
    smaller = min(len(one.subject), len(other.subject))
    return bool(smaller) and len(one.subject & other.subject) >= _SHARED * smaller


@cache
def _holder(grammar: Grammar) -> re.Pattern[str]:
    """Who signs for a body, before its name: "Chủ tịch UBND tỉnh" and "UBND tỉnh" give one number."""
    return grammar.compile(r"\A{office_holders} ")


@cache
def _lunar(grammar: Grammar) -> re.Pattern[str]:
    """Behind a day: it is one of the lunar calendar, which knows 30/02."""
    return grammar.compile(r"[ (]{0,3}[^()\n.;]{0,16}{lunar_words}(?!\w)")


@cache
def _plain(words: str | None) -> str:
    return fold_tones((words or "").casefold())


def _words(subject: str | None) -> frozenset[str]:
    return frozenset(_plain(subject).split())
