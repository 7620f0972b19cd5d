"""How every tagger walks over the places where its rules may begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from extractor.grammar import Rule
from extractor.language.view import MASK

M = TypeVar("M")


def find(
    hits: Sequence[tuple[int, tuple[Rule, ...]]],
    plain: str,
    lower: str,
    read: Callable[[Rule, re.Match[str]], M | None],
) -> list[M]:
    """What ``read`` makes of the first rule that matches at each unmasked hit, left to right, without overlaps.

    ``plain`` and ``lower`` are the (masked) view with and without case. ``read`` gives ``None`` for a match that
    means nothing after all; the next rule is tried then.
    """
    found: list[M] = []
    end = 0
    for start, rules in hits:
        if start < end or plain[start] == MASK:
            continue
        for rule in rules:
            match = rule.pattern.match(plain if rule.keeps_case else lower, start)
            if match is not None and (mention := read(rule, match)) is not None:
                found.append(mention)
                end = match.end()
                break
    return found
