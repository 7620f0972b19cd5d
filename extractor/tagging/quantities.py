"""Quantities: counts, measures, shares, durations, ages (ANNOTATION.md, "quantity").

A rule of grammars/quantities.yaml finds a number; the words round it decide (tagging/quantity_words.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from extractor.grammar import Rule
from extractor.language.folding import fold_tones
from extractor.language.number_words import read_words
from extractor.language.numbers import plain_number, read_figure
from extractor.language.view import MASK, View
from extractor.plan import Bound, Quantity
from extractor.tagging.context import Context
from extractor.tagging.quantity_items import item_of
from extractor.tagging.quantity_rates import carried_rate, rate_after, rate_before, set_totals
from extractor.tagging.quantity_words import (
    CountWords,
    Unit,
    bound_after,
    bound_before,
    count_words,
    names_number,
    words_before,
)

Number = int | float
Values = Mapping[str, Number]
"""What a number says: ``value``, or ``min`` and ``max``."""

_COUNTABLE: Final = re.compile(r"(?:[0-9]++(?:[.,][0-9]++)*+(?:[ ][0-9]{3}(?![0-9]))*+[ ]*+(?=[^\W\d_]|[%‰°º(/-])|[^\W\d_])")
"""What every number that counts looks like, be it in figures or in words: no marker of a list ("1.", "a)")."""
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_POINT: Final = re.compile(r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})")
_YEAR_FOLLOWS: Final = re.compile(rf"[ ]*(?:{MASK}|(?:19|20)[0-9]{{2}}(?![0-9]| ?-))")
_NUMBER_FOLLOWS: Final = re.compile(r"[ ]*(?:[0-9]|[ivx]{1,4}\b)")
_CLOCK_FOLLOWS: Final = re.compile(
    rf"[ ]*(?:[0-9]{{1,2}}(?:[ ]*phút|(?![0-9]|[ ]*[^\W\d]))|(?:cùng )?ngày|sáng|chiều|tối|h[àằ]ng|{MASK})"
)
_PART_OF_YEAR: Final = re.compile(r"[ ]*(?:đầu|cuối) năm")
_CLOCK: Final = ("giờ", "h", "phút")
_HOURS_OF_A_DAY: Final = 24
_POWERS: Final = ("3", "6", "9")
_LONGEST_PLAIN: Final = 7
"""A longer figure without dots is a code."""
_FEW: Final = 100
_OPEN: Final = frozenset(" \n\t(|[:;,\"'+=<>~≥≤≈" + MASK)
"""Signs that may stand right before a number that counts."""


def tag_quantities(view: View, context: Context) -> list[Quantity]:
    """The quantities of a (masked) view, in text order; scales multiplied out, units in lower case."""
    words = count_words(context.grammar)
    lower = view.lower
    found: list[Quantity] = []
    end = 0
    for start, rules in context.hits["quantity"]:
        if start < end or not _COUNTABLE.match(lower, start) or not _stands_free(lower, start, found):
            continue
        for rule in rules:
            match = rule.pattern.match(view.plain if rule.keeps_case else lower, start)
            if match is not None and (quantity := _read(rule, match, view, words, found)) is not None:
                found.append(quantity)
                end = quantity.end
                break
    set_totals(found, view, words)
    return found


def _stands_free(lower: str, start: int, found: Sequence[Quantity]) -> bool:
    """Whether what touches a number lets it count: "- 5 lớp", "629/731 trường", not "Covid-19", "30/4"."""
    if start == 0 or lower[start - 1] in _OPEN:
        return True
    sign, before = lower[start - 1], lower[max(0, start - 2) : start - 1]
    if sign == "-":
        return not before or before.isspace()
    if sign == "/":
        return not before.isdigit() or bool(found and found[-1].end == start - 1)
    return False


def _read(
    rule: Rule, match: re.Match[str], view: View, words: CountWords, found: Sequence[Quantity]
) -> Quantity | None:
    start = match.start()
    unit = _unit(rule, match, view, words)
    values = None if unit is None or words.idiom.match(view.lower, start) else _READERS[rule.form](match, unit, words)
    if unit is None or values is None:
        return None
    before = words_before(view.lower, start)
    if not _counts(rule, match, unit, view, words, before):
        return None
    per, end = (None, match.end()) if rule.form == "fraction" else rate_after(words, view, unit)
    per = per or rate_before(words, view, start) or carried_rate(words, view, found[-1] if found else None, start, unit)
    few = values.get("value", _FEW) < _FEW
    bound = bound_before(words, before, unit, few=few) or bound_after(view.lower, end)
    if rule.form == "spelled" and values["value"] == 1 and not _one_counts(unit, per, bound, before, words):
        return None
    return Quantity(
        start=start,
        end=end,
        text=view.composed[start:end],
        rule=rule.id,
        confidence=rule.confidence,
        unit=view.words(unit.start, unit.end).lower(),
        item=item_of(words, view, unit, end),
        per=per,
        bound=bound,
        **values,
    )


def _unit(rule: Rule, match: re.Match[str], view: View, words: CountWords) -> Unit | None:
    """What a number counts: a noun of the lexicon, or whatever noun stands there when the rule knows no better."""
    start = match.start("noun")
    if rule.form == "unknown":
        pieces = match["noun"].split()
        uncounted = words.lists["uncounted_words"]
        if pieces[0] in uncounted or " ".join(pieces) in uncounted:
            return None
        end = start + len(pieces[0]) if pieces[-1] in uncounted else match.end("noun")
        return Unit(start, end, " ".join(view.lower[start:end].split()), "unknown")
    unit = words.unit(view.lower, start, match["noun"])
    if unit is None and rule.form == "spelled" and match["spelled"].endswith(" năm"):
        return Unit(match.end("spelled") - len("năm"), match.end("spelled"), "năm", "time")  # "hai năm" is no 25
    return unit


def _counted(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    return {"value": _figure(match["value"], match["scale"], unit, words)}


def _fraction(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    return {"value": _figure(match["value"], None, unit, words)}


def _range(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    """Both ends of a range; nothing where they are no range: years, or the second not above the first."""
    low_noun = " ".join((match["low_noun"] or "").split())
    if low_noun and low_noun != unit.words:
        return None
    if _YEAR.fullmatch(match["low"]) and _YEAR.fullmatch(match["high"]):
        return None
    low_scale = match["low_scale"] or (None if low_noun else match["scale"])
    low, high = _figure(match["low"], low_scale, unit, words), _figure(match["high"], match["scale"], unit, words)
    return {"min": low, "max": high} if low < high else None


def _spelled(match: re.Match[str], unit: Unit, words: CountWords) -> Values | None:
    number = match["spelled"][: unit.start - match.start("spelled")] if unit.start < match.end("spelled") else match[0]
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
    "spelled": _spelled,
}


def _figure(figure: str, scale: str | None, unit: Unit, words: CountWords) -> Number:
    """The value of a figure with its scale; people and things are whole, so that "1,200 người" are no 1.2."""
    times = words.scales[scale] if scale else 1
    if figure.isdigit():
        return int(figure) * times
    return plain_number(read_figure(figure, whole=scale is None and unit.sort in ("noun", "unknown")) * times)


def _counts(
    rule: Rule, match: re.Match[str], unit: Unit, view: View, words: CountWords, before: Sequence[str]
) -> bool:
    """Whether a number with a unit is a quantity, and no name, ordinal, year, clock time or list marker."""
    figure = match[1]
    if figure.startswith("00") or (figure.isdigit() and len(figure) > _LONGEST_PLAIN):
        return False
    if _YEAR.fullmatch(figure) and figure != "2000" and unit.sort != "measure":
        return False
    noun = view.plain[unit.start : unit.end]
    if noun[0].isupper() and (len(noun) == 1 or (unit.sort == "noun" and not before)):
        return False  # "5G" is a name, "1 Trung tâm Y tế" opens a row
    if rule.form == "spaced" and (not before or unit.sort == "share"):
        return False
    if rule.form == "unknown" and not _unknown_counts(match, view, before):
        return False
    if unit.sort == "measure" and before and before[-1].endswith("10") and figure in _POWERS:
        return False  # "(10 3 tấn)" was 10³
    if unit.sort == "noun" and unit.words in words.lists["name_heads"] and _NUMBER_FOLLOWS.match(view.lower, unit.end):
        return False  # "khoản 2 Điều 5"
    if unit.words in _CLOCK and _is_clock(match, unit, view.lower, words, before):
        return False
    if unit.words in ("tháng", "quý") and _PART_OF_YEAR.match(view.lower, unit.end):
        return False  # "6 tháng đầu năm" is a time
    year_follows = unit.words == "năm" and _YEAR_FOLLOWS.match(view.lower, unit.end) is not None
    return not names_number(words, before, unit, year_follows=year_follows)


def _unknown_counts(match: re.Match[str], view: View, before: Sequence[str]) -> bool:
    """An unknown noun needs a sentence round the number: no list marker, no name before it ("Sóng Thần 3 đang")."""
    if not before or len(match["value"]) < 2 or _POINT.fullmatch(match["value"]):
        return False
    start = match.start()
    words = view.plain[max(0, start - 40) : start].split()
    named = len(words) > 1 and words[-1][0].isupper() and words[-2][-1] not in ".:;!?-+*"
    return not named and view.plain[start - 1] in " ("


def _is_clock(match: re.Match[str], unit: Unit, lower: str, words: CountWords, before: Sequence[str]) -> bool:
    """ "lúc 8 giờ", "8 giờ 30", "từ 7 giờ đến 17 giờ"; but "trong 24 giờ", "24 - 48 giờ"."""
    if before and before[-1] in _CLOCK:
        return True
    fields = match.groupdict()
    last = fields.get("high") or fields.get("value") or ""
    if unit.words == "phút" or not last.isdigit() or int(last) > _HOURS_OF_A_DAY:
        return False
    if fields.get("low_noun") or _CLOCK_FOLLOWS.match(lower, unit.end):
        return True
    return bool(before) and before[-1] in words.lists["clock_heads"] and "low" not in fields


def _one_counts(unit: Unit, per: str | None, bound: Bound | None, before: Sequence[str], words: CountWords) -> bool:
    """ "một" counts when it is bounded, stands for a rate, or says how long; else it is an article."""
    last = before[-1] if before else ""
    if last in words.lists["single_use"]:
        return False
    if bound is not None or (unit.sort == "time" and last in words.lists["span_heads"]):
        return True
    return per is not None and (unit.words == "lần" or words.sorts.get(fold_tones(per)) == "time")
