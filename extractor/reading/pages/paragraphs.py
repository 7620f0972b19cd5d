"""Which line goes on with the one before it: told by the room that was left, by indents and by distances."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from extractor.language.view import PART_MARKER
from extractor.reading.pages.lines import Line

_OPENER: Final = re.compile(
    r"(?:[-–—+•*●▪■◦✓✔§·]|\[\d{1,3}\]|(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,3}){0,4}|[a-zđA-ZĐ])(?:[.)]|/(?=\s))"
    rf"|{PART_MARKER}[.:]?)(?:\s+|(?=[^\W\d])|$)"
)
"""What begins a paragraph wherever it stands: bullets and the markers of an outline."""
_DASH: Final = re.compile(r"[-–—]\s")
_SENTENCE_END: Final = re.compile(r"[.;:!?]\W*$")
_FEW_LINES: Final = 8
"""So few lines do not show where lines end."""
_BLANK: Final = 0.3
"""Heights of a line that a blank takes at least."""
_INDENT: Final = 6.0
"""Points by which the first line of a paragraph stands further in, at least."""
_FIRST_LINE: Final = 24.0
"""Points by which only first lines stand further in: what hangs under a bullet does so by less."""
_APART: Final = 2.5
"""Points that paragraphs stand further apart than lines, at least."""
_FAR: Final = 0.6
"""Heights of a line beyond which what follows is a paragraph of its own in any case."""
_OTHER_SIZE: Final = 0.2
_CENTRED: Final = 6.0
"""Points by which a centred line may miss the middle."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Where the lines of a page usually begin and end, and how far below each other they stand; points."""

    left: float
    right: float
    step: float


def measure(lines: Sequence[Line], width: float) -> Measure:
    """The measure of pages of one size, ``width`` points wide, from all their running lines."""
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    steps = sorted(
        below.bottom - above.bottom
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < below.bottom - above.bottom < 3 * above.height
    )
    # Wraps are closer than paragraphs, so a low step is that of lines.
    step = steps[len(steps) // 4] if steps else 1.2 * median(line.height for line in lines)
    left, right = lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]
    if len(lines) < _FEW_LINES:
        right = max(right, width - left)  # they may all be short: margins are alike on both sides, or nearly
    return Measure(left, right, step)


def goes_on(before: Line, after: Line, old: Measure, new: Measure) -> bool:
    """Whether ``after`` is the next line of the paragraph of ``before``; their pages' measures."""
    if _is_set_otherwise(before, after):
        return False
    if _OPENER.match(after.text) and not _is_dash_within(before, after, old, new):
        return False
    if before.page == after.page:
        beyond = after.bottom - before.bottom - old.step
        closed = _SENTENCE_END.search(before.text) is not None
        if beyond > (_APART if closed else _FAR * before.height) or beyond < -before.height:
            return False
    if before.text.count("(") > before.text.count(")") and after.text.count(")") > after.text.count("("):
        return True
    if _would_have_fitted(before, after, old, new):
        return False
    return _indent_goes_on(before, after, old, new)


def _is_set_otherwise(before: Line, after: Line) -> bool:
    """Whether two lines differ in size, or one is bold or slanted as a whole and the other is not: heading and text."""
    if abs(after.height - before.height) > _OTHER_SIZE * max(after.height, before.height):
        return True
    return before.style is not None and after.style is not None and before.style != after.style


def _is_dash_within(before: Line, after: Line, old: Measure, new: Measure) -> bool:
    """Whether a line begins with a dash by chance: "giai đoạn 2021 / - 2030".

    It then stands at the left margin, under a line that no sentence ends and that begins there, too, or as far in as
    only the first line of a paragraph does.
    """
    if _DASH.match(after.text) is None or after.x0 - new.left > _INDENT or _SENTENCE_END.search(before.text):
        return False
    further_in = before.x0 - old.left
    return further_in > _FIRST_LINE or (further_in < _INDENT and _OPENER.match(before.text) is None)


def item_goes_on(before: Line, after: Line, right: float) -> bool:
    """Whether ``after`` is the next line of an item in a column that reaches to ``right``: of "Nơi nhận", say."""
    if _OPENER.match(after.text):
        return False
    return right - before.x1 < _first_word(after) + _BLANK * before.height


def is_marker(line: Line) -> bool:
    """Whether a line is a bullet or a marker and nothing else."""
    return _OPENER.fullmatch(line.text) is not None


def opens_item(line: Line) -> bool:
    """Whether a line begins with a bullet or a marker."""
    return _OPENER.match(line.text) is not None


def in_one_block(before: Line, after: Line, page: Measure) -> bool:
    """Whether two lines that end on purpose stand together all the same: those of a title, centred one by one."""
    return (
        before.page == after.page
        and after.bottom - before.bottom - page.step < _APART
        and _is_title(before, page)
        and _is_title(after, page)
    )


def joined(words: Iterable[str]) -> str:
    """Lines of a paragraph as one: a blank for each line end, none behind a hyphen within a word or code."""
    text = ""
    for word in words:
        text += ("" if not text or ends_in_hyphen(text) else " ") + word
    return text


def ends_in_hyphen(text: str) -> bool:
    """Whether a line ends within a word: "QĐ-", but not "Hà Nội -"."""
    return len(text) > 1 and text[-1] in "-‑/" and text[-2].isalnum()


def _would_have_fitted(before: Line, after: Line, page: Measure, next_page: Measure) -> bool:
    """Whether there was room on the line for the first word of the next: then the line ends on purpose."""
    room = page.right - before.x1
    if _is_title(before, page) and _is_title(after, next_page):
        room *= 2  # a centred line that grows moves to the left, too
    return room >= _first_word(after) + _BLANK * before.height


def _first_word(line: Line) -> float:
    """How wide it is, points."""
    end = line.text.find(" ")
    return line.edges[end if end > 0 else len(line.text)] - line.x0


def _indent_goes_on(before: Line, after: Line, old: Measure, new: Measure) -> bool:
    further_in = (after.x0 - new.left) - (before.x0 - old.left)
    if further_in <= _INDENT or (_is_centred(before, old) and _is_centred(after, new)):
        return True
    marker = _OPENER.match(before.text)
    return marker is not None and abs(before.edges[marker.end()] - old.left - (after.x0 - new.left)) < _INDENT


def _is_title(line: Line, page: Measure) -> bool:
    return line.x0 - page.left > _INDENT and _is_centred(line, page)


def _is_centred(line: Line, page: Measure) -> bool:
    return abs((line.x0 - page.left) - (page.right - line.x1)) < _CENTRED
