"""Rates: "02 lớp/năm", "mỗi lớp khoảng 50 người", and the quantity that a rate speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.grammar import Grammar
from extractor.language.folding import fold_tones
from extractor.language.view import View
from extractor.plan import Quantity
from extractor.tagging.quantity_words import CountWords, Unit, count_words

_REACH: Final = 90
"""So many code points before a number "mỗi …" is looked for."""
_EACH: Final = ("mỗi ", "Mỗi ")
_MOST_SLASHES: Final = 3
_CARRY: Final = 40
_CARRIED_WORDS: Final = 6
"""So far, and over so many words, a rate reaches the next quantity."""
ROUND_BASES: Final = frozenset(("100", "1.000", "1000", "10.000", "10000", "100.000", "100000"))
"""Below a slash and before a noun these are no quantities of their own: "23 ca/1.000 dân"."""
_BASES: Final = 6
"""So many quantities back the base of a rate is looked for."""


def rate_after(words: CountWords, view: View, unit: Unit) -> tuple[str | None, int]:
    """What a unit is counted per, said after it, and where that ends: "/năm", "/người/năm", "/ 1 năm", " mỗi tháng".

    A slash between nouns of one kind means "or" ("05 doanh nghiệp/cơ sở sản xuất"), and one before a number that
    counts something else ends the quantity ("220 cái/11 huyện"); a round base does not ("23 ca/1.000 phụ nữ").
    """
    per: list[str] = []
    above, at, end = unit, unit.end, unit.end
    rate = words.patterns["rate"].match
    for _ in range(_MOST_SLASHES):
        match = rate(view.lower, at)
        below = match and words.unit(view.lower, match.start("noun"), match["noun"])
        if match is None or below is None:
            break
        gap = match["gap"].split()
        times = _times(match["times"], below)
        round_base = match["times"] in ROUND_BASES
        if match["each"] and (below.sort != "time" or gap):
            break
        if not round_base and _either(words, above, gap, below):
            above, at = below, below.end
            continue
        if times is None or (gap and not round_base and not _spans_gap(words, unit, gap, below)):
            break
        per.append(times + view.words(below.start, below.end).lower())
        above, at, end = below, below.end, below.end
    return ("/".join(per) or None), end


def _either(words: CountWords, above: Unit, gap: Sequence[str], below: Unit) -> bool:
    """Whether a slash between two nouns means "or"."""
    last = gap[-1] if gap else above.words
    return words.either(last, below.words) or words.either(above.words, below.words)


def _spans_gap(words: CountWords, unit: Unit, gap: Sequence[str], below: Unit) -> bool:
    """Whether a rate may belong to a unit some words before it: "40 tiết học/lớp", not "cán bộ cấp huyện/xã"."""
    if words.lists["uncounted_words"].intersection(gap):
        return False
    named = gap[-1] in words.sorts or " ".join(gap[-2:]) in words.sorts
    return not named or below.sort == "time" or unit.sort == "measure"


def _times(figure: str | None, below: Unit) -> str | None:
    """The number below the slash as ``per`` has it ("" for 1); ``None`` where it is a quantity of its own."""
    if figure is None or figure.lstrip("0") == "1":
        return ""
    return figure + " " if below.sort == "time" or figure in ROUND_BASES else None


def rate_before(words: CountWords, view: View, start: int) -> str | None:
    """The noun of "mỗi …" in the same clause before a number: "mỗi lớp khoảng", "mỗi quận, huyện ít nhất"."""
    begin = start - _REACH if start > _REACH else 0
    at = max(view.folded.rfind(_EACH[0], begin, start), view.folded.rfind(_EACH[1], begin, start))
    if at < 0 or view.lower.find("\n", at, start) >= 0:
        return None
    said = view.words(at, start).lower()
    clause = fold_tones(said)
    match = words.patterns["spread"].fullmatch(clause)
    unit = match and words.unit(clause, match.start("noun"), match["noun"])
    if match is None or unit is None:
        return None
    last = unit
    while clause.startswith(", ", last.end):
        after = words.unit(clause, last.end + 2, clause[last.end + 2 :])
        if after is None or after.sort != "noun":
            break
        last = after
    rest = clause[last.end :]
    if any(sign.isdigit() or sign == "," for sign in rest) or not words.lists["each_words"].isdisjoint(rest.split()):
        return None
    return said[unit.start : last.end]


def carried_rate(words: CountWords, view: View, previous: Quantity | None, start: int, unit: Unit) -> str | None:
    """The rate of the quantity before, where one "mỗi …" governs both: "mỗi xã chọn 02 thôn, vận động 30 hộ"."""
    if previous is None or previous.per is None or unit.sort == "time" or not 0 < start - previous.end <= _CARRY:
        return None
    said = fold_tones(view.words(previous.start, previous.end).lower())
    if "/" in said or not words.lists["each_words"].isdisjoint(said.split()):
        return None
    between = view.lower[previous.end : start].replace(",", " , ").split()
    if not between or between[0] not in (",", "và") or len(between) > _CARRIED_WORDS:
        return None
    ends = words.lists["spread_ends"]
    plain = all(word.isalpha() and word not in ends for word in between[1:])
    return previous.per if plain else None


def set_totals(quantities: Sequence[Quantity], view: View, words: CountWords) -> None:
    """``per_total`` of rates over a quantity said before: "05 lớp …, mỗi lớp khoảng 50 người" → 250."""
    for index, quantity in enumerate(quantities):
        if quantity.per is not None and quantity.value is not None:
            base = _base(quantities, index, view, words)
            if base is not None and base.value is not None and quantity.unit not in words.lists["share_units"]:
                total = base.value * quantity.value
                quantity.settle(per_total=int(total) if total == int(total) else total)


def link_rates(quantities: Sequence[Quantity], view: View, grammar: Grammar) -> None:
    """``per_ref`` of rates: all quantities of the document, ids given, in text order, offsets of the view."""
    words = count_words(grammar)
    for index, quantity in enumerate(quantities):
        if quantity.per is not None:
            base = _base(quantities, index, view, words)
            if base is not None:
                quantity.settle(per_ref=base.id)


def _base(quantities: Sequence[Quantity], index: int, view: View, words: CountWords) -> Quantity | None:
    """The nearest earlier quantity of the same paragraph whose unit, no duration, is what this one is counted per."""
    quantity = quantities[index]
    per = fold_tones(quantity.per or "")
    if words.sorts.get(per) == "time":
        return None
    for base in reversed(quantities[max(0, index - _BASES) : index]):
        if view.plain.find("\n", base.end, quantity.start) >= 0:
            return None
        if f"{fold_tones(base.unit)} ".startswith(per + " "):  # "05 khóa đào tạo, mỗi khóa 30 học viên"
            average = words.patterns["average"].search(view.lower, base.end, quantity.start)
            return None if average else base  # "tăng 4 xã; bình quân 15,6 tiêu chí/xã" is of all xã
    return None
