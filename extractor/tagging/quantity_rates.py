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
_GOODS: Final = 2
"""So many words may name what a measure measures, before the slash of its rate."""
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
    if unit.sort == "measure" and len(gap) <= _GOODS:
        return True  # "2,5 tấn nhân/ha": what is weighed may be any word
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
    if not words.lists["each_after"].isdisjoint(view.lower[begin:at].split()[-1:]):
        return None  # "sau mỗi đợt" says when
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


def rate_later(words: CountWords, view: View, unit: Unit, end: int) -> str | None:
    """The noun of "mỗi …" further on in the clause: "04 tin, bài mỗi tháng", "01 xe đẩy hoặc 2 thùng cho mỗi tổ".

    A "mỗi" with which the sentence goes on is none: "300 hộ mỗi hộ nhận …", "30 hộ mỗi năm 2 lần".
    """
    match = words.patterns["later"].match(view.lower, end)
    below = match and words.unit(view.lower, match.start("noun"), match["noun"])
    if match is None or below is None or below.words == unit.words or unit.sort == "share":
        return None
    if not words.lists["parts_of"].isdisjoint(match["gap"].split()[-1:]):
        return None  # "12 nhiệm vụ trong mỗi cơ quan" says where
    listed = [piece.strip() for piece in match["gap"].split(",")[1:]]
    if any((noun := words.unit(piece, 0, piece)) is None or noun.sort != "noun" for piece in listed):
        return None
    if words.patterns["clause_end"].match(view.lower, below.end) is None:
        return None
    return view.words(below.start, below.end).lower()


def multiplied_rate(words: CountWords, view: View, previous: Quantity | None, start: int, unit: Unit) -> str | None:
    """What stands before a sign of multiplication: "12 lớp tập huấn × 30 học viên" gives the learners of a "lớp"."""
    if previous is None or unit.sort != "noun" or not 0 < start - previous.end <= _CARRY:
        return None
    counted = words.unit(fold_tones(previous.unit), 0, fold_tones(previous.unit))
    if counted is None or counted.sort != "noun" or (words.counts_people(counted) and not words.counts_people(unit)):
        return None
    return previous.unit if words.patterns["multiplied"].fullmatch(view.lower, previous.end, start) else None


def carried_rate(words: CountWords, view: View, previous: Quantity | None, start: int, unit: Unit) -> str | None:
    """The rate of the quantity before, where one "mỗi …" governs both: "mỗi xã chọn 02 thôn, vận động 30 hộ".

    Of one group in each, the group itself: "mỗi xã lập 01 tổ xung kích từ 7 đến 9 người" counts the people of a "tổ".
    """
    if previous is None or previous.per is None or unit.sort in ("time", "share"):
        return None
    if unit.words == fold_tones(previous.per) or not 0 < start - previous.end <= _CARRY:
        return None
    said = fold_tones(view.words(previous.start, previous.end).lower())
    if "/" in said or not words.lists["each_words"].isdisjoint(said.split()):
        return None
    between = view.lower[previous.end : start].replace(",", " , ").split()
    if not between or len(between) > _CARRIED_WORDS or not all(word.isalpha() or word == "," for word in between):
        return None
    if not words.lists["spread_ends"].isdisjoint(between[1:]):
        return None
    if between[0] in (",", "và"):
        return previous.per if _same_doer(words, view, previous, between[1:]) else None
    said_last = [word for word in between if word not in words.before_numbers]
    if said_last[-1:] in (["và"], [","]):
        return previous.per
    grouped = previous.value == 1 and fold_tones(previous.unit) in words.lists["grouped_people"]
    return previous.unit if grouped and "và" not in between and words.counts_people(unit) else None


def _same_doer(words: CountWords, view: View, previous: Quantity, between: Sequence[str]) -> bool:
    """Whether the words behind a comma go on with "mỗi …": "mỗi xã chọn 02 thôn, | vận động 30 hộ".

    Not so when nobody has done anything yet ("mỗi đoàn 7 thành viên, | kiểm tra 20 xã"), or a noun begins anew.
    """
    doing = [word for word in between if word not in words.before_numbers]
    if not doing:
        return True
    if words.unit(" ".join(between), 0, " ".join(between)) is not None:
        return False
    begin = max(0, previous.start - _REACH)
    _, each, clause = view.lower[begin : previous.start].rpartition("mỗi ")
    base = words.unit(clause, 0, clause)
    after = clause[base.end :].split() if base else clause.split()
    return not each or any(word.isalpha() and word not in words.before_numbers for word in after)


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
