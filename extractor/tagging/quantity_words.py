"""The words round a number: which are its unit, which make it a name, how they say it is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
_REACH: Final = 64
"""So many code points before a number are looked at."""
_LONGEST_PHRASE: Final = 3
_FILLERS: Final = 3
"""So many words may stand between a bound and its number: "ít nhất phải có 02 …"."""
_CELL_EDGE: Final = re.compile(r"[\n\t|]")
_NUMBER_IN_LIST: Final = re.compile(r"[0-9]{1,3}[,;]?")
_JOINTS: Final = ("và", "hoặc")
_FROM_ON: Final = re.compile(r"[^.;:|\n0-9]{0,50}?(?<!\w)trở (lên|xuống)(?!\w)")

_WORD: Final = r"[^\W\d_]\w{0,15}"
_NOUN: Final = rf"(?P<noun>%|{_WORD}(?: {_WORD}){{0,4}})"
_RATE: Final = rf"(?P<gap>(?: {_WORD}){{0,4}}?)(?: ?/ ?(?:(?P<times>[0-9][0-9.]{{0,8}}) ?)?| (?P<each>mỗi|một) ){_NOUN}"
_SPREAD: Final = rf"mỗi {_NOUN}[^.;:]{{0,80}}"


@dataclass(frozen=True, slots=True)
class Unit:
    """The noun after a number: its place in the view, its words (folded, single blanks), its sort."""

    start: int
    end: int
    words: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class CountWords:
    """The lexicon of quantities (grammars/lexicon/units.yaml) as sets and tables of folded words."""

    sorts: Mapping[str, Sort]
    scales: Mapping[str, int]
    bounds: Mapping[str, Bound]
    alternatives: tuple[frozenset[str], ...]
    lists: Mapping[str, frozenset[str]]
    """The lists that are only looked into, by name."""
    rate: re.Pattern[str]
    """A slash and what stands below it, or "mỗi năm"; groups gap, times, each, noun."""
    spread: re.Pattern[str]
    """ "mỗi lớp …" up to a number; group noun."""
    idiom: re.Pattern[str]
    """A number phrase that counts nothing: "hai bên", "24/7"."""

    def unit(self, text: str, start: int, after: str) -> Unit | None:
        """The longest noun of the lexicon with which the words ``after``, at ``start`` of ``text``, begin."""
        pieces = after.split()
        for count in range(len(pieces), 0, -1):
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
        people = self.lists["people_words"]
        return unit.words in people or unit.words.split(" ", 1)[0] in people or " ".join(unit.words.split()[:2]) in people


_LISTS: Final = (
    "share_units",
    "name_heads",
    "address_heads",
    "people_words",
    "no_heads",
    "head_determiners",
    "bound_fillers",
    "bound_or_place",
    "spread_ends",
    "item_openers",
    "uncounted_words",
    "single_use",
    "span_heads",
    "clock_heads",
    "item_ends",
)
_loaded: dict[str, CountWords] = {}


def count_words(grammar: Grammar) -> CountWords:
    """The words of quantities of a grammar, made once for each."""
    words = _loaded.get(grammar.hash)
    if words is None:
        words = _loaded[grammar.hash] = CountWords(
            sorts={fold_tones(unit): sort for name, sort in _SORTS for unit in grammar.words(name)},
            scales=grammar.lexicon["number_scales"],
            bounds={fold_tones(word): bound for word, bound in grammar.lexicon["bound_words"].items()},
            alternatives=tuple(frozenset(map(fold_tones, group)) for group in grammar.lexicon["unit_alternatives"]),
            lists={name: frozenset(map(fold_tones, grammar.words(name))) for name in _LISTS},
            rate=grammar.compile(_RATE),
            spread=grammar.compile(_SPREAD),
            idiom=grammar.compile(r"{number_idioms}(?!\w)"),
        )
    return words


def words_before(lower: str, start: int) -> list[str]:
    """The words of the same paragraph or cell before a place of the view, punctuation with them."""
    text = lower[max(0, start - _REACH) : start]
    return _CELL_EDGE.split(text)[-1].replace(MASK, f" {MASK} ").replace("(", "( ").split()


def names_number(words: CountWords, before: Sequence[str], unit: Unit, *, year_follows: bool) -> bool:
    """Whether the words before a number make it a name or an ordinal: "khoản 2", "các thôn 1, 2 và 3 xã …"."""
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
    if unit.sort in ("noun", "unknown"):
        return not words.counts_people(unit)
    return year_follows


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


def bound_after(lower: str, end: int) -> Bound | None:
    """How the words after a quantity bound it: "từ 50 lao động trở lên" min, "trở xuống" max."""
    match = _FROM_ON.match(lower, end)
    return None if match is None else "min" if match[1] == "lên" else "max"
