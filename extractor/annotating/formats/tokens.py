"""Tokens for tools that know no characters: words and signs, cut where an entity begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import regex

_TOKEN: Final = regex.compile(r"[\w\p{M}]+|[^\w\p{M}\s]|(?P<blank>\s)")


def cut_tokens(text: str, entities: Iterable[Mapping[str, Any]], *, blanks: bool = False) -> list[tuple[int, int]]:
    """The tokens of a text as (start, end); white space, sign by sign, only where ``blanks`` are asked for."""
    cuts = sorted({place for item in entities for place in (item["start"], item["end"])})
    tokens: list[tuple[int, int]] = []
    at = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["blank"] and not blanks:
            continue
        while at < len(cuts) and cuts[at] <= start:
            at += 1
        while at < len(cuts) and cuts[at] < end:
            tokens.append((start, cuts[at]))
            start = cuts[at]
            at += 1
        tokens.append((start, end))
    return tokens
