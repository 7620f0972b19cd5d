"""A figure against its words: "1.276.000.000 đ (Một tỷ, một trăm chín mươi tám triệu …)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from extractor.checking.rules import pattern
from extractor.language.number_words import read_words
from extractor.language.numbers import read_figure, write_figure
from extractor.language.view import View
from extractor.plan import Warning
from extractor.tagging.context import Context

CODE: Final = "amount-words-mismatch"
_IN_WORDS: Final = "amount.words"
"""The rule of amounts that stand in words alone."""
_OPENED: Final = re.compile(r" ?\( ?")


def check_words(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Amounts whose words say another sum, and "05 (ba) lớp"."""
    for amount in mentions["amounts"]:
        if amount.value is not None and amount.words_value is not None and amount.value != amount.words_value:
            yield _warning(amount, amount.value, amount.words_value)
    for words, figure in pairwise(mentions["amounts"]):
        behind = words.rule == _IN_WORDS and _OPENED.fullmatch(view.lower, words.end, figure.start)
        if behind and None not in (words.value, figure.value) and words.value != figure.value:
            yield _warning(figure, figure.value, words.value)
    spelled = pattern(context.grammar, "words")
    for quantity in mentions["quantities"]:
        match = spelled.match(view.lower, quantity.start, quantity.end) if quantity.value else None
        if match is None:
            continue
        try:
            figure, words = read_figure(match["figure"]), read_words(match["words"])
        except ValueError:
            continue
        if figure != words:
            yield _warning(quantity, figure, words)


def _warning(mention: Any, figure: Any, words: int) -> Warning:
    message = f"the figure is {write_figure(figure)}, its words say {write_figure(words)}"
    return Warning(code=CODE, message=message, refs=[mention.id], start=mention.start, end=mention.end)
