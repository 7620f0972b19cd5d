"""Signs of a page into lines: words side by side, each character with its place."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import Final, Protocol, TypeVar

from extractor.language.legacy import Encoding, to_unicode, with_lost_letters
from extractor.reading.pages.glyphs import Glyph, Legacy

_SAME_LINE: Final = 0.5
"""The share of the lower of two that must stand beside the other, for both to be on one line."""
_SAME_BASE: Final = 0.2
"""Heights of a sign by which base lines may miss each other."""
_BESIDE: Final = 0.6
"""Heights of a line by which what is raised or lowered stands off its base."""
_NEXT_TO: Final = 0.3
"""Heights of a line within which it stands beside a sign of it."""
_WORD_GAP: Final = 0.13
"""Heights of a line between two signs that part words even where no blank is drawn."""
_SPACED_OUT: Final = 1.8
"""How much wider than between spaced-out letters a gap is between words."""
_WIDE_GAP: Final = 1.2
"""Heights of a line beyond which words stand apart."""
_STRETCHED_BLANK: Final = 2.5
"""The same where just one blank is drawn between them: justified lines stretch it."""
_DRAWN_APART: Final = 0.7
"""The same where something else was drawn between: in the other column, say."""
_NEXT: Final = 3
"""What is drawn next has a number that is so much greater at most: PDFium counts blanks that it supposes."""
_RAISED: Final = 0.8
"""The share of a line's height up to which a digit at its upper edge is raised."""


class Placed(Protocol):
    """What stands somewhere between two heights of a page."""

    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...


P = TypeVar("P", bound=Placed)


@dataclass(slots=True)
class Line:
    """Words side by side. ``edges[i]`` is left of the i-th character, the last edge right of the last one."""

    text: str
    edges: array[float]
    top: float
    bottom: float
    page: int
    order: int = 0
    """Where among the pieces of the page it was drawn."""
    raised: list[tuple[int, int]] = field(default_factory=list)
    """Where in the text digits are raised: marks of footnotes, or exponents."""
    style: str | None = None
    """"b", "i", "bi" or "" when all its letters are so; ``None`` when they differ."""
    confidence: float = 1.0
    """How sure it is that these are the words, if they were recognised from a picture."""

    @property
    def x0(self) -> float:
        """Its left end, points."""
        return self.edges[0]

    @property
    def x1(self) -> float:
        """Its right end, points."""
        return self.edges[-1]

    @property
    def height(self) -> float:
        """From the top of its tallest sign to the bottom, points."""
        return self.bottom - self.top

    def turn(self, encoding: Encoding) -> None:
        """Turns its words from an old encoding into Unicode."""
        self.text, self.edges = _from_old(self.text, self.edges, [(encoding, False)] * len(self.text))
        self.raised = []


