"""What a quantity counts beyond its unit: "14 xã, phường" → "xã, phường", "100% hộ nghèo" → "hộ nghèo"."""

from __future__ import annotations

import re
from typing import Final

from extractor.language.view import View
from extractor.tagging.quantity_words import CountWords, Unit

_REACH: Final = 90
_BEFORE: Final = 600
"""Code points before "số lượng: 440 cái" in which the sentence stands that says what is made."""
_LIST: Final = re.compile(r"(?:,[ ]++[^\W\d_][\w-]{0,20}(?:[ ]++[^\W\d_][\w-]{0,20}){0,4})")


def item_of(words: CountWords, view: View, start: int, unit: Unit, end: int) -> str | None:
    """What a quantity that stands from ``start`` counts: what its unit begins, else what is made in this number."""
    return _goes_on(words, view, unit, end) or (
        _made(words, view, start) if unit.words in words.lists["classifiers"] else None
    )


def _made(words: CountWords, view: View, start: int) -> str | None:
    """The object of the sentence before "Số lượng: 440 cái": "Thiết kế, in băng rôn treo tại các xã"."""
    said = view.lower[max(0, start - _BEFORE) : start]
    said = said[said.rfind("\n") + 1 :]
    number = words.patterns["number_of"].search(said)
    if number is None:
        return None
    made = next(iter(words.patterns["made"].finditer(said, 0, number.start())), None)
    if made is None:
        return None
    first = start - len(said)
    return view.words(first + made.start("object"), first + made.end("object")) or None


def _goes_on(words: CountWords, view: View, unit: Unit, end: int) -> str | None:
    """The words after a quantity that go on with its noun, in the document's own words; ``None`` when none do.

    Of a share they are what it is a share of; otherwise they start with the unit itself. They end before a verb or
    another word of ``item_ends``, or at a sign; nouns of the lexicon joined to the unit by commas belong to them.
    """
    if end != unit.end or unit.sort in ("time", "measure"):
        return None
    limit = min(len(view.lower), end + _REACH)
    phrase = words.patterns["phrase"].match(view.lower, end, limit)
    stop = phrase.end() if phrase else end
    if unit.sort == "noun" and stop == end:
        stop = _list_end(words, view.lower, end, limit)
    if stop == end:
        return None
    if unit.sort != "share":
        return view.words(unit.start, stop)
    said = view.words(end, stop).split(" ")
    while said and said[0].lower() in words.lists["item_openers"]:
        del said[0]
    return " ".join(said) or None


def _list_end(words: CountWords, lower: str, end: int, limit: int) -> int:
    stop = end
    while (match := _LIST.match(lower, stop, limit)) is not None:
        start = match.end() - len(match[0].lstrip(", "))
        noun = words.unit(lower, start, lower[start : match.end()])
        if noun is None or noun.sort != "noun":
            break
        stop = noun.end
    return stop
