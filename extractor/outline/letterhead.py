"""The letterhead: who issues, motto, number, place and date (Decree 30/2020, Điều 8, boxes 1 to 4).

Copies of plans lay its two columns out as lines in turn, side by side with blanks between, in tabs, between pipes, or
in one-cell tables, and break its lines anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.outline.forms import Span, bare, forms, lines_down, lines_up, opening

_MOST_LINES: Final = 60
_REACH: Final = 2000
_NEAR: Final = 600
"""Code points above a title at which one looks first: most titles in the midst of a text have no letterhead."""
_TOP: Final = 600
"""Code points from the beginning in which the name of a body alone makes a letterhead."""
_LONGEST_PLACE: Final = 60
_COLUMN_BREAK: Final = re.compile(r"[|\t]| {3}|\A")
_NO_NAME: Final = re.compile(r"[\d|.;:]")
_BLANKS: Final = re.compile(r"\s+")
_PIECE: Final = re.compile(r"[^\s|](?:[^\n\t| ]++| (?! {2}))*+")
"""The words of one column in one line."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a letterhead says, and where; ``None`` where it does not. Dates are ISO."""

    start: int
    end: int
    number: str | None = None
    number_span: Span | None = None
    place: str | None = None
    place_span: Span | None = None
    date: str | None = None
    date_span: Span | None = None
    subject_span: Span | None = None
    bodies: tuple[tuple[Span, ...], ...] = ()
    """The bodies that it names, the issuing one last, each as the places of its words."""


def letterhead_above(view: View, grammar: Grammar, end: int) -> Span | None:
    """The letterhead that stands above a title at ``end``, or ``None``."""
    top, seen = _top(view, grammar, end, _NEAR)
    if end > _NEAR and seen < end - _NEAR // 2:
        top, _ = _top(view, grammar, end, _REACH)
    return None if top is None else (top, end)


def _top(view: View, grammar: Grammar, end: int, reach: int) -> tuple[int | None, int]:
    """Where the letterhead above ``end`` begins, going by the marks within ``reach``, and the last line looked at."""
    marked = _marked(view, grammar, max(0, end - reach), end)
    top, line_start = None, end
    for line_start, line_end in lines_up(view.folded, view.folded.rfind("\n", 0, end) + 1, _MOST_LINES):
        words = bare(view.folded[line_start:line_end])
        if not words:
            continue
        is_marked = any(left < line_end and line_start < right for left, right in marked)
        if not is_marked and not words.isupper():
            break
        if is_marked or top is not None or (end < _TOP and opening(grammar, "body_heads").match(words)):
            top = line_start
    return top, line_start


def letterhead_below(view: View, grammar: Grammar, start: int) -> Span | None:
    """The letterhead of a document without a title (an official letter), from ``start`` on, or ``None``."""
    marked = _marked(view, grammar, start, min(len(view.folded), start + _REACH))
    bottom = None
    for line_start, line_end in lines_down(view.folded, start, _MOST_LINES):
        words = bare(view.folded[line_start:line_end])
        if not words:
            continue
        is_marked = any(left < line_end and line_start < right for left, right in marked)
        if not is_marked and not words.isupper():
            break
        if is_marked:
            bottom = line_end
    return None if bottom is None else (start, bottom)


def read_letterhead(view: View, grammar: Grammar, span: Span) -> Letterhead:
    """The fields of a letterhead."""
    folded = view.folded
    patterns = forms(grammar)
    number = patterns["number"].search(folded, *span) or patterns["bare_number"].search(folded, *span)
    date, place = next(_date_lines(view, grammar, *span), (None, None))
    subject = patterns["subject"].search(folded, *span)
    mottos = [*patterns["motto"].finditer(folded, *span), *patterns["motto_half"].finditer(folded, *span)]
    taken = [match.span() for match in mottos]
    taken += [match.span() for match in (number, date, subject) if match]
    taken += [place] if place else []
    return Letterhead(
        *span,
        number=printed_number(number) if number else None,
        number_span=number.span() if number else None,
        place=view.words(*place) if place else None,
        place_span=place,
        date=iso_date(date) if date else None,
        date_span=date.span() if date and iso_date(date) else None,
        subject_span=subject.span("subject") if subject else None,
        bodies=_bodies(view, grammar, span, sorted(taken)),
    )


