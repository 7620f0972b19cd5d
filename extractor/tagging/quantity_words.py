"""The words round a number: which are its unit, which make it a name, how they say it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from extractor.grammar import Grammar
from extractor.language.folding import fold_tones
from extractor.language.view import MASK
from extractor.plan import Bound

Sort = Literal["noun", "time", "measure", "share", "unknown"]

_SORTS: Final[tuple[tuple[str, Sort], ...]] = (
    ("counted_nouns", "noun"),
    ("time_units", "time"),
    ("measure_units", "measure"),
    ("share_units", "share"),
)
_LISTS: Final = (
    "share_units",
    "clock_units",
    "year_units",
    "issue_units",
    "part_year_units",
    "name_heads",
    "address_heads",
    "rank_heads",
    "clock_heads",
    "span_heads",
    "no_heads",
    "head_determiners",
    "people_words",
    "bound_fillers",
    "bound_or_place",
    "uncounted_words",
    "single_use",
    "time_counts",
    "each_words",
    "spread_ends",
    "item_openers",
    "item_ends",
)
_WORD: Final = r"[^\W\d_]\w{0,15}"
_NOUN: Final = rf"(?P<noun>%|{_WORD}(?: {_WORD}){{0,4}})"
_PATTERNS: Final = {
    "rate": rf"(?P<gap>(?: {_WORD}){{0,4}}?)"
    rf"(?: ?/ ?(?:(?P<times>[0-9][0-9.]{{0,8}}) ?)?| (?P<each>{{each_words}}) ){_NOUN}",
    "spread": rf"mỗi {_NOUN}[^.;:]{{0,80}}",
    "bound_after": r"[^.;:|\n0-9]{0,50}?(?<!\w)(?P<bound>{bounds_after})(?!\w)",
    "idiom": r"{number_idioms}(?!\w)",
    "clock_after": r"\s*+(?:[0-9]{1,2}(?:\s*+{clock_units}(?!\w)|(?![0-9]|\s*+[^\W\d]))|{clock_ends}(?!\w))",
    "year_part_after": r" ?{year_parts}(?!\w)",
    "issue_after": r" ?(?:[^\w ]|\Z|{issue_ends}(?!\w))",
}
"""Patterns of what stands right after a number or a unit, or before a number."""
_REACH: Final = 64
"""So many code points before a number are looked at."""
_LONGEST_PHRASE: Final = 3
_FILLERS: Final = 3
"""So many words may stand between a bound and its number: "ít nhất phải có 02 …"."""
_CELL_EDGE: Final = re.compile(r"[\n\t|]")
_NUMBER_IN_LIST: Final = re.compile(r"[0-9]{1,3}[,;]?")
_JOINTS: Final = ("và", "hoặc")


@dataclass(frozen=True, slots=True)
class Unit:
    """The noun after a number: its place in the view, its words (folded, single blanks), its sort."""

    start: int
    end: int
    words: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class CountWords:
    """The lexicon of quantities (grammars/lexicon/units.yaml): sets and tables of folded words, patterns."""

    sorts: Mapping[str, Sort]
    lengths: Mapping[str, int]
    """How many words the longest unit has that begins with a word."""
    scales: Mapping[str, int]
    bounds: Mapping[str, Bound]
    alternatives: tuple[frozenset[str], ...]
    lists: Mapping[str, frozenset[str]]
    """The lists that are only looked into, by name."""
    patterns: Mapping[str, re.Pattern[str]]

    def unit(self, text: str, start: int, after: str) -> Unit | None:
        """The longest noun of the lexicon with which the words ``after``, at ``start`` of ``text``, begin."""
        pieces = after.split()
        longest = self.lengths.get(pieces[0], 0) if pieces else 0
        for count in range(min(longest, len(pieces)), 0, -1):
            words = " ".join(pieces[:count])
            if sort := self.sorts.get(words):
                end = start
                for piece in pieces[:count]:
                    end = text.index(piece, end) + len(piece)
                return Unit(start, end, words, sort)
        return None

    def either(self, left: str, right: str) -> bool:
        """Whether a slash between these nouns means "or"."""
        return any(left in group and right in group for group in self.alternatives)

    def counts_people(self, unit: Unit) -> bool:
        """Whether a unit is people or households, of whom a name like "lớp", "tổ" is said to have some."""
        pieces = unit.words.split()
        return not self.lists["people_words"].isdisjoint((unit.words, pieces[0], " ".join(pieces[:2])))


_loaded: dict[str, CountWords] = {}


def count_words(grammar: Grammar) -> CountWords:
    """The words of quantities of a grammar, made once for each."""
    words = _loaded.get(grammar.hash)
    if words is None:
        sorts: dict[str, Sort] = {fold_tones(unit): sort for name, sort in _SORTS for unit in grammar.words(name)}
        bounds = {**grammar.lexicon["bound_words"], **grammar.lexicon["bounds_after"]}
        words = _loaded[grammar.hash] = CountWords(
            sorts=sorts,
            lengths=_lengths(sorts),
            scales=grammar.lexicon["number_scales"],
            bounds={fold_tones(word): bound for word, bound in bounds.items()},
            alternatives=tuple(frozenset(map(fold_tones, group)) for group in grammar.lexicon["unit_alternatives"]),
            lists={name: frozenset(map(fold_tones, grammar.words(name))) for name in _LISTS},
            patterns={name: grammar.compile(pattern) for name, pattern in _PATTERNS.items()},
        )
    return words


def _lengths(units: Iterable[str]) -> dict[str, int]:
    lengths: dict[str, int] = {}
    for unit in units:
        pieces = unit.split()
        lengths[pieces[0]] = max(lengths.get(pieces[0], 0), len(pieces))
    return lengths


def words_before(lower: str, start: int) -> list[str]:
    """The words of the same paragraph or cell before a place of the view, punctuation with them."""
    text = _CELL_EDGE.split(lower[max(0, start - _REACH) : start])[-1]
    return text.replace(MASK, f" {MASK} ").replace("(", "( ").split()


def names_number(words: CountWords, before: Sequence[str], unit: Unit, *, dated: bool) -> bool:
    """Whether the words before a number make it a name or an ordinal: "khoản 2", "các thôn 1, 2 và 3 xã …".

    A measure or duration after "giai đoạn" and its like counts ("giai đoạn 5 năm") unless ``dated`` ("đợt 1 năm 2025").
    """
    end = len(before)
    while end > 1 and (
        _NUMBER_IN_LIST.fullmatch(before[end - 1])
        or (before[end - 1] in _JOINTS and _NUMBER_IN_LIST.fullmatch(before[end - 2]))
    ):
        end -= 1
    if not end:
        return False
    phrases = {" ".join(before[end - count : end]) for count in range(1, min(end, _LONGEST_PHRASE) + 1)}
    if phrases & words.lists["no_heads"] or (end > 1 and before[end - 2] in words.lists["head_determiners"]):
        return False
    if unit.sort != "time" and end > 1 and before[end - 2].isdigit() and words.sorts.get(before[end - 1]) == "time":
        return False  # the head is counted itself: "01 năm 02 lần"
    if phrases & words.lists["name_heads"]:
        return unit.sort != "share"
    if not phrases & words.lists["address_heads"]:
        return False
    return not words.counts_people(unit) if unit.sort in ("noun", "unknown") else dated


def bound_before(words: CountWords, before: Sequence[str], unit: Unit, *, few: bool) -> Bound | None:
    """How the words before a number bound it: "khoảng" approx, "ít nhất" min, "không quá" max.

    "trên" before a ``few`` places or things says where ("trên 04 lĩnh vực") and bounds nothing.
    """
    end = len(before)
    for _ in range(_FILLERS + 1):
        for count in range(min(end, _LONGEST_PHRASE), 0, -1):
            phrase = " ".join(before[end - count : end])
            if bound := words.bounds.get(phrase):
                place = few and unit.sort == "noun" and phrase in words.lists["bound_or_place"]
                return None if place and not words.counts_people(unit) else bound
        if not end or before[end - 1] not in words.lists["bound_fillers"]:
            return None
        end -= 1
    return None


def bound_after(words: CountWords, lower: str, end: int) -> Bound | None:
    """How the words after a quantity bound it: "từ 50 lao động trở lên" min, "trở xuống" max."""
    match = words.patterns["bound_after"].match(lower, end)
    return None if match is None else words.bounds[" ".join(match["bound"].split())]
