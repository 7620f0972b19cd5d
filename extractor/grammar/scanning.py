"""One pass over the view finds every place where a rule could begin; rules are tried nowhere else.

A rule says with which words its match begins (``starts``; ``"#"`` is a number). The scanner is one tree of all
these words, so that its cost does not grow with the number of rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from extractor.grammar.patterns import alternation, flexible_blanks
from extractor.language.folding import fold_tones

if TYPE_CHECKING:
    from extractor.grammar.loading import Rule

NUMBER: Final = "#"

_BEFORE_A_WORD: Final = (
    r"[\x00-\x20!-/:-@\[-`{-~\u00b7\u2022\u2026\u2192\u2248\u2264\u2265\u25a0\u25aa\u25cf\u25e6\u2713\u2714\uf0a7\uf0b7]"
)
"""Blanks, ASCII signs, "≥" and its kin, bullets: spelt out, for a negated class of letters is three times slower."""

Hits = Mapping[str, Sequence[tuple[int, tuple["Rule", ...]]]]
"""For each kind of mention the places where its rules may begin, with those rules in their order."""


class Scanner:
    """The words with which rules begin, compiled into one pattern."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._mentions = tuple(dict.fromkeys(rule.mention for rule in rules))
        words = sorted({fold_tones(start) for rule in rules for start in rule.starts} - {NUMBER})
        self._rules: dict[str, list[tuple[str, tuple[Rule, ...]]]] = {
            word: self._begun_by(rules, word) for word in [*words, NUMBER]
        }
        tree = flexible_blanks(alternation(words)) if words else r"(?!)"
        self._pattern = re.compile(rf"{_BEFORE_A_WORD}(?=({tree})(?!\w)|[0-9](?<![0-9][.,][0-9]))")

    @staticmethod
    def _begun_by(rules: Sequence[Rule], word: str) -> list[tuple[str, tuple[Rule, ...]]]:
        """Rules by kind of mention that ``word`` or its first words begin."""
        found: dict[str, list[Rule]] = {}
        for rule in rules:
            if any(word == fold_tones(start) or word.startswith(fold_tones(start) + " ") for start in rule.starts):
                found.setdefault(rule.mention, []).append(rule)
        return [(mention, tuple(group)) for mention, group in found.items()]

    def scan(self, lower: str) -> Hits:
        """Where rules may begin in a view in lower case, in text order."""
        hits: dict[str, list[tuple[int, tuple[Rule, ...]]]] = {mention: [] for mention in self._mentions}
        begun = self._rules
        for match in self._pattern.finditer("\n" + lower):  # the sign before the first word
            word = match[1]
            for mention, rules in begun[NUMBER if word is None else " ".join(word.split())]:
                hits[mention].append((match.end() - 1, rules))
        return hits
