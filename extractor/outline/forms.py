"""The patterns of grammars/header.yaml by their form, and lines of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from extractor.grammar import Grammar

Span = tuple[int, int]

_UNDERLINE: Final = re.compile(r"(?<!\w)_+|_+(?!\w)")


@cache
def forms(grammar: Grammar) -> Mapping[str, re.Pattern[str]]:
    """The patterns of the header by form: "number", "date", "motto" …"""
    return {rule.form: rule.pattern for rule in grammar.rules["header"]}


@cache
def opening(grammar: Grammar, words: str) -> re.Pattern[str]:
    """What begins with a word of a lexicon list, in any case, as whole words."""
    return grammar.compile(rf"(?i:{{{words}}})(?!\w)")


def lines_down(text: str, start: int, limit: int) -> Iterator[Span]:
    """At most ``limit`` lines (start, end) from ``start`` on."""
    for _ in range(limit):
        if start > len(text):
            return
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def lines_up(text: str, end: int, limit: int) -> Iterator[Span]:
    """At most ``limit`` lines (start, end) above the one that begins at ``end``, the nearest first."""
    for _ in range(limit):
        if end <= 0:
            return
        start = text.rfind("\n", 0, end - 1) + 1
        yield start, end - 1
        end = start


def bare(line: str) -> str:
    """A line without blanks and without the signs of rules and cells round it."""
    return line.strip(" \t|*_#=~-.")


def unmarked(words: str) -> str:
    """Words without Markdown signs, their blanks made single."""
    words = words.replace("*", "").replace("#", "").replace("`", "")
    if "_" in words:
        words = _UNDERLINE.sub("", words)
    words = words.replace("\n", " ")
    if "  " in words or not words.isprintable():  # of all blanks only the plain one is printable
        return " ".join(words.split())
    return words.strip()