def printed_number(match: re.Match[str]) -> str:
    """The number of a match of "number": "108/KH-UBND", "/KH-UBND" when its figures are blank, or cannot be read."""
    return (match["figures"] or "") + match["join"] + _BLANKS.sub("", match["code"]).rstrip("-/.,&")


def iso_date(match: re.Match[str]) -> str | None:
    """The ISO date of a match of "date"; of a day left blank the month and the year, or the year alone."""
    if match["day"]:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
        return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
    if match["unsaid"] is None or not match["only_year"]:
        return None
    month = int(match["only_month"] or 0)
    return f"{match['only_year']}-{month:02}" if 1 <= month <= 12 else match["only_year"]


def place_before(view: View, grammar: Grammar, comma: int, floor: int) -> Span | None:
    """The place that stands before the comma of a date line; its name may be broken over two lines."""
    folded = view.folded
    line_start = max(floor, folded.rfind("\n", 0, comma) + 1)
    line = folded[line_start:comma]
    cut = max(match.end() for match in _COLUMN_BREAK.finditer(line.rstrip()))
    number = forms(grammar)["number"].search(folded, line_start, comma)
    if number is not None:
        cut = max(cut, number.end() - line_start)
    start = line_start + cut + len(line[cut:]) - len(line[cut:].lstrip())
    if not line[:cut].strip() and line_start > floor:
        for above_start, above_end in lines_up(folded, line_start, 1):
            above = folded[above_start:above_end]
            words = bare(above)
            is_name = words and not words.isupper() and not _NO_NAME.search(above)
            if is_name and not forms(grammar)["motto"].search(folded, above_start, above_end):
                start = above_start + len(above) - len(above.lstrip())
    place = folded[start:comma]
    if not 0 < len(place) <= _LONGEST_PLACE or not place[0].isupper() or any(sign.isdigit() for sign in place):
        return None
    return start, start + len(folded[start:comma].rstrip())


def _marked(view: View, grammar: Grammar, start: int, end: int) -> list[Span]:
    """Where number, motto, subject and date lines stand."""
    patterns = forms(grammar)
    found = [
        match.span()
        for form in ("number", "motto", "motto_half", "subject")
        for match in patterns[form].finditer(view.folded, start, end)
    ]
    return found + [(place[0], date.end()) for date, place in _date_lines(view, grammar, start, end)]


def _date_lines(view: View, grammar: Grammar, start: int, end: int) -> Iterator[tuple[re.Match[str], Span]]:
    """Dates with the place before them."""
    for match in forms(grammar)["date"].finditer(view.folded, start, end):
        place = place_before(view, grammar, match.start(), start)
        if place:
            yield match, place


def _bodies(view: View, grammar: Grammar, span: Span, taken: list[Span]) -> tuple[tuple[Span, ...], ...]:
    """The bodies named in a letterhead, from the upper to the lower: the words that are nothing else."""
    heads, stamps = opening(grammar, "body_heads"), opening(grammar, "stamps")
    found: list[list[Span]] = []
    free = span[0]
    flat = view.folded[: span[1]].replace("\n", " ")
    for left, right in [*taken, (span[1], span[1])]:
        for piece in _PIECE.finditer(view.folded, free, max(free, left)):
            words = piece.group().strip(" .*_-=~()")
            place = piece.start() + piece.group().find(words)
            if not any(sign.isalpha() for sign in words) or stamps.match(words):
                continue
            if heads.match(flat, place):
                found.append([(place, place + len(words))])
            elif found and words.isupper():
                found[-1].append((place, place + len(words)))
        free = max(free, right)
    return tuple(map(tuple, found))
