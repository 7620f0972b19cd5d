"""Short forms where the text defines them (ANNOTATION.md, "abbreviation")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractor.grammar import Grammar, Rule
from extractor.language.folding import fold_tones
from extractor.language.view import LOWER, MASK, UPPER, View
from extractor.plan import Abbreviation
from extractor.tagging.context import Context

_REACH: Final = 400
"""Code points before a short form in which its long form stands."""
_FEWEST_WORDS: Final = 3
_MOST_WORDS: Final = 14
"""Words of a long form whose beginning the letters do not tell."""

_WORD: Final = re.compile(f"[{LOWER}{UPPER}0-9]+")
_CLAUSE_ENDS: Final = '.;:|()"\n\t' + MASK
_LETTERS: Final = re.compile(f"[{UPPER}]")
_ALL_CAPITALS: Final = re.compile(f"[{UPPER}0-9]{{2,6}}|[{UPPER}]{{1,3}}o[{UPPER}]")
_ROMAN: Final = re.compile("[IVXLC]+")
_BEFORE_BRACKET: Final = re.compile(rf"([{UPPER}][{UPPER}&-]{{1,10}}) *\Z")


@dataclass(frozen=True, slots=True)
class _Words:
    """What the lexicon says, folded and in lower case."""

    foreign: Mapping[str, Sequence[str]]
    units: frozenset[str]
    unspoken: frozenset[str]
    before_phrase: frozenset[tuple[str, ...]]


@cache
def _words(grammar: Grammar) -> _Words:
    def folded(words: Sequence[str]) -> list[str]:
        return [fold_tones(word).lower() for word in words]

    lexicon = grammar.lexicon
    return _Words(
        foreign={
            short.lower(): sorted(folded(longs), key=len, reverse=True)
            for short, longs in lexicon["foreign_abbreviations"].items()
        },
        units=frozenset(lexicon["letters_of_units"]),
        unspoken=frozenset(folded(lexicon["unspoken_words"])),
        before_phrase=frozenset(tuple(phrase.split()) for phrase in folded(lexicon["before_phrase"])),
    )


def tag_abbreviations(view: View, context: Context) -> list[Abbreviation]:
    """The abbreviations that a (masked) view defines, in text order."""
    words = _words(context.grammar)
    found: list[Abbreviation] = []
    view = view.hide(context.outline.zones_of("recipients"))  # codes of those who keep a copy: "VT, NC (2b)"
    for rule, match in _matches(view, context):
        places = _READERS[rule.form](view, match, words)
        if places is None:
            continue
        (start, end), (long_start, long_end) = places
        long = view.words(long_start, long_end).strip(' "“”,')
        short = view.words(start, end)
        if long and long.lower() != short.lower():
            found.append(
                Abbreviation(
                    start=start,
                    end=end,
                    text=view.composed[start:end],
                    rule=rule.id,
                    confidence=rule.confidence,
                    short=short,
                    long=long,
                )
            )
    return _without_overlaps(found)


def _matches(view: View, context: Context) -> Iterator[tuple[Rule, re.Match[str]]]:
    for rule in context.grammar.rules.get("abbreviation", ()):
        if not rule.starts:
            yield from ((rule, match) for match in rule.pattern.finditer(view.plain))
    for start, rules in context.hits.get("abbreviation", ()):
        for rule in rules:
            announced = rule.pattern.match(view.plain, start)
            if announced is not None:
                yield rule, announced
                break


def _without_overlaps(found: list[Abbreviation]) -> list[Abbreviation]:
    kept: list[Abbreviation] = []
    for mention in sorted(found, key=lambda mention: (mention.start, mention.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


Place = tuple[int, int]


def _bracketed(view: View, match: re.Match[str], words: _Words) -> tuple[Place, Place] | None:
    """ "sản xuất sạch hơn (SXSH)"."""
    short = match["short"]
    if len(_LETTERS.findall(short)) < 2 or short in words.units:
        return None
    end = _before_sign(view.plain, match.start())
    start = _long_start(view, short, end, words, trailing=False)
    if start is None and _ALL_CAPITALS.fullmatch(short) and not _ROMAN.fullmatch(short):
        start = _phrase_start(view, end, words)
    return None if start is None else (match.span("short"), (start, end))


def _bracketed_words(view: View, match: re.Match[str], words: _Words) -> tuple[Place, Place] | None:
    """ "Trung tâm Y tế huyện (TTYT huyện)": each letter and each word must be that of the words before."""
    end = _before_sign(view.plain, match.start())
    short = match["short"]
    start = _long_start(view, short, end, words, trailing=False)
    if start is None:
        start = _first_half_start(view, short, end, words)
    return None if start is None else (match.span("short"), (start, end))


def _first_half_start(view: View, short: str, end: int, words: _Words) -> int | None:
    """Where a name begins whose words up to an "và" the short form has: "Vụ TK" of "Vụ Thống kê và Kế hoạch"."""
    before = _words_before(view, end)
    for units in _units(short):
        for index, word in enumerate(before, 1):
            if word[0] == "và" and (start := _match_units(units, before[index:], words.unspoken)) is not None:
                return start
    return None


def _announced(view: View, match: re.Match[str], words: _Words) -> tuple[Place, Place] | None:
    """ "Chương trình giảm nghèo bền vững (sau đây gọi tắt là Chương trình)"."""
    group = "quoted" if match["quoted"] else "short"
    end = _before_sign(view.plain, match.start())
    opened = view.plain[end : match.start()].strip()
    if opened not in ("(", ",") or (opened == "," and _in_brackets(view.plain, end)):
        return None
    place = match.span(group)
    if opened == "(":  # a short form in brackets may hold commas
        closing = view.plain.find(")", match.end(group), match.end(group) + 80)
        if group == "short" and closing > 0 and "\n" not in view.plain[match.end(group) : closing]:
            place = (match.start(group), match.start(group) + len(view.plain[match.start(group) : closing].rstrip()))
    short = view.plain[slice(*place)]
    start = _long_start(view, short, end, words, trailing=True)
    if start is None:
        start = _same_words_start(view, short, end)
    if start is None:
        start = _group_start(view, short, end) or _phrase_start(view, end, words)
    return None if start is None else (place, (start, end))


def _in_brackets(plain: str, at: int) -> bool:
    return plain.rfind("(", max(0, at - 200), at) > plain.rfind(")", max(0, at - 200), at)


def _reversed(view: View, match: re.Match[str], words: _Words) -> tuple[Place, Place] | None:
    """ "SXSH (sản xuất sạch hơn)"."""
    before = _BEFORE_BRACKET.search(view.plain, max(0, match.start() - 14), match.start())
    if before is None:
        return None
    start = _long_start(view, before[1], match.end("long"), words, trailing=False)
    return (before.span(1), match.span("long")) if start == match.start("long") else None


def _listed(view: View, match: re.Match[str], words: _Words) -> tuple[Place, Place] | None:
    """ "BVTV: Bảo vệ thực vật"."""
    if len(_LETTERS.findall(match["short"])) < 2:
        return None
    start = _long_start(view, match["short"], match.end("long"), words, trailing=False)
    return (match.span("short"), match.span("long")) if start == match.start("long") else None


_Reader = Callable[[View, re.Match[str], _Words], tuple[Place, Place] | None]
_READERS: Final[Mapping[str, _Reader]] = {
    "bracketed": _bracketed,
    "bracketed-words": _bracketed_words,
    "announced": _announced,
    "reversed": _reversed,
    "listed": _listed,
}


def _before_sign(plain: str, at: int) -> int:
    """Where the words end before an opening bracket, comma or quotation mark that stands before ``at``."""
    while at > 0 and plain[at - 1] in ' ("-,':
        at -= 1
    return at


def _words_before(view: View, end: int) -> list[re.Match[str]]:
    """The words of the clause that ends at ``end``, the last first."""
    clause = max(0, end - _REACH)
    for sign in _CLAUSE_ENDS:
        clause = max(clause, view.lower.rfind(sign, clause, end) + 1)
    return list(_WORD.finditer(view.lower, clause, end))[::-1]


def _long_start(view: View, short: str, end: int, words: _Words, *, trailing: bool) -> int | None:
    """Where the words begin whose first letters ``short`` gives, or that are said for it; they end at ``end``.

    ``trailing``: other words may stand behind those that have the letters ("UBND xã" of "Ủy ban nhân dân xã Tân Hội").
    """
    lower = fold_tones(short).lower()
    for long in words.foreign.get(" ".join(lower.split()), ()):
        start = end - len(long)
        if view.lower.startswith(long, max(0, start)) and not view.lower[start - 1 : start].isalnum():
            return start
    if not _LETTERS.search(short):
        return None
    before = _words_before(view, end)
    for units in _units(short):
        if trailing and len(units) > 1 and len(units[0]) > 1 and before and before[0][0] == units[0]:
            units, before = units[1:], before[1:]  # "BCĐ tỉnh" of "Ban Chỉ đạo phòng, chống ma túy tỉnh"
        for skipped in range(len(before) if trailing else 1):
            if (begun := _match_units(units, before[skipped:], words.unspoken)) is not None:
                return begun
    return None


def _units(short: str) -> list[list[str]]:
    """The letters and words that the long form must have, the last first; once by capitals, once by all letters."""
    by_capitals: list[str] = []
    by_letters: list[str] = []
    for token in re.findall(r"[^\W_]+", short):
        lower = fold_tones(token).lower()
        capitals = [letter.lower() for letter in _LETTERS.findall(token)]
        if len(capitals) < 2:
            by_capitals.append(lower)
            by_letters.append(lower)
        else:
            by_capitals += capitals
            by_letters += lower
    return [by_capitals[::-1], by_letters[::-1]] if by_letters != by_capitals else [by_capitals[::-1]]


def _match_units(units: Sequence[str], before: Sequence[re.Match[str]], unspoken: frozenset[str]) -> int | None:
    """Where the words (the last first) begin that have just these units; unspoken words may stand between them."""
    at = 0
    start: int | None = None
    for unit in units:
        while at < len(before) and not _has(before[at][0], unit):
            if start is None or before[at][0] not in unspoken:
                return None
            at += 1
        if at == len(before):
            return None
        start = before[at].start()
        at += 1
    return start


def _has(word: str, unit: str) -> bool:
    """Whether a word is the unit, or begins with its letter, whatever marks the vowel has ("Ủy" with U)."""
    return _bare(word[0]) == _bare(unit) if len(unit) == 1 else word == unit


@cache
def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _same_words_start(view: View, short: str, end: int) -> int | None:
    """Where the phrase before ``end`` begins that has the first words of ``short``: "Đề án …" for "Đề án"."""
    lower = view.lower
    tokens = fold_tones(short).lower().split()
    reach = max(0, end - 2 * _REACH)
    clause = max(lower.rfind("\n", reach, end), lower.rfind(MASK, reach, end), reach - 1) + 1
    for count in range(len(tokens), min(2, len(tokens)) - 1, -1):
        pattern = r"[\s,]+".join(map(re.escape, tokens[:count]))
        places = [match.start() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", lower[clause:end])]
        if places:
            return clause + places[-1]
    return None


def _group_start(view: View, short: str, end: int) -> int | None:
    """Where the enumeration before ``end`` begins that a plural sums up: "các sở, ngành (gọi chung là các đơn vị)"."""
    before = _words_before(view, end) if " " in short else []
    return next((word.start() for word in reversed(before) if word[0] == "các"), None)


def _phrase_start(view: View, end: int, words: _Words) -> int | None:
    """Where the phrase that ends at ``end`` begins, as far as the words before it tell."""
    before = _words_before(view, end)
    count = _phrase_length(view, before, words, verbs=True)
    if count < _FEWEST_WORDS:  # "Học viện Cán bộ quản lý xây dựng và đô thị": the verb is part of a name
        count = _phrase_length(view, before, words, verbs=False)
    return before[count - 1].start() if count >= _FEWEST_WORDS else None


def _phrase_length(view: View, before: Sequence[re.Match[str]], words: _Words, *, verbs: bool) -> int:
    """How many of the words before (the last first) make the phrase; ``verbs``: it may not hold a verb."""
    count = 0
    for index, word in enumerate(before[:_MOST_WORDS]):
        pair = (before[index + 1][0], word[0]) if index + 1 < len(before) else ()
        if (word[0],) in words.before_phrase or (verbs and index > 1 and pair in words.before_phrase):
            break
        if index and "," in view.plain[word.end() : before[index - 1].start()]:
            break
        count = index + 1
    while count and before[count - 1][0] in words.unspoken:
        count -= 1
    return count
