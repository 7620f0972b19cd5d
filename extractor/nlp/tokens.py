"""Words, numbers and signs of a text as places; plain Python, for spaCy and for tools that know no characters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import regex

_TOKEN: Final = regex.compile(
    r"""
    \d++ \p{L}?+ (?:/[\w\p{M}]++)++ (?:-[\w\p{M}]++)*+   # 1419/QĐ-TTg, 12/2015/TT-BTC, 07/9/2009
  | \d++ (?:[.,]\d++)++                                  # 955.651.000
  | [\w\p{M}]++
  | [^\w\p{M}\s]
  | (?P<blank>\s)
    """,
    regex.VERBOSE,
)


def cut_tokens(text: str, spans: Iterable[tuple[int, int]], *, blanks: bool = False) -> list[tuple[int, int]]:
    """The tokens of a text as (start, end), cut where a span begins or ends, too.

    White space, sign by sign, only where ``blanks`` are asked for: then the tokens are the whole text.
    """
    cuts = sorted({place for span in spans for place in span})
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