def make_lines(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """The lines of signs, from above, then from the left.

    Words on one level that stand far apart are lines of their own: what parts them is for others to say.
    """
    lines: list[Line] = []
    for row in _levels(glyphs):
        row.sort(key=lambda glyph: glyph.x0)  # letters of another font may have been drawn later
        words: list[Glyph] = []
        for glyph in row:
            if glyph.sign.isspace() and not words:
                continue
            if not glyph.sign.isspace() and words and _apart(words, glyph):
                lines.append(_line(words, page))
                words = []
            words.append(glyph)
        if words:
            lines.append(_line(words, page))
    return lines


def rows_of(items: Iterable[P]) -> list[list[P]]:
    """What stands on one level together, from above."""
    rows: list[list[P]] = []
    top = bottom = 0.0
    for item in sorted(items, key=lambda item: (item.top, item.bottom)):
        shared = min(bottom, item.bottom) - max(top, item.top)
        if rows and shared >= _SAME_LINE * min(bottom - top, item.bottom - item.top):
            rows[-1].append(item)
            if item.bottom - item.top > bottom - top:
                top, bottom = item.top, item.bottom
        else:
            rows.append([item])
            top, bottom = item.top, item.bottom
    return rows


def _levels(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The signs that stand on one base line together, with what is raised or lowered beside them, from above.

    By base lines, for a tall line may stand beside two small ones.
    """
    levels: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.bottom):
        if levels and glyph.bottom - levels[-1][0].bottom < _SAME_BASE * (glyph.bottom - glyph.top):
            levels[-1].append(glyph)
        else:
            levels.append([glyph])
    for distance in (1, 2):  # a level of another column may lie between
        for above, below in zip(levels, levels[distance:], strict=False):
            _attach(above, below)
            _attach(below, above)
    return [level for level in levels if level]


def _attach(small: list[Glyph], large: list[Glyph]) -> None:
    """Moves signs that are raised or lowered to the level at whose signs they stand."""
    height = max((glyph.bottom - glyph.top for glyph in large), default=0.0)
    moved = [
        glyph
        for glyph in small
        if glyph.bottom - glyph.top < _RAISED * height
        and any(
            abs(glyph.bottom - one.bottom) < _BESIDE * height
            and max(glyph.x0 - one.x1, one.x0 - glyph.x1) < _NEXT_TO * height
            for one in large
        )
    ]
    if moved:
        large += moved
        small[:] = [glyph for glyph in small if not any(glyph is one for one in moved)]


def _apart(words: list[Glyph], after: Glyph) -> bool:
    """Whether a sign stands too far from ``words`` to go on with them."""
    last = len(words) - 1
    while words[last].sign.isspace():
        last -= 1
    blanks = len(words) - 1 - last
    height = max(words[last].bottom - words[last].top, after.bottom - after.top)
    if not 0 <= after.order - words[last].order <= _NEXT + blanks:
        widest = _DRAWN_APART
    else:
        widest = _STRETCHED_BLANK if blanks == 1 else _WIDE_GAP
    return after.x0 - words[last].x1 > widest * height


def _line(glyphs: list[Glyph], page: int) -> Line:
    while glyphs[-1].sign.isspace():
        glyphs.pop()
    tallest = max(glyphs, key=lambda glyph: glyph.bottom - glyph.top)
    height = tallest.bottom - tallest.top
    signs: list[str] = []
    edges = array("f")
    old: list[Legacy | None] = []
    raised: list[tuple[int, int]] = []
    right = glyphs[0].x0
    gap = _word_gap(glyphs, height)
    for glyph in glyphs:
        blank = glyph.sign.isspace()
        if signs and signs[-1] != " " and (blank or glyph.x0 - right > gap):
            signs.append(" ")
            edges.append(right)
            old.append(glyph.legacy)
        if blank:
            continue
        if glyph.sign.isdigit() and _is_raised(glyph, tallest):
            start = raised.pop()[0] if raised and raised[-1][1] == len(signs) else len(signs)
            raised.append((start, len(signs) + 1))
        signs.append(glyph.sign)
        edges.append(glyph.x0)
        old.append(glyph.legacy)
        right = glyph.x1
    edges.append(right)
    text = "".join(signs)
    if any(old):
        text, edges = _from_old(text, edges, old)
        raised = []
    top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
    order = min(glyph.order for glyph in glyphs)
    sure = round(sum(glyph.confidence for glyph in glyphs) / len(glyphs), 2)
    styles = {glyph.style for glyph in glyphs if glyph.sign.isalpha()}
    style = styles.pop() if len(styles) == 1 else None
    return Line(text, edges, top, bottom, page, order, raised, style, sure)


def _word_gap(glyphs: list[Glyph], height: float) -> float:
    """Points between two signs that part words though no blank is drawn: more, where all letters are spaced out."""
    gaps = [
        after.x0 - before.x1
        for before, after in pairwise(glyphs)
        if not before.sign.isspace() and not after.sign.isspace()
    ]
    usual = median(gaps) if gaps else 0.0
    return max(_WORD_GAP * height, _SPACED_OUT * usual)


def _is_raised(glyph: Glyph, tallest: Glyph) -> bool:
    height = tallest.bottom - tallest.top
    return glyph.bottom - glyph.top < _RAISED * height and glyph.bottom < tallest.bottom - (1 - _RAISED) * height


def _from_old(text: str, edges: array[float], old: Sequence[Legacy | None]) -> tuple[str, array[float]]:
    """A line in old encodings turned into Unicode, font by font."""
    words: list[str] = []
    places = array("f")
    done = 0
    for legacy, signs in groupby(old):
        end = done + len(list(signs))
        part = text[done:end] if legacy is None else _turned(text[done:end], *legacy)
        if len(part) == end - done:
            places.extend(edges[done:end])
        else:  # a letter and its mark were two signs: share out the room
            step = (edges[end] - edges[done]) / max(len(part), 1)
            places.extend(edges[done] + step * index for index in range(len(part)))
        words.append(part)
        done = end
    places.append(edges[-1])
    return "".join(words), places


def _turned(signs: str, encoding: Encoding, capitals: bool) -> str:
    words = to_unicode(signs, encoding, capitals)
    return with_lost_letters(words) if encoding == "tcvn3" else words
