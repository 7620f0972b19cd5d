"""Amounts of money (ANNOTATION.md, "amount")."""

from __future__ import annotations

import re

from extractor.grammar import Rule
from extractor.language.numbers import plain_number, read_figure
from extractor.language.view import View
from extractor.plan import Amount
from extractor.tagging.context import Context
from extractor.tagging.matching import find


def tag_amounts(view: View, context: Context) -> list[Amount]:
    """The amounts of a (masked) view, in text order; values in whole units of the currency."""

    def read(rule: Rule, match: re.Match[str]) -> Amount | None:
        start, end = match.span()
        value = plain_number(read_figure(match["value"]))
        return Amount(
            start=start, end=end, text=view.composed[start:end], rule=rule.id, confidence=rule.confidence, value=value
        )

    return find(context.hits["amount"], view.plain, view.lower, read)
