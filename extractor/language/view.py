"""The view: what taggers read instead of the text, of the same length.

Every code point of ``View.plain`` and ``View.lower`` stands for the one at the same place of the (composed)
text, so that a match in the view is a place in the text. Only decomposed input (NFD), zero-width signs, soft hyphens,
carriage returns and lost blanks need a map: they are composed, dropped or set in first, and ``View.span`` leads back.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extractor.language.folding import fold, lower_same_length, strip_tags
from extractor.language.lost_blanks import Syllables

MASK: Final = "\ue000"
"""Stands in the view where something is taken: no letter, no digit, no blank, no sign."""

UPPER: Final = "A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER: Final = "a-zđß-öø-ÿăĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
"""The letters of Vietnamese (and Latin-1) as classes of a pattern."""

_COMBINING: Final = "\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff"
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_DROPPED: Final = frozenset(_INVISIBLE + "\r")
_CLUSTER: Final = re.compile(rf"(?s:.)[{_COMBINING}]++|[{_INVISIBLE}]|\r(?=\n)")

# A line feed in the midst of a paragraph is a hard wrap and reads as a blank. It ends the paragraph when the line
# before it is closed or the line after it opens something: a bullet, a marker of the outline, a table's cell.
_OPEN_LINE: Final = "(?:" + "|".join(rf"(?<=[^\s.;:!?|]{'[ ]' * blanks}\n)" for blanks in range(4)) + ")"
PART_MARKER: Final = (
    r"""(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|ĐIỀU|Điều|PHỤ[ ]LỤC|Phụ[ ]lục)[ ]+(?:\d{1,3}|[IVXLC]{1,6})\b"""
)
"""What numbers a part of a document where it opens a line; in small letters ("điều 5 Nghị định …") it is a mention."""
_OPENER: Final = rf"""(?![ ]*+(?:
    [\s|+•●▪■◦✓✔§-] | [ü][ ] | \[\d{{1,3}}\]
  | (?:[IVXLC]{{1,6}}|\d{{1,2}}(?:\.\d{{1,3}}){{0,4}}|[a-zđA-HĐ])[.)/](?![\d\w])
  | \d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[ ]+[{UPPER}]
  | {PART_MARKER}
  | \d{{1,3}}[ ]*+(?:\n|\t|\Z)                                         # a cell of a table, the number of a page
  | \d[^\n|]{{0,40}}+\|[^\n|]{{0,400}}+\|
  | [{UPPER}][^\n\t]{{0,200}}+\t[^\n\t]{{0,200}}+\t                            # a row, or the headings of a table
  | Căn[ ]cứ\b | Nơi[ ]nhận
))"""
_GOES_ON: Final = rf"(?=[ ]*+[{LOWER}0-9(][{LOWER}{UPPER}0-9 ]) | (?<=[{UPPER}0-9]\n)(?=[ ]*+[{UPPER}]{{2}})"
_WRAP_IN_FLOWING: Final = re.compile(rf"\n{_OPEN_LINE}{_OPENER}(?:{_GOES_ON})", re.VERBOSE)
_WRAP_IN_WRAPPED: Final = re.compile(
    rf"\n(?:{_OPEN_LINE}{_OPENER}|(?<=[.;:]\n){_OPENER}(?=[ ]*+[{LOWER}0-9(][{LOWER}0-9 ]))", re.VERBOSE
)
_LINE_OF_WORDS: Final = re.compile(rf"\n *+[{LOWER}{UPPER}]{{2}}")
_BREAK_IN_SENTENCE: Final = re.compile(rf"\n *+[{LOWER}]{{2}}")
_AROUND: Final = 80
"""Characters on both sides of a line feed that tell what it is."""
_WRAPPED_SHARE: Final = 0.2
"""A text is hard-wrapped when so many of its lines of words begin with a small letter."""


@dataclass(frozen=True, slots=True)
class View:
    """One text and what is read in its place. ``plain`` keeps the case, ``lower`` does not; offsets are the view's."""

    text: str
    composed: str
    folded: str
    """``composed`` folded, its lines as they stand."""
    plain: str
    """``folded`` with every hard wrap a blank."""
    lower: str
    offsets: array[int] | None
    """For each code point of the view its place in ``text`` (one more for the end); ``None`` when they are the same."""
    width: int
    """Code points of a usual line that runs on below, in a hard-wrapped text; 0 where paragraphs are lines."""

    @property
    def wrapped(self) -> bool:
        """Whether the text is hard-wrapped: a paragraph runs over several lines."""
        return self.width > 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in ``text`` of a place in the view, code points; signs dropped behind it stay outside."""
        if self.offsets is None:
            return start, end
        begin, stop = self.offsets[start], self.offsets[end]
        while start < end and stop - 1 > self.offsets[end - 1] and self.text[stop - 1] in _DROPPED:
            stop -= 1
        return begin, stop

    def hide(self, spans: Iterable[tuple[int, int]]) -> View:
        """The same view with ``spans`` (start, end; they may overlap) hidden behind ``MASK``."""
        spans = sorted(spans)
        return replace(self, plain=mask(self.plain, spans), lower=mask(self.lower, spans))

    def words(self, start: int, end: int) -> str:
        """The document's own words of a place in the view: composed; wraps, Markdown and tags as single blanks."""
        said = self.composed[start:end].replace("*", " ")
        return " ".join((strip_tags(said) if "<" in said else said).split())


