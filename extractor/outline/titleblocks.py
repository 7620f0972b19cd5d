"""Title blocks: the line that names the type of a document, and what it is about (Decree 30/2020, Điều 8, box 5a)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import LOWER, View
from extractor.outline.forms import Span, bare, forms, lines_down, lines_up, opening
from extractor.outline.letterhead import letterhead_above
from extractor.outline.markers import Marker
from extractor.outline.structure import Stretches

_MOST_LINES: Final = 20
_LONGEST_LINE: Final = 400
_LONGEST_TITLE: Final = 1500
_HEAD: Final = 12_000
"""Code points from the beginning in which the title of a document stands."""
_ARTICLE_NEXT: Final = re.compile(r"[\s|]*+(?i:điều)\s")
_CAPITALS: Final = re.compile(rf"[^{LOWER}]*+\Z")


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """Where a document names its type (``type_start`` == ``type_end``: it does not) and what it is about."""

    type_start: int
    type_end: int
    start: int
    end: int
    letterhead: Span | None = None
    """Of the same document, above."""

    @property
    def first(self) -> int:
        """Where the block begins."""
        return min(self.type_start, self.start)


def find_title_blocks(
    view: View,
    grammar: Grammar,
    lines: Sequence[tuple[int, int, int]],
    tables: Stretches,
    markers: Sequence[Marker],
) -> list[TitleBlock]:
    """The title blocks of all documents and annexes in a text; the first is the main one if it stands in the head.

    ``lines``: where lines name a type (``Signposts.titles``).
    """
    stops = [marker.start for marker in markers if not marker.doubtful]
    first_marker = stops[0] if stops else len(view.folded)
    blocks: list[TitleBlock] = []
    for start, type_end, end in lines:
        if not is_heading_like(view, start, type_end):
            continue
        if (blocks and start < blocks[-1].end) or start in tables:
            continue
        letterhead = letterhead_above(view, grammar, start)
        if (letterhead or _opens_paragraph(view, start)) and not _enacts(view.folded, end):
            blocks.append(TitleBlock(start, end, *_subject(view, grammar, end, stops), letterhead))
    if not blocks or blocks[0].first > min(first_marker, _HEAD):
        run_in = _run_in(view, grammar, min(first_marker, _HEAD), stops)
        if run_in is not None:
            blocks.insert(0, run_in)
    return blocks


def is_heading_like(view: View, start: int, end: int) -> bool:
    """Whether a line's words stand in capitals, or the line is a Markdown heading or bold throughout."""
    if view.folded[start:end].isupper():
        return True
    line_start = view.composed.rfind("\n", 0, start) + 1
    line_end = view.composed.find("\n", end)
    line = view.composed[line_start : line_end if line_end >= 0 else len(view.composed)].strip(" |\t\r")
    return line.startswith("#") or (line.startswith("**") and line.endswith("**"))


def _opens_paragraph(view: View, start: int) -> bool:
    """Whether the line above a title is empty, a rule or a cell's border."""
    line_start = view.folded.rfind("\n", 0, start) + 1
    return not any(bare(view.folded[slice(*above)]) for above in lines_up(view.folded, line_start, 1))


def _enacts(folded: str, end: int) -> bool:
    """Whether the line is the clause that enacts ("QUYẾT ĐỊNH" above "Điều 1"), not a title."""
    return _ARTICLE_NEXT.match(folded, end) is not None


def _run_in(view: View, grammar: Grammar, limit: int, stops: Sequence[int]) -> TitleBlock | None:
    """The title of a document that names type and subject in one line, within the first ``limit`` code points."""
    text = "\n" + view.folded[:limit]
    for match in _run_in_pattern(grammar).finditer(text):
        start, end = match.start("type") - 1, match.end("type") - 1
        if view.folded[start:end].isupper():
            subject = _subject(view, grammar, match.end() - 1, stops)
            return TitleBlock(start, end, *subject, letterhead_above(view, grammar, start))
    return None


