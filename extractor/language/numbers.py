"""Vietnamese figures: "955.651.000", "34,86", "8.223", "1.5"; the dot groups thousands, the comma is the decimal sign."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+(?:,[0-9]+)?")
_COMMA_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?")


def read_figure(figure: str) -> Fraction:
    """The exact value of a figure as it is printed: "10.367,700" → 10367.7, "2.000" → 2000, "1.5" → 1.5.

    A dot before three digits groups thousands, else it is a decimal sign; a comma is a decimal sign unless it groups
    twice ("1,234,567"). Raises ``ValueError`` when it is no figure.
    """
    if _COMMA_GROUPED.fullmatch(figure):
        figure = figure.replace(",", "")
    elif _GROUPED.fullmatch(figure):
        figure = figure.replace(".", "").replace(" ", "").replace(",", ".")
    else:
        figure = figure.replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,40}(?:\.[0-9]{1,20})?", figure):
        raise ValueError(f"not a figure: {figure!r}")
    return Fraction(figure)


def plain_number(value: Fraction) -> int | float:
    """A value as JSON has it: a whole number where it is one, else the nearest float."""
    return value.numerator if value.denominator == 1 else value.numerator / value.denominator
