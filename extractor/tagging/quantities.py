"""Quantities: counts, measures, shares, durations, ages (ANNOTATION.md, "quantity").

A rule of grammars/quantities.yaml finds a number; the words round it say what it counts (quantity_words), whether it
counts at all (quantity_judging), and per what (quantity_rates).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from extractor.grammar import Rule
from extractor.language.number_words import read_words
from extractor.language.numbers import plain_number, read_figure
from extractor.language.view import MASK, UPPER, View
from extractor.plan import Quantity
from extractor.tagging.context import Context
from extractor.tagging.quantity_items import item_of
from extractor.tagging.quantity_judging import Spot, counts, one_counts, stands_free
from extractor.tagging.quantity_rates import (
    ROUND_BASES,
    carried_rate,
    multiplied_rate,
    rate_after,
    rate_before,
    rate_later,
    set_totals,
)
from extractor.tagging.quantity_words import (
    CountWords,
    Unit,
    bound_after,
    bound_before,
    count_words,
    words_before,
)

Number = int | float
Values = Mapping[str, Any]
"""What a number says: the fields ``value``, or ``min`` and ``max`` (``Number``)."""

_COUNTABLE: Final = re.compile(
    r"[0-9][0-9.,]*+(?<=[0-9])(?:[ ][0-9]{3}(?![0-9])){0,4}+"
    rf"(?:[ ]*+(?:(?![{UPPER}](?![\w/]))[^\W\d_]|[%‰°º(]|-[ ]*+\w)|/[0-9])|[^\W\d_]"
)
"""What every number that counts looks like, in figures or in words: no marker of a list ("1.", "a)"), no "5G"."""
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}")
_FIVE: Final = "năm"
"""Ends a number in words or is the unit after it: "hai mươi năm" is no 25."""
_FEW: Final = 100
_SHARED_UNIT: Final = ("fraction", "changed")
"""Forms of rules whose number ends before its unit, which stands behind another number."""


def tag_quantities(view: View, context: Context) -> list[Quantity]:
    """The quantities of a (masked) view, in text order; scales multiplied out, units in lower case."""
    words = count_words(context.grammar)
    plain, lower = view.plain, view.lower
    opens, idiom = _COUNTABLE.match, words.patterns["idiom"].match
    found: list[Quantity] = []
    end = 0
    for start, rules in context.hits["quantity"]:
        if start < end or plain[start] == MASK or not opens(plain, start) or idiom(lower, start):
            continue
        previous = found[-1] if found else None
        if not stands_free(words, view, start, previous.end if previous else None):
            continue
        for rule in rules:
            match = rule.pattern.match(plain if rule.keeps_case else lower, start)
            if match is not None and (quantity := _read(rule, match, view, words, previous)) is not None:
                found.append(quantity)
                end = quantity.end
                break
    set_totals(found, view, words)
    return found


def _read(
    rule: Rule, match: re.Match[str], view: View, words: CountWords, previous: Quantity | None
) -> Quantity | None:
    start = match.start()
    unit = _unit(rule, match, view, words)
    values = None if unit is None else _READERS[rule.form](match, unit, words)
    if unit is None or values is None:
        return None
    spot = Spot(rule, match, unit, words_before(view.lower, start), match[1])
    if not counts(words, view, spot):
        return None
    per, end = _share_of(match, view, unit) if rule.form in _SHARED_UNIT else rate_after(words, view, unit)
    per = per or _rate_elsewhere(words, view, start, unit, end, previous)
    few = values.get("value", _FEW) < _FEW
    bound = bound_before(words, spot.before, unit, few=few) or bound_after(words, view.lower, end)
    if rule.form == "spelled" and values["value"] == 1 and not one_counts(words, view, spot, per, bound):
        return None
    return Quantity(
        start=start,
        end=end,
        text=view.composed[start:end],
        rule=rule.id,
        confidence=rule.confidence,
        **values,
        unit=_in_own_words(view, unit),
        item=item_of(words, view, start, unit, end),
        per=per,
        bound=bound,
    )


def _rate_elsewhere(
    words: CountWords, view: View, start: int, unit: Unit, end: int, previous: Quantity | None
) -> str | None:
    """What a number is counted per, said before it, after it, or of the quantity before."""
    return (
        rate_before(words, view, start)
        or rate_later(words, view, unit, end)
        or multiplied_rate(words, view, previous, start, unit)
        or carried_rate(words, view, previous, start, unit)
    )


def _unit(rule: Rule, match: re.Match[str], view: View, words: CountWords) -> Unit | None:
    """What a number counts: a noun of the lexicon, or whatever noun stands there when the rule knows no better."""
    start = match.start("noun")
    if rule.form == "unknown":
        pieces = match["noun"].split()
        uncounted = words.lists["uncounted_words"]
        if words.unit(view.lower, start, match["noun"]) is not None:
            return None  # a noun that the lexicon knows, and that does not count here
        if pieces[0] in uncounted or " ".join(pieces) in uncounted:
            return None
        end = start + len(pieces[0]) if pieces[-1] in uncounted else match.end("noun")
        return Unit(start, end, " ".join(view.lower[start:end].split()), "unknown")
    unit = words.unit(view.lower, start, match["noun"])
    if unit is None and rule.form == "spelled" and match["spelled"].endswith(f" {_FIVE}"):
        return words.unit(view.lower, match.end("spelled") - len(_FIVE), _FIVE)
    return unit


def _in_own_words(view: View, unit: Unit) -> str:
    """A unit in the document's spelling; a single word has no blanks to mend."""
    said = view.words(unit.start, unit.end) if " " in unit.words else view.composed[unit.start : unit.end]
    return said.lower()


