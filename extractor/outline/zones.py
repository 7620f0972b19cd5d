"""The parts of a text that have a duty of their own: letterhead, title, recipients, signature, a web site's matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.outline.forms import Span, forms
from extractor.outline.letterhead import letterhead_below
from extractor.outline.markers import Marker
from extractor.outline.signature import find_closes
from extractor.outline.signposts import find_signposts
from extractor.outline.structure import Close, Stretches, Zone
from extractor.outline.titleblocks import TitleBlock, find_title_blocks

_HEAD: Final = 12_000
"""Code points from the beginning in which a web site's matter before a document stands."""
_UNTITLED: Final = 3000
"""Code points from the beginning in which a text without a title block says what it is about."""


def find_zones(
    view: View, grammar: Grammar, tables: Stretches, markers: Sequence[Marker]
) -> tuple[list[Zone], Close | None]:
    """The zones in text order, all but the preambles, and the first close."""
    posts = find_signposts(view, grammar)
    blocks = find_title_blocks(view, grammar, posts.titles, tables, markers)
    letterheads = [block.letterhead for block in blocks if block.letterhead]
    first_marker = next((marker.start for marker in markers if not marker.doubtful), len(view.folded))
    titled = bool(blocks) and blocks[0].first <= first_marker
    if not titled:
        untitled = _letterhead_at_top(view, grammar, blocks[0].first if blocks else len(view.folded))
        letterheads = [untitled, *letterheads] if untitled else letterheads
        block = None if untitled else _repeated_title(view, grammar, first_marker)
        blocks = [block, *blocks] if block else blocks
    after = letterheads[0][1] if letterheads else 0
    closes = find_closes(view, grammar, [line for line in posts.closes if line[0] > after], tables)
    zones = [Zone("title", block.first, max(block.type_end, block.end)) for block in blocks]
    zones += [Zone("letterhead", *span) for span in letterheads]
    zones += [zone for close in closes for zone in close.zones]
    last = closes[-1].end if closes else (blocks[0].end if blocks else 0)
    behind = next((span for span in posts.web_ends if span[0] >= last), None)
    zones += _web_matter(view, grammar, letterheads, min(first_marker, _HEAD), last, behind)
    return sorted(zones, key=lambda zone: zone.start), closes[0] if closes else None


def _letterhead_at_top(view: View, grammar: Grammar, limit: int) -> Span | None:
    """The letterhead of an official letter, which names no type."""
    start = len(view.folded) - len(view.folded.lstrip(" \n\t|*-"))
    span = letterhead_below(view, grammar, start)
    return span if span is not None and span[1] <= limit else None


def _repeated_title(view: View, grammar: Grammar, limit: int) -> TitleBlock | None:
    """The title of a web page: the line that it repeats before its text, or a Markdown heading."""
    lines = re.compile(r"[^\n]{15,400}").finditer(view.folded, 0, min(limit, _UNTITLED))
    seen: dict[str, Span] = {}
    heading = None
    for match in lines:
        words = " ".join(match.group().split())
        place = match.start() + len(match.group()) - len(match.group().lstrip()), match.end()
        if words in seen:
            start, end = seen[words]
            return TitleBlock(start, start, start, end)
        seen[words] = place
        if heading is None and view.composed[match.start() : place[0]].startswith("#"):
            heading = TitleBlock(place[0], place[0], *place)
    return heading


def _web_matter(
    view: View, grammar: Grammar, letterheads: Sequence[Span], head_end: int, close: int, behind: Span | None
) -> Iterator[Zone]:
    """What a web site put round the document: before its letterhead, single lines in its head, and behind its close."""
    head_end = min(letterheads[0][0], _HEAD) if letterheads else head_end
    if letterheads and view.folded[:head_end].strip(" \n\t|*-#"):
        yield Zone("furniture", 0, head_end)
    else:
        for match in _web_line(grammar).finditer("\n" + view.folded[:head_end]):
            end = view.folded.find("\n", match.end())
            yield Zone("furniture", match.start("line") - 1, len(view.folded) if end < 0 else end)
    if behind is not None:
        card = _card_number(view, grammar, head_end)
        above = view.folded.rfind("\n", close, behind[0]) + 1
        repeats = card is not None and card in view.folded[above : behind[0]]
        yield Zone("furniture", above if repeats else behind[1], len(view.folded))


def _card_number(view: View, grammar: Grammar, end: int) -> str | None:
    """The number on a web site's card: a line that says it again behind the document is the site's."""
    for match in forms(grammar)["metadata"].finditer(view.folded, 0, end):
        number = forms(grammar)["bare_number"].match(match["value"])
        if number is not None:
            return number.group()
    return None


@cache
def _web_line(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"\n[ \t|]*+(?P<line>{web_lines})(?!\w)")


def main_title(zones: Sequence[Zone]) -> Zone | None:
    """The title block of the first document; one behind a close belongs to what is attached."""
    first = next((zone for zone in zones if zone.kind in ("title", "recipients", "signature")), None)
    return first if first is not None and first.kind == "title" else None


def metadata(view: View, grammar: Grammar, zones: Sequence[Zone]) -> dict[str, Span]:
    """The card that a web site puts before a document: the place of each value by its label in small letters."""
    end = next((zone.start for zone in zones if zone.kind in ("letterhead", "title")), 0)
    return {
        match["label"].lower(): match.span("value")
        for match in forms(grammar)["metadata"].finditer(view.folded, 0, end)
    }
