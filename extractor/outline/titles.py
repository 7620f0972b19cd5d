"""The title of a section: the words behind its marker, when they are a heading and not a paragraph."""

from __future__ import annotations

import re
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
_NEXT_LINE: Final = re.compile(r"[\s*_]*+")


def read_title(view: View, grammar: Grammar, marker: Marker) -> tuple[str | None, int, int]:
    """Title (``None``: the item runs on as a paragraph) and the place of the item's first words."""
    start = _NEXT_LINE.match(view.composed, marker.end).end()  # type: ignore[union-attr]
    below = "\n" in view.composed[marker.end : start]
    if below and (marker.kind not in _WITH_TITLE_BELOW or "\n\n" in view.folded[marker.end : start].replace(" ", "")):
        return None, marker.end, marker.end
    end = _paragraph_end(view, marker, start)
    if end - start > (2 * _LONGEST if marker.strong else _LONGEST):
        return None, start, end
    stars = _STARS.search(view.composed, start, end) if marker.strong else None
    whole = True
    if stars is not None:
        line_feed = view.folded.find("\n", stars.end(), end)
        if not view.folded[stars.end() : end].strip():
            end = stars.start()
        elif line_feed >= 0 and not view.folded[stars.end() : line_feed].strip():
            end = stars.start()  # bold to the end of its line: what stands below is a paragraph of its own
        else:
            whole = False
    marked = (stars is not None and whole) or "#" in view.composed[max(0, marker.start - 6) : marker.start]
    words = unmarked(view.composed[start:end])
    if below and not (marker.strong or words.isupper()):
        return None, start, end
    if not words or len(words) > _LONGEST or not _is_heading(grammar, words, marked):
        return None, start, end
    return words.rstrip(" .:;"), start, end


def _paragraph_end(view: View, marker: Marker, start: int) -> int:
    """Where the paragraph ends, or the line in a wrapped text that has no blank lines and ends short."""
    end = view.plain.find("\n", start)
    end = len(view.plain) if end < 0 else end
    if view.wrapped and not _EMPTY_LINE_ABOVE.search(view.folded, max(0, marker.start - 20), marker.start):
        line_end = view.folded.find("\n", start, end)
        if 0 < line_end - start < _LONGEST_LINE_OF_A_HEADING and re.match(
            rf"\s*+[{UPPER}][{LOWER}]", view.folded[line_end:end]
        ):
            return line_end
    return end


def _is_heading(grammar: Grammar, words: str, marked: bool) -> bool:
    """Whether words stand as a heading: bold or in capitals to their end, or short and without a sentence's end."""
    if ". " in words and _SENTENCE_END.search(words):
        return False
    if marked or words.isupper():
        return True
    if len(words) > _LONGEST_PLAIN_LINE or ":" in words[:-1] or words.removesuffix("..")[-1] in ".;,":
        return False
    return duties(grammar).search(words) is None


@cache
def duties(grammar: Grammar) -> re.Pattern[str]:
    """Words of a sentence that gives somebody something to do, in any case."""
    return grammar.compile(r"(?<!\w)(?i:{duty_words})(?![\w)])")