def compose(text: str) -> tuple[str, array[int] | None]:
    """``text`` composed (NFC), without invisible signs, and the offset of each code point (``None``: unchanged)."""
    if unicodedata.is_normalized("NFC", text) and not any(sign in text for sign in (*_INVISIBLE, "\r\n")):
        return text, None
    pieces: list[str] = []
    offsets = array("q")
    done = 0
    for match in _CLUSTER.finditer(text):
        start, end = match.span()
        pieces.append(text[done:start])
        offsets.extend(range(done, start))
        if text[start] not in _INVISIBLE and match.group() != "\r":
            piece = unicodedata.normalize("NFC", match.group())
            pieces.append(piece)
            offsets.extend([start] * len(piece))
        done = end
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return "".join(pieces), offsets


def restore_blanks(composed: str, offsets: array[int] | None, places: Sequence[int]) -> tuple[str, array[int] | None]:
    """A composed text and its offsets with a blank before each of ``places``; it stands where the next letter does."""
    if not places:
        return composed, offsets
    before = array("q", range(len(composed) + 1)) if offsets is None else offsets
    pieces: list[str] = []
    moved = array("q")
    done = 0
    for place in places:
        pieces += (composed[done:place], " ")
        moved += before[done:place]
        moved.append(before[place])
        done = place
    return "".join([*pieces, composed[done:]]), moved + before[done:]


def make_view(text: str, syllables: Syllables | None = None) -> View:
    """The view of a text as it was read; with ``syllables``, blanks that a copy has lost are in it again."""
    composed, offsets = compose(text)
    if syllables is not None:
        composed, offsets = restore_blanks(composed, offsets, syllables.find_lost_blanks(composed))
    folded = fold(composed)
    width = _width(folded)
    plain = (_WRAP_IN_WRAPPED if width else _WRAP_IN_FLOWING).sub(" ", folded)
    return View(text, composed, folded, plain, lower_same_length(plain), offsets, width)


def _width(folded: str) -> int:
    """How long the lines of a hard-wrapped text are that run on below, half of them longer; 0 when it is none."""
    breaks = [match.start() for match in _BREAK_IN_SENTENCE.finditer(folded)]
    if len(breaks) <= _WRAPPED_SHARE * len(_LINE_OF_WORDS.findall(folded)):
        return 0
    return sorted(place - folded.rfind("\n", 0, place) - 1 for place in breaks)[len(breaks) // 2] or 1


def reads_as_wrap(before: str, after: str) -> bool:
    """Whether the end of line ``before``, followed by ``after``, would read as a hard wrap.

    A reader that knows it for the end of a paragraph then sets an empty line there.
    """
    lines = fold(f"{before[-_AROUND:]}\n{after[:_AROUND]}")
    return _WRAP_IN_FLOWING.search(lines) is not None or _WRAP_IN_WRAPPED.search(lines) is not None


def mask(view: str, spans: Iterable[tuple[int, int]]) -> str:
    """The view with ``spans`` (start, end; they may overlap) hidden behind ``MASK``; the same length."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            start = max(start, done)
            pieces += (view[done:start], MASK * (end - start))
            done = end
    pieces.append(view[done:])
    return "".join(pieces)
