"""A document as the models read it: sentences of words, with what the closed forms have taken as one word each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from extractor.language.view import MASK, View
from extractor.tagging.context import Context

_WORD: Final = re.compile(rf"{MASK}++|\w++|[^\w\s]|\t")  # a tab parts the cells of a row
_TAKEN: Final = ("citations", "amounts", "times", "quantities")
_HIDDEN: Final = ("furniture", "letterhead", "signature")
OUTSIDE: Final = "O"
"""The label of a word that belongs to no mention; a mention's first word has "B-", the others have "I-"."""


class Word(NamedTuple):
    """One word or sign of a line: its place in the view, small letters ("<times>" for a time), what it looks like."""

    start: int
    end: int
    form: str
    shape: str


Line = tuple[Word, ...]
"""The words of one sentence, or of a line that is none."""


class Labelled(NamedTuple):
    """A line with the labels of its words: what is right, and what the rules say."""

    line: Line
    labels: list[str]
    hints: list[str]


def read_lines(view: View, mentions: Mapping[str, Sequence[Any]], context: Context) -> list[Line]:
    """The sentences of a view that hold words, without letterhead, signature and the furniture of pages."""
    taken = {mention.start: field for field in _TAKEN for mention in mentions[field]}
    zones = context.outline.zones_of(*_HIDDEN)
    places = [(mention.start, mention.end) for field in _TAKEN for mention in mentions[field]]
    plain = view.hide([*zones, *places]).plain
    lines = []
    start = 0
    for text in plain.split("\n"):
        lines += [line for line in _sentences(_words(text, start, taken)) if any(word.shape for word in line)]
        start += len(text) + 1
    return lines


def _sentences(words: Iterable[Word]) -> Iterator[Line]:
    """The sentences of a line: a full stop ends one behind a small letter, a semicolon always."""
    sentence: list[Word] = []
    for word in words:
        sentence.append(word)
        if word.form == ";" or (word.form == "." and len(sentence) > 1 and sentence[-2].shape == "x"):
            yield tuple(sentence)
            sentence = []
    yield tuple(sentence)


def words_of(text: str) -> Line:
    """The words of a text that stands alone, places from its begin."""
    return tuple(_words(text, 0, {}))


def _words(text: str, offset: int, taken: Mapping[int, str]) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        start = offset + match.start()
        found = match.group()
        if found[0] == MASK:
            yield Word(start, offset + match.end(), f"<{taken.get(start, 'hidden')}>", "")
        else:
            yield Word(start, offset + match.end(), *_look(found))


@lru_cache(maxsize=65536)
def _look(word: str) -> tuple[str, str]:
    """The small letters of a word and its shape: "X" capitals, "Xx" a capital first, "x" small, "d" digits, a sign."""
    if word.isdigit():
        return word if len(word) < 3 else "<number>", "d"
    if not word[0].isalpha():
        return word, word
    if word.islower():
        return word, "x"
    if word.isupper():
        return word.lower(), "X" if len(word) > 1 else "Y"
    return word.lower(), "Xx" if word[1:].islower() else "xX"


def label_words(line: Line, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """The label of each word of a line: "B-group", "I-group", "O", by spans ``(start, end, kind)`` of the view."""
    labels = [OUTSIDE] * len(line)
    ends = [word.end for word in line]
    for start, end, kind in spans:
        first = bisect_right(ends, start)
        for number in range(first, len(line)):
            if line[number].start >= end:
                break
            labels[number] = f"{'B' if number == first else 'I'}-{kind}"
    return labels
