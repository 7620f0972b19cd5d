"""Figures that can be compared: amounts of money and quantities, with how exactly each is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from extractor.language.folding import fold_tones
from extractor.language.numbers import read_figure
from extractor.plan import Amount, Quantity

_FIGURE: Final = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]")


class Measure(NamedTuple):
    """One amount or quantity, and what it counts ("VND", "lớp")."""

    start: int
    end: int
    kind: str
    mention: Amount | Quantity

    @property
    def value(self) -> Fraction:
        """The exact value of the figure as it is printed."""
        return Fraction(str(self.mention.value))


def measures(mentions: Mapping[str, Any]) -> list[Measure]:
    """The amounts and quantities with one value that are no rates and no guesses, in text order."""
    amounts: Sequence[Amount] = mentions["amounts"]
    quantities: Sequence[Quantity] = mentions["quantities"]
    found = [
        Measure(one.start, one.end, one.currency, one) for one in amounts if one.value is not None and one.per is None
    ]
    found += [
        Measure(one.start, one.end, fold_tones(one.unit), one)
        for one in quantities
        if one.value is not None and one.per is None and one.bound is None and one.unit != "%"
    ]
    return sorted(found, key=lambda measure: measure.start)


def slack(text: str, value: Fraction) -> Fraction:
    """Half of the last place that a printed figure says: "1,25 tỷ" is exact to 5 million, "1.250.000" to nothing."""
    printed = _FIGURE.search(text)
    if printed is None:
        return Fraction(0)
    try:
        figure = read_figure(printed[0])
    except ValueError:
        return Fraction(0)
    scale = value / figure if figure else Fraction(1)
    places = len(printed[0].rpartition(",")[2]) if "," in printed[0] else 0
    return scale / 10**places / 2 if places or scale > 1 else Fraction(0)


def add_up(parts: Iterable[Measure]) -> tuple[Fraction, Fraction]:
    """The sum of parts, and how far it may be off."""
    total = off = Fraction(0)
    for part in parts:
        total += part.value
        off += slack(part.mention.text, part.value)
    return total, off


def alike(one: Measure, other: Measure) -> bool:
    """Whether two figures count the same: one currency, one unit, or one said with more words ("cây", "cây xanh")."""
    short, long = sorted((one.kind, other.kind), key=len)
    return long == short or long.startswith(short + " ")
