"""The words round a number: which are its unit, which make it a name, how they say it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from extractor.grammar import Grammar
from extractor.language.folding import fold_tones
from extractor.language.view import MASK
from extractor.plan import Bound

Sort = Literal["noun", "time", "measure", "share", "unknown"]

Doubt = Literal["clock", "issue", "part of a year"]

_SORTS: Final[tuple[tuple[str, Sort], ...]] = (
    ("counted_nouns", "noun"),
    ("time_units", "time"),
    ("measure_units", "measure"),
    ("share_units", "share"),
)
_DOUBTS: Final[tuple[tuple[str, Doubt], ...]] = (
    ("clock_units", "clock"),
    ("issue_units", "issue"),
    ("part_year_units", "part of a year"),
)
_LISTS: Final = (
    "share_units",
    "classifiers",
    "clock_units",
    "year_units",
    "name_heads",
    "address_heads",
    "provision_heads",
    "document_types",
    "rank_heads",
    "rank_units",
    "clock_heads",
    "late_clock_heads",
    "minute_units",
    "earlier_or_later",
    "giving_words",
    "vague_nouns",
    "grouped_people",
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
    "each_after",
    "parts_of",
    "spread_ends",
    "item_openers",
)
_WORD: Final = r"[^\W\d_]\w{0,15}+"
_NOUN: Final = rf"(?P<noun>%|{_WORD}(?: {_WORD}){{0,4}}+)"
_PATTERNS: Final = {
    "rate": rf"(?P<gap>(?: {_WORD}){{0,4}}?)"
    rf"(?: ?/ ?(?:(?P<times>[0-9][0-9.]{{0,8}}) ?)?| (?P<each>{{each_words}}) ){_NOUN}",
    "later": rf"(?P<gap>(?:,? {_WORD}){{0,6}}?)(?: (?:hoặc|và) [0-9][0-9.,]{{0,9}}(?: {_WORD}){{1,5}}?)?"
    rf"(?P<given> cho)? mỗi {_NOUN}",
    "clause_end": r" ?(?:[,.;:)|\n]|\Z| (?:và|hoặc)(?!\w))",
    "spread": rf"mỗi {_NOUN}[^.;:]{{0,80}}",
    "bound_after": r"(?P<bound>{bounds_after})(?!\w)",
    "idiom": r"{number_idioms}(?!\w)",
    "clock_after": r"\s*+(?:[0-9]{1,2}(?:\s*+{clock_units}(?!\w)|(?![0-9]|\s*+[^\W\d]))|{clock_ends}(?!\w))",
    "changed": r" (?:{change_words}) (?:{bound_words} )?[0-9]",
    "how_often": r" (?:một|0?1) {time_counts}(?!\w)",
    "multiplied": rf"(?: {_WORD}){{0,5}}? ?(?:{{multiplied_by}}) ?",
    "year_part_after": r" ?{year_parts}(?!\w)",
    "issue_after": r" ?(?:[^\w ]|\Z|{issue_ends}(?!\w))",
    "average": r"(?<!\w){averages}(?!\w)",
    "number_of": r"(?<!\w)số lượng[^.;:0-9]{0,24} ?:? ?\Z",
    "made": r"(?<!\w)(?>{making_verbs}(?!\w)(?:(?:,| và)? {making_verbs}(?!\w))*+) "
    r"(?P<object>(?!{item_ends}(?!\w))[^.;:()0-9]{2,80}?)(?=[.;:(]|,? {made_ends}(?!\w))",
    "phrase": r"(?: (?!{item_ends}(?![\w-]))[^\W\d_][\w-]{0,20}+(?!\w)){0,8}+",
}
"""Patterns of what stands right after a number or a unit, or before a number."""
_REACH: Final = 64
"""So many code points before a number are looked at."""
LONGEST_PHRASE: Final = 3
_NEAR: Final = 6
"""So many words before a number stand one by one; those before them are read only where it ends a list of numbers."""
_FILLERS: Final = 3
"""So many words may stand between a bound and its number: "ít nhất phải có 02 …"."""
_TO_BOUND: Final = re.compile(r"[^.;:|\n0-9]{0,50}+(?<!\w)")
"""What may stand between a quantity and "trở lên"."""
_BOUND_REACH: Final = 64
_JOINTS: Final = frozenset(("và", "hoặc"))
_DIGITS: Final = frozenset("0123456789")


class Unit(NamedTuple):
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
    doubts: Mapping[str, Doubt]
    """The units that need a second look, and why."""
    scales: Mapping[str, int]
    bounds: Mapping[str, Bound]
    alternatives: tuple[frozenset[str], ...]
    lists: Mapping[str, frozenset[str]]
    """The lists that are only looked into, by name."""
    head_ends: frozenset[str]
    bound_ends: frozenset[str]
    """The last words of heads, of bounds: a look at one word spares most numbers the look at phrases."""
    before_numbers: frozenset[str]
    """The words of bounds and of what may stand between them and their number."""
    patterns: Mapping[str, re.Pattern[str]]

    def unit(self, text: str, start: int, after: str) -> Unit | None:
        """The longest noun of the lexicon with which the words ``after``, at ``start`` of ``text``, begin."""
        first = after.partition(" ")[0]
        longest = self.lengths.get(first, 0)
        if not longest:
            return None
        words = first if longest == 1 else " ".join(after.split(None, longest)[:longest])
        while words and words not in self.sorts:
            words = words.rpartition(" ")[0]
        if not words:
            return None
        end = start + len(words)
        if not text.startswith(words, start):  # several blanks between its words
            end = start
            for piece in words.split(" "):
                end = text.index(piece, end) + len(piece)
        return Unit(start, end, words, self.sorts[words])

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
        lists = {name: frozenset(fold_tones(word).lower() for word in grammar.words(name)) for name in _LISTS}
        bounds = {**grammar.lexicon["bound_words"], **grammar.lexicon["bounds_after"]}
        words = _loaded[grammar.hash] = CountWords(
            sorts=sorts,
            lengths=_lengths(sorts),
            doubts={fold_tones(unit): doubt for name, doubt in _DOUBTS for unit in grammar.words(name)},
            scales=grammar.lexicon["number_scales"],
            bounds={fold_tones(word): bound for word, bound in bounds.items()},
            alternatives=tuple(frozenset(map(fold_tones, group)) for group in grammar.lexicon["unit_alternatives"]),
            lists=lists,
            head_ends=_last_words(lists["name_heads"] | lists["address_heads"] | lists["provision_heads"]),
            bound_ends=_last_words(map(fold_tones, bounds)),
            before_numbers=lists["bound_fillers"].union(*(fold_tones(bound).split() for bound in bounds)),
            patterns={name: grammar.compile(pattern) for name, pattern in _PATTERNS.items()},
        )
    return words


def _lengths(units: Iterable[str]) -> dict[str, int]:
    lengths: dict[str, int] = {}
    for unit in units:
        pieces = unit.split()
        lengths[pieces[0]] = max(lengths.get(pieces[0], 0), len(pieces))
    return lengths


def _last_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in phrases)


def words_before(lower: str, start: int) -> list[str]:
    """The words of the same paragraph or cell before a place of the view, punctuation with them.

    What is taken stands as one ``MASK``, and nothing before it. The first may be several words, unless a number or
    "và" is the last.
    """
    text = lower[start - _REACH if start > _REACH else 0 : start]
    if "\n" in text:
        text = text.rpartition("\n")[2]
    if "|" in text:
        text = text.rpartition("|")[2]
    if "\t" in text:
        text = text.rpartition("\t")[2]
    if MASK in text:
        text = f"{MASK} {text.rpartition(MASK)[2]}"
    if "(" in text:
        text = text.replace("(", "( ")
    words = text.rsplit(None, _NEAR)
    return words if len(words) <= _NEAR or not joins_numbers(words[-1]) else text.split()


def joins_numbers(word: str) -> bool:
    """Whether a word before a number may stand between it and others: "thôn 1, 2 và 3"."""
    return word in _JOINTS or word[0] in _DIGITS


def bound_before(words: CountWords, before: Sequence[str], unit: Unit, *, few: bool) -> Bound | None:
    """How the words before a number bound it: "khoảng" approx, "ít nhất" min, "không quá" max.

    "trên" before a ``few`` places or things says where ("trên 04 lĩnh vực") and bounds nothing.
    """
    end = len(before)
    for _ in range(_FILLERS + 1):
        last = before[end - 1] if end else ""
        for count in range(min(end, LONGEST_PHRASE) if last in words.bound_ends else 0, 0, -1):
            phrase = " ".join(before[end - count : end])
            if bound := words.bounds.get(phrase):
                place = few and unit.sort == "noun" and phrase in words.lists["bound_or_place"]
                return None if place and not words.counts_people(unit) else bound
        if last not in words.lists["bound_fillers"]:
            return None
        end -= 1
    return None


def bound_after(words: CountWords, lower: str, end: int) -> Bound | None:
    """How the words after a quantity bound it: "từ 50 lao động trở lên" min, "trở xuống" max."""
    match = words.patterns["bound_after"].search(lower, end, end + _BOUND_REACH)
    if match is None or not _TO_BOUND.fullmatch(lower, end, match.start()):
        return None
    return words.bounds[" ".join(match["bound"].split())]
