"""Vietnamese figures: "955.651.000", "34,86", "1.5"; the dot groups thousands, the comma is the decimal sign."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+(?:,[0-9]+)?")
_COMMA_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?")
_COMMA_GROUPED_ONCE: Final = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_DECIMAL: Final = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,20})?")


def read_figure(figure: str, *, whole: bool = False) -> Fraction:
    """The exact value of a figure as it is printed: "10.367,700" → 10367.7, "2.000" → 2000, "1.5" → 1.5.

    A dot before three digits groups thousands, else it is a decimal sign; a comma is a decimal sign unless it groups
    twice ("1,234,567"), or once where the figure counts ``whole`` things ("500,000 đồng"). Blanks may be several.
    Raises ``ValueError`` when it is no figure.
    """
    figure = " ".join(figure.split())
    if _COMMA_GROUPED.fullmatch(figure) or (whole and _COMMA_GROUPED_ONCE.fullmatch(figure)):
        figure = figure.replace(",", "")
    elif _GROUPED.fullmatch(figure):
        figure = figure.replace(".", "").replace(" ", "").replace(",", ".")
    else:
        figure = figure.replace(",", ".")
    if not _DECIMAL.fullmatch(figure):
        raise ValueError(f"not a figure: {figure[:60]!r}")
    return Fraction(figure)


def plain_number(value: Fraction) -> int | float:
    """A value as JSON has it: a whole number where it is one, else the nearest float."""
    return value.numerator if value.denominator == 1 else value.numerator / value.denominator


def write_roman(number: int) -> str:
    """A number from 1 to 99 in Roman figures: 14 → "XIV"."""
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return tens[number // 10] + ones[number % 10]


def write_figure(value: Fraction | int | float) -> str:
    """A value as Vietnamese print it, to at most three decimals: 955651000 → "955.651.000", 34.86 → "34,86"."""
    thousandths = round(Fraction(str(value)) * 1000)
    whole, rest = divmod(abs(thousandths), 1000)
    decimals = f"{rest:03}".rstrip("0")
    sign = "-" if thousandths < 0 else ""
    return sign + f"{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")
