"""What a quantity counts beyond its unit: "14 xã, phường" → "xã, phường", "100% hộ nghèo" → "hộ nghèo"."""

from __future__ import annotations

import re
from typing import Final

from extractor.language.view import View
from extractor.tagging.quantity_words import CountWords, Unit

_REACH: Final = 90
_LONGEST: Final = 8
"""So many words an item has at most after the unit."""
_PHRASE: Final = re.compile(r"(?:[ ]++[^\W\d_][\w-]{0,20}(?!\w))*+")
_LIST: Final = re.compile(r"(?:,[ ]++[^\W\d_][\w-]{0,20}(?:[ ]++[^\W\d_][\w-]{0,20}){0,4})")


def item_of(words: CountWords, view: View, unit: Unit, end: int) -> str | None:
    """The words after a quantity that go on with its noun, in the document's own words; ``None`` when none do.

    Of a share they are what it is a share of; otherwise they start with the unit itself. They end before a verb or
    another word of ``item_ends``, or at a sign; nouns of the lexicon joined to the unit by commas belong to them.
    """
    if end != unit.end or unit.sort in ("time", "measure"):
        return None
    limit = min(len(view.lower), end + _REACH)
    stop = _noun_phrase_end(words, view.lower, end, limit)
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


def _noun_phrase_end(words: CountWords, lower: str, end: int, limit: int) -> int:
    ends = words.lists["item_ends"]
    match = _PHRASE.match(lower, end, limit)
    pieces = match[0].split()[:_LONGEST] if match else []
    stop = end
    for index, piece in enumerate(pieces):
        if piece in ends or " ".join(pieces[index : index + 2]) in ends:
            break
        stop = lower.index(piece, stop) + len(piece)
    return stop


def _list_end(words: CountWords, lower: str, end: int, limit: int) -> int:
    stop = end
    while (match := _LIST.match(lower, stop, limit)) is not None:
        start = match.end() - len(match[0].lstrip(", "))
        noun = words.unit(lower, start, lower[start : match.end()])
        if noun is None or noun.sort != "noun":
            break
        stop = noun.end
    return stop
