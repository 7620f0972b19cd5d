"""The rules of grammars/warnings.yaml by the check that applies them."""

from __future__ import annotations

from functools import cache
from re import Pattern

from extractor.grammar import Grammar


@cache
def pattern(grammar: Grammar, form: str) -> Pattern[str]:
    """The pattern of a form: "words", "calculation", "each", "parts" …"""
    return next(rule.pattern for rule in grammar.rules["warning"] if rule.form == form)


@cache
def comparison(grammar: Grammar) -> Pattern[str]:
    """Words between two figures that are not to be added."""
    return grammar.compile(r"(?<!\w)(?:{comparisons}|{complete_lists}|{partial_lists})(?!\w)")


@cache
def any_of(grammar: Grammar, name: str) -> Pattern[str]:
    """Any word of a list of grammars/lexicon/warnings.yaml, as whole words."""
    return grammar.compile(rf"(?<!\w){{{name}}}(?!\w)")
