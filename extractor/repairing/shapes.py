"""Repairs that a rule proves (grammars/ocr.yaml): letters within numbers, codes that nobody issues by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from extractor.grammar import Grammar, Rule
from extractor.repairing.edits import Edit, Finding, edited
from extractor.repairing.letters import plain

_DOUBLED_D = re.compile("D{2,}")
_DOUBLED = re.compile(r"(.)\1+")


def find_shapes(text: str, grammar: Grammar) -> Iterator[Finding]:
    """What the rules of repairs find in a text."""
    for rule in grammar.rules.get("repair", ()):
        for match in rule.pattern.finditer(text):
            edits = _edits(match, rule, grammar)
            if edits and _is_sound(match, edits, rule):
                yield Finding(*match.span(), rule.id, edits)


def _edits(match: re.Match[str], rule: Rule, grammar: Grammar) -> tuple[Edit, ...]:
    """What the groups of a match say is to be changed; nothing where one of its codes means nothing."""
    edits = []
    for group, read in match.groupdict().items():
        if read is None:
            continue
        words = _words(group, read, rule, grammar)
        if words is None:
            return ()
        if words != read:
            edits.append(Edit(*match.span(group), words))
    return tuple(sorted(edits, key=lambda edit: edit.start))


def _words(group: str, read: str, rule: Rule, grammar: Grammar) -> str | None:
    """What a group as it was read says; ``None`` where that is unknown."""
    if group.startswith("digits"):
        digits = grammar.lexicon["ocr_digits"]
        return "".join(str(digits.get(sign, sign)) for sign in read)
    if group in rule.set:
        return str(rule.set[group])
    name = "document_types" if group == "type" else "issuer_codes"
    if read in _codes(grammar, name):
        return read
    meant = (_by_key(grammar, name, key).get(key(read)) for key in _KEYS)
    return next((code for code in meant if code), None)


def _is_sound(match: re.Match[str], edits: tuple[Edit, ...], rule: Rule) -> bool:
    """Whether the words are what the rule says they must be, once they are repaired."""
    words = edited(match.string, edits, *match.span())
    return rule.then is None or rule.then.fullmatch(words) is not None


@cache
def _codes(grammar: Grammar, name: str) -> frozenset[str]:
    return frozenset(entry["code"] for entry in grammar.lexicon[name] if "code" in entry)


@cache
def _by_key(grammar: Grammar, name: str, key: Callable[[str], str]) -> dict[str, str]:
    """The codes of a list by a key that only one of them has."""
    codes: dict[str, list[str]] = {}
    for code in _codes(grammar, name):
        codes.setdefault(key(code), []).append(code)
    return {key: found[0] for key, found in codes.items() if len(found) == 1}


def _one_d(code: str) -> str:
    """A code without marks, and without a second Đ."""
    return _DOUBLED_D.sub("D", plain(code))


def _single(code: str) -> str:
    """A code without marks, and without any letter said twice: Tesseract reads "NÑQ" for "NQ"."""
    return _DOUBLED.sub(r"\1", plain(code))


def _crossed(code: str) -> str:
    """A code without marks, every "I" taken for the "T" whose bar Tesseract did not see."""
    return plain(code).replace("I", "T")


_KEYS: Final = (_one_d, _crossed, _single)
