"""Repairs that a rule proves (grammars/ocr.yaml): letters within numbers, codes that nobody issues by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.grammar import Grammar, Rule
from extractor.repairing.edits import Edit, Finding, edited
from extractor.repairing.letters import plain

_DOUBLED = re.compile("D{2,}")


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
    codes = _codes(grammar, "document_types" if group == "type" else "issuer_codes")
    return codes.get(read) or codes.get(_key(read))


def _is_sound(match: re.Match[str], edits: tuple[Edit, ...], rule: Rule) -> bool:
    """Whether the words are what the rule says they must be, once they are repaired."""
    words = edited(match.string, edits, *match.span())
    return rule.then is None or rule.then.fullmatch(words) is not None


@cache
def _codes(grammar: Grammar, name: str) -> dict[str, str]:
    """Codes of a list by themselves, and by their letters without marks where only one has these."""
    codes = {entry["code"] for entry in grammar.lexicon[name] if "code" in entry}
    keys: dict[str, list[str]] = {}
    for code in codes:
        keys.setdefault(_key(code), []).append(code)
    return {key: found[0] for key, found in keys.items() if len(found) == 1} | {code: code for code in codes}


def _key(code: str) -> str:
    """A code without marks, and without a second Đ."""
    return _DOUBLED.sub("D", plain(code))
