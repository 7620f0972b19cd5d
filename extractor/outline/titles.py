"""The title of a section: the words behind its marker, when they are a heading and not a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import LOWER, UPPER, View
from extractor.outline.forms import unmarked
from extractor.outline.markers import Marker

_LONGEST: Final = 400
"""Code points; more is a paragraph."""
_LONGEST_PLAIN_LINE: Final = 230
"""Of a heading that neither bold type nor capitals show."""
_LONGEST_LINE_OF_A_HEADING: Final = 60
"""In hard-wrapped text without blank lines a shorter line before a capital letter is a line that ends by itself."""
_WITH_TITLE_BELOW: Final = ("part", "chapter", "group", "article", "figures", "figure", "roman", "capital")
_STARS: Final = re.compile(r"\*++")
_SENTENCE_END: Final = re.compile(rf"[{LOWER})][.] +[{UPPER}]")
_EMPTY_LINE_ABOVE: Final = re.compile(r"\n *\n *\Z|\n *\n[ _>]*\Z")
_CAPITAL_WORD: Final = re.compile(rf"\s*+[{UPPER}][{LOWER}]")
_NEXT_LINE: Final = re.compile(r"[\s*_]*+")


def read_title(view: View, grammar: Grammar, marker: Marker) -> tuple[str | None, int, int]:
    """Title (``None``: the item runs on as a paragraph) and the place of the item's first words."""
    composed = view.composed
    start = _NEXT_LINE.match(composed, marker.end).end()  # type: ignore[union-attr]
    below = composed.find("\n", marker.end, start) >= 0
    if below and (marker.kind not in _WITH_TITLE_BELOW or "\n\n" in view.folded[marker.end : start].replace(" ", "")):
        return None, marker.end, marker.end
    end = _paragraph_end(view, marker, start)
    if end - start > (2 * _LONGEST if marker.strong else _LONGEST):
        return None, start, end
    bold = False
    stars = _STARS.search(composed, start, end) if marker.strong else None
    if stars is not None:
        line_feed = view.folded.find("\n", stars.end(), end)
        line_end = line_feed if line_feed >= 0 else end
        bold = not view.folded[stars.end() : line_end].strip()  # what stands below is a paragraph of its own
        end = stars.start() if bold else end
    words = unmarked(composed[start:end])
    capitals = words.isupper()
    if not words or len(words) > _LONGEST or (below and not (marker.strong or capitals)):
        return None, start, end
    marked = bold or capitals or composed.find("#", max(0, marker.start - 6), marker.start) >= 0
    return (words.rstrip(" .:;") if _is_heading(grammar, words, marked) else None), start, end


def _paragraph_end(view: View, marker: Marker, start: int) -> int:
    """Where the paragraph ends, or the line in a wrapped text that has no blank lines and ends short."""
    end = view.plain.find("\n", start)
    end = len(view.plain) if end < 0 else end
    line_end = view.folded.find("\n", start, end) if view.wrapped else -1
    if not 0 < line_end - start < _LONGEST_LINE_OF_A_HEADING or not _CAPITAL_WORD.match(view.folded, line_end, end):
        return end
    return end if _EMPTY_LINE_ABOVE.search(view.folded, max(0, marker.start - 20), marker.start) else line_end


def _is_heading(grammar: Grammar, words: str, marked: bool) -> bool:
    """Whether words stand as a heading: ``marked`` by bold type or capitals, or short and without a sentence's end."""
    if ". " in words and _SENTENCE_END.search(words):
        return False
    if marked:
        return True
    if len(words) > _LONGEST_PLAIN_LINE or ":" in words[:-1] or words.removesuffix("..")[-1] in ".;,":
        return False
    words = words.lower()
    duties, pattern = _duties(grammar)
    return not any(duty in words for duty in duties) or pattern.search(words) is None


@cache
def _duties(grammar: Grammar) -> tuple[Sequence[str], re.Pattern[str]]:
    """Words of a sentence that gives somebody something to do, and the pattern by which they are words of it."""
    return grammar.words("duty_words"), grammar.compile(r"(?<!\w){duty_words}(?![\w)])")
