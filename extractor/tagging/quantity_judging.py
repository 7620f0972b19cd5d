"""Whether a number with a noun is a quantity, and no name, ordinal, year, clock time or marker of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from extractor.grammar import Rule
from extractor.language.folding import fold_tones
from extractor.language.view import View
from extractor.plan import Bound
from extractor.tagging.quantity_words import LONGEST_PHRASE, CountWords, Doubt, Unit, joins_numbers, words_before

_CENTURIES: Final = ("19", "20")
_ROUND_YEAR: Final = "2000"
_NUMBER_IN_LIST: Final = re.compile(r"[0-9]{1,3}[,;]?")
_YEAR_FOLLOWS: Final = re.compile(r"\s*+(?:19|20)[0-9]{2}(?![0-9]|\s*+-)")
_NUMBER_FOLLOWS: Final = re.compile(r"[ ]*+(?:[0-9]|[IVX]{1,5}(?!\w))")
_ROMAN_FOLLOWS: Final = re.compile(r"[ ]++[IVX]{1,5}(?!\w)")
_POINT: Final = re.compile(r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})")
"""A decimal point where Vietnamese writes a comma: a measure in a table, or the marker of a section."""
_POWERS_OF_TEN: Final = ("3", "6", "9")
_LONGEST_PLAIN: Final = 7
"""A longer figure without dots is a code."""
_HOURS_OF_A_DAY: Final = 24
_NOON: Final = 12
_ONE_REACH: Final = 5
"""So many words before "một ngày" it may be said that something is earlier or later."""
_INDENT: Final = 20
_FREE: Final = frozenset(" \n\t|(")
"""Signs before a number that never keep it from counting."""
_TIES: Final = frozenset(("_", "@", "\\", "&"))
"""Signs that tie a number to what stands before them, as in an address."""
_SENTENCE_ENDS: Final = frozenset(".:;!?-+*")


class Spot(NamedTuple):
    """A number with its unit, as a rule found it, and the words before it."""

    rule: Rule
    match: re.Match[str]
    unit: Unit
    before: Sequence[str]
    figure: str
    """The number as printed; the lower one of a range."""


def stands_free(words: CountWords, view: View, start: int, previous_end: int | None) -> bool:
    """Whether what touches a number lets it count: "- 5 lớp", "629/731 trường", not "Covid-19", "30/4".

    ``previous_end`` is the end of the quantity before, if any.
    """
    if start == 0 or view.plain[start - 1] in _FREE:
        return True
    sign = view.plain[start - 1]
    before = view.plain[max(0, start - 3) : max(0, start - 1)]
    if sign == "-":
        return not before or before[-1].isspace()
    if sign == "/":
        if not before[-1:].isdigit() or previous_end == start - 1:
            return True
        return not words.lists["rank_heads"].isdisjoint(words_before(view.lower, start)[-2:-1])
    if sign == ".":
        return len(before) == 2 and before.isalpha() and before.islower()
    return sign not in _TIES


def counts(words: CountWords, view: View, spot: Spot) -> bool:
    """Whether a number with a unit is a quantity."""
    unit = spot.unit
    doubt = words.doubts.get(unit.words)
    return not (
        _is_code(spot)
        or _opens_row(view, spot)
        or (spot.rule.form == "unknown" and not _stands_in_sentence(view, spot))
        or (unit.sort == "noun" and _names_what_follows(words, view.plain, unit))
        or (doubt is not None and _is_other(words, view, spot, doubt))
        or (unit.sort == "time" and words.patterns["how_often"].match(view.lower, unit.end) is not None)
        or _is_named(words, view, spot)
    )


def _is_other(words: CountWords, view: View, spot: Spot, doubt: Doubt) -> bool:
    """Whether a doubtful unit is none: "một số nơi", "lúc 8 giờ", "6 tháng đầu năm"."""
    if doubt == "clock":
        return _is_clock(words, view, spot)
    if doubt == "issue":
        return words.patterns["issue_after"].match(view.lower, spot.unit.end) is None
    return words.patterns["year_part_after"].match(view.folded, spot.unit.end) is not None


def _is_named(words: CountWords, view: View, spot: Spot) -> bool:
    """Whether the words before a number make it a name or an ordinal: "khoản 2", "các thôn 1, 2 và 3 xã …".

    A measure or duration after "giai đoạn" and its like counts ("giai đoạn 5 năm") unless dated ("đợt 1 năm 2025").
    """
    unit, before = spot.unit, spot.before
    end = len(before)
    while end > 1 and joins_numbers(before[end - 1]):
        listed = before[end - 1] if before[end - 1][0].isdigit() else before[end - 2]
        if not _NUMBER_IN_LIST.fullmatch(listed):
            break
        end -= 1
    if not end or before[end - 1] not in words.head_ends:
        return False
    phrases = {" ".join(before[end - count : end]) for count in range(1, min(end, LONGEST_PHRASE) + 1)}
    if phrases & words.lists["no_heads"]:
        return False
    in_document = not phrases.isdisjoint(words.lists["provision_heads"])
    if in_document and unit.words in words.lists["document_types"]:
        return True
    determiner = before[end - 2] if end > 1 else ""
    if determiner in words.lists["head_determiners"] and not (in_document and determiner.isdigit()):
        return False  # "01 tổ 05 người", but "khoản 1 Điều 5"
    if unit.sort != "time" and determiner.isdigit() and words.sorts.get(before[end - 1]) == "time":
        return False  # the head is counted itself: "01 năm 02 lần"
    if phrases & words.lists["name_heads"]:
        return unit.sort != "share" and unit.words not in words.lists["rank_units"]
    if not phrases & words.lists["address_heads"]:
        return False
    if unit.sort in ("noun", "unknown"):
        return not words.counts_people(unit)
    return _is_dated(words, view, unit)


def _is_code(spot: Spot) -> bool:
    """A year ("2025 tỉnh"), a long code, a power of ten that lost its place ("(10 3 tấn)" was 10³)."""
    figure = spot.figure
    if figure.startswith("00") or (len(figure) > _LONGEST_PLAIN and figure.isdigit()):
        return True
    if spot.unit.sort == "measure":
        return figure in _POWERS_OF_TEN and bool(spot.before) and spot.before[-1].endswith("10")
    return len(figure) == 4 and figure.startswith(_CENTURIES) and figure.isdigit() and figure != _ROUND_YEAR


def _opens_row(view: View, spot: Spot) -> bool:
    """The number of a row, a marker of a section, or a name: "1 Trung tâm Y tế", "2.1 xã", "5G"."""
    unit, spaced = spot.unit, spot.rule.form == "spaced"
    capital = view.plain[unit.start].isupper()
    if (capital and unit.end - unit.start == 1) or (spaced and unit.sort == "share"):
        return True
    if unit.sort != "noun" and not spaced:
        return False
    if not spot.before:
        return spaced or capital or _POINT.fullmatch(spot.figure) is not None
    return capital and not view.wrapped and _opens_line(view, spot.match.start())


def _opens_line(view: View, start: int) -> bool:
    line = view.folded[max(0, start - _INDENT) : start].rpartition("\n")
    return bool(line[1]) and not line[2].strip()


def _stands_in_sentence(view: View, spot: Spot) -> bool:
    """What an unknown noun needs: a sentence round the number, no marker and no name before it ("Sóng Thần 3 đang")."""
    if not spot.before or len(spot.figure) < 2 or _POINT.fullmatch(spot.figure):
        return False
    start = spot.match.start()
    words = view.plain[max(0, start - 40) : start].split()
    named = len(words) > 1 and words[-1][0].isupper() and words[-2][-1] not in _SENTENCE_ENDS
    return not named and view.plain[start - 1] in " ("


def _names_what_follows(words: CountWords, plain: str, unit: Unit) -> bool:
    """The noun is the head of the next number, not the unit of this one: "khoản 2 Điều 5", "Trung ương 5 khóa XII"."""
    if unit.words in words.lists["name_heads"]:
        return _NUMBER_FOLLOWS.match(plain, unit.end) is not None
    return unit.words in words.lists["address_heads"] and _ROMAN_FOLLOWS.match(plain, unit.end) is not None


def _is_clock(words: CountWords, view: View, spot: Spot) -> bool:
    """ "lúc 8 giờ", "8 giờ 30", "từ 7 giờ đến 17 giờ"; but "trong 24 giờ", "24 - 48 giờ"."""
    before = spot.before
    if before and before[-1] in words.lists["clock_units"]:
        return True
    if spot.unit.words in words.lists["minute_units"]:
        return False  # minutes are clock times behind their hour only: "giảm từ 15 phút xuống 10 phút"
    groups = spot.match.groupdict()
    last = groups.get("high") or spot.figure
    if not last.isdigit() or int(last) > _HOURS_OF_A_DAY:
        return False
    if groups.get("low_noun") or words.patterns["clock_after"].match(view.folded, spot.unit.end):
        return True
    if not before or "low" in groups or words.patterns["changed"].match(view.lower, spot.unit.end):
        return False
    late = before[-1] in words.lists["late_clock_heads"] and _NOON < int(last) < _HOURS_OF_A_DAY
    return late or before[-1] in words.lists["clock_heads"]


def _is_dated(words: CountWords, view: View, unit: Unit) -> bool:
    """A year follows: "đợt 1 năm 2025", "học kỳ 1 năm học …"; but "giai đoạn 5 năm 2021 - 2025"."""
    if unit.words not in words.lists["year_units"]:
        return False
    return " " in unit.words or _YEAR_FOLLOWS.match(view.folded, unit.end) is not None


def one_counts(words: CountWords, view: View, spot: Spot, per: str | None, bound: Bound | None) -> bool:
    """Whether "một" counts: bounded, of a rate, a number of times, a duration, or a thing given; else an article."""
    unit, before, lists = spot.unit, " ".join(spot.before).split(), words.lists
    last = before[-1] if before else ""
    phrases = {last, " ".join(before[-2:])}
    if phrases & lists["single_use"]:
        return False
    if unit.words in lists["time_counts"]:
        return per is not None or words.sorts.get(last) != "time"
    if bound is not None:
        return True
    if unit.sort == "time":
        return bool(phrases & lists["span_heads"] or lists["earlier_or_later"].intersection(before[-_ONE_REACH:]))
    if per is not None and words.sorts.get(fold_tones(per)) == "time":
        return True
    if unit.sort != "noun" or unit.words in lists["vague_nouns"] or view.plain[unit.start].isupper():
        return False
    return bool(phrases & lists["giving_words"])