def _share_of(match: re.Match[str], view: View, unit: Unit) -> tuple[str | None, int]:
    """What the first of two figures is counted per, and where it ends: "15/100.000 trẻ", but "629/731 trường"."""
    if match["whole"] in ROUND_BASES and view.plain[match.end()] == "/":
        return f"{match['whole']} {_in_own_words(view, unit)}", unit.end
    return None, match.end()


def _counted(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    figure, scale = match["value"], match["scale"]
    return {"value": int(figure) if scale is None and figure.isdigit() else _figure(figure, scale, unit, words)}


def _fraction(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    return {"value": _figure(match["value"], None, unit, words)}


def _changed(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    """The first of two figures with one unit; it takes the scale of the second too: "từ 1,2 lên 1,5 triệu tấn"."""
    if _YEARS.fullmatch(match["value"]) and _YEARS.fullmatch(match["whole"]):
        return None
    return {"value": _figure(match["value"], match["scale"], unit, words)}


def _half(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    """Half of a duration: "nửa ngày"."""
    return {"value": 0.5} if unit.sort == "time" else None


def _spelled_range(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    """Both ends of a range in words: "hai đến ba xã"."""
    low, high = read_words(match["low"]), read_words(match["high"])
    return {"min": low, "max": high} if low < high else None


def _range(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    """Both ends of a range; nothing where they are no range: years, or the second not above the first."""
    low_noun = " ".join((match["low_noun"] or "").split())
    if low_noun and low_noun != unit.words:
        return None
    if _YEARS.fullmatch(match["low"]) and _YEARS.fullmatch(match["high"]):
        return None
    low_scale = match["low_scale"] or (None if low_noun else match["scale"])
    low, high = _figure(match["low"], low_scale, unit, words), _figure(match["high"], match["scale"], unit, words)
    return {"min": low, "max": high} if low < high else None


def _spelled(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    number = match["spelled"]
    if unit.start < match.end("spelled"):
        number = number[: unit.start - match.start("spelled")]
    try:
        return {"value": read_words(number)}
    except ValueError:
        return None


_READERS: Final[Mapping[str, Callable[[re.Match[str], Unit, CountWords], Values | None]]] = {
    "counted": _counted,
    "spaced": _counted,
    "unknown": _counted,
    "fraction": _fraction,
    "range": _range,
    "changed": _changed,
    "spelled": _spelled,
    "spelled_range": _spelled_range,
    "half": _half,
}
"""How the groups of a match are read, by the rule's ``form``."""


def _figure(figure: str, scale: str | None, unit: Unit, words: CountWords) -> Number:
    """The value of a figure with its scale; people and things are whole, so that "1,200 người" are no 1.2."""
    times = words.scales[scale] if scale else 1
    if figure.isdigit():
        return int(figure) * times
    return _read_figure(figure, times, whole=scale is None and unit.sort in ("noun", "unknown"))


@lru_cache(maxsize=4096)
def _read_figure(figure: str, times: int, *, whole: bool) -> Number:
    return plain_number(read_figure(figure, whole=whole) * times)
