"""One pass over the view finds every place where a rule could begin; rules are tried nowhere else.

A rule says with which words its match begins (``starts``; ``"#"`` is a number). The scanner is one tree of all
these words, so that its cost does not grow with the number of rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from extractor.grammar.cache import Cache
from extractor.grammar.patterns import alternation, flexible_blanks

if TYPE_CHECKING:
    from extractor.grammar.loading import Rule

NUMBER: Final = "#"

_BULLETS: Final = r"\u00b7\u2022\u2026\u2192\u2248\u2264\u2265\u25a0\u25aa\u25cf\u25e6\u2713\u2714\uf0a7\uf0b7"
_BEFORE_A_WORD: Final = rf"[\x00-\x20!-/:-@\[-`{{-~{_BULLETS}]"
"""Blanks, ASCII signs, "≥" and its kin, bullets: spelt out, for a negated class of letters is three times slower."""

Hits = Mapping[str, Sequence[tuple[int, tuple["Rule", ...]]]]
"""For each kind of mention the places where its rules may begin, with those rules in their order."""


class Scanner:
    """The words with which rules begin, compiled into one pattern."""

    def __init__(self, rules: Sequence[Rule], cache: Cache) -> None:
        self._mentions = tuple(dict.fromkeys(rule.mention for rule in rules))
        begun: dict[str, list[int]] = {}
        for index, rule in enumerate(rules):
            for start in rule.starts:
                begun.setdefault(start, []).append(index)
        words = [start for start in begun if start != NUMBER]
        self._rules = {None if word == NUMBER else word: self._begun_by(word, begun, rules) for word in begun}
        self._pattern = cache.compile("scanner", lambda: self._source(words))

    @staticmethod
    def _source(words: Sequence[str]) -> str:
        tree = flexible_blanks(alternation(words)) if words else r"(?!)"
        return rf"{_BEFORE_A_WORD}(?=({tree})(?!\w)|[0-9](?<![0-9][.,][0-9]))"

    def _begun_by(
        self, word: str, begun: Mapping[str, list[int]], rules: Sequence[Rule]
    ) -> list[tuple[int, tuple[Rule, ...]]]:
        """Rules by kind of mention (its number) that ``word`` or its first words begin, in their order."""
        parts = word.split(" ")
        firsts = (" ".join(parts[:count]) for count in range(1, len(parts) + 1))
        found: dict[str, list[Rule]] = {}
        for index in sorted({index for first in firsts for index in begun.get(first, ())}):
            found.setdefault(rules[index].mention, []).append(rules[index])
        return [(self._mentions.index(mention), tuple(group)) for mention, group in found.items()]

    def scan(self, lower: str) -> Hits:
        """Where rules may begin in a view in lower case, in text order."""
        hits: list[list[tuple[int, tuple[Rule, ...]]]] = [[] for _ in self._mentions]
        begun = self._rules
        for match in self._pattern.finditer("\n" + lower):  # the sign before the first word
            word = match[1]  # None for a number
            start = match.start()
            for mention, rules in begun.get(word) or begun[" ".join(word.split())]:
                hits[mention].append((start, rules))
        return dict(zip(self._mentions, hits, strict=True))