@cache
def _run_in_pattern(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(r"\n[ \t|]*+" + forms(grammar)["title_run_in"].pattern)


def _subject(view: View, grammar: Grammar, after: int, stops: Sequence[int]) -> Span:
    """The place of what a document is about, in the lines behind its type; empty when nothing says it."""
    folded = view.folded
    start = end = after
    capitals = strong = gap = False
    next_marker = bisect_left(stops, after)
    limit = stops[next_marker] if next_marker < len(stops) else len(folded)
    for line_start, line_end in lines_down(folded, after, _MOST_LINES):
        if line_end > limit:
            break
        line = folded[line_start:line_end]
        words = bare(line)
        if not words:
            if "|" in line or (end > start and line.strip(" *#")):
                break  # a cell ends, or a rule closes the block
            gap = gap or end > start
            continue
        if end > start and not _goes_on(view, grammar, (line_start, line_end), (start, end), capitals, strong, gap):
            break
        if end == start:
            if len(line) > _LONGEST_LINE or _is_no_title(view, grammar, line_start, line_end):
                break
            capitals = words.isupper()
            strong = view.composed[line_start:line_end].lstrip().startswith(("#", "*"))
            start = line_start + len(line) - len(line.lstrip(" |\t"))
        end = line_start + len(line.rstrip(" |\t"))
        gap = False
        if end - start > _LONGEST_TITLE:
            break
    return start, end


def _goes_on(view: View, grammar: Grammar, line: Span, block: Span, capitals: bool, strong: bool, gap: bool) -> bool:
    """Whether a line goes on with the title block above it."""
    folded = view.folded
    words = bare(folded[slice(*line)])
    if folded[slice(*block)].rstrip(" *").endswith((".", ";", ":")) and not capitals:
        return False
    if _opens_text(grammar, folded, *line) or (capitals and not _CAPITALS.match(words)):
        return False
    if _names_a_body(view, grammar, line, gap, strong):
        return False
    if capitals:
        return True
    if gap:
        return words[0].islower()
    return words[0].islower() or (len(words) < 120 and not words.endswith((".", ";", ":")))


def _is_no_title(view: View, grammar: Grammar, start: int, end: int) -> bool:
    """Whether the first line below the type is the text already: its grounds, or a paragraph."""
    place = start + len(view.folded[start:end]) - len(view.folded[start:end].lstrip(" |\t"))
    if view.folded[place] in "(-" or opening(grammar, "grounds").match(view.folded, place):
        return True
    paragraph = view.plain[place : place + _LONGEST_LINE].split("\n", 1)[0].rstrip()
    return not view.folded[start:end].isupper() and paragraph.endswith((";", ":"))


def _opens_text(grammar: Grammar, folded: str, start: int, end: int) -> bool:
    """Whether a line begins the text: its grounds, an address, a marker, "(Kèm theo …)"."""
    place = start + len(folded[start:end]) - len(folded[start:end].lstrip(" |\t"))
    if folded[place] == "(" or folded[place] == "-" or forms(grammar)["attached"].match(folded, place):
        return True
    opens = opening(grammar, "text_openers").match(folded, place)
    if opens is None or folded[start:end].isupper():
        return False
    return folded[place].isupper() and len(folded[start:end]) > 60


def _names_a_body(view: View, grammar: Grammar, line: Span, gap: bool, strong: bool) -> bool:
    """Whether a line in capitals is the body that decides, above "Căn cứ", and no part of the title."""
    folded = view.folded
    words = folded[slice(*line)].strip(" |\t\r")
    if not words.isupper():
        return False
    head = opening(grammar, "body_heads").match(words) or opening(grammar, "positions").match(words)
    if head is None:
        return False
    if gap or view.composed[slice(*line)].lstrip().startswith(("#", "*")) != strong:
        return True
    following = folded[line[1] : line[1] + 40].lstrip(" \n|")
    return " " in head.group() and opening(grammar, "grounds").match(following) is not None
