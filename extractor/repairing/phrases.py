"""Repairs that the lexicon proves: words that have the letters of one of its phrases and other marks.

Which lists prove what is said in grammars/lexicon/ocr.yaml. A phrase proves nothing where the lexicon has a second one
with the same letters, and no word is changed that stands in a phrase of the lexicon as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final

from extractor.grammar import Grammar
from extractor.repairing.edits import Edit, Finding
from extractor.repairing.letters import dressed, plain, spelling

Span = tuple[int, int]
Letters = tuple[str, ...]

_WORD: Final = re.compile(r"[^\W\d_]+")
_GAP: Final = re.compile(r"[ \t]*\n?[ \t]*([-–—,&]?)[ \t]*\n?[ \t]*")
_SURE: Final = 3
"""Syllables from which a phrase proves itself anywhere."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a lexicon list, with the sign that stands before each but the first ("" for a blank)."""

    words: Letters
    signs: Letters
    source: str
    head: int = 0
    """How many words at its beginning must stand as they are."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read, without marks (``letters``), the sign before it (``None``: more than a sign), and what
    begins its line before it."""

    start: int
    end: int
    text: str
    letters: str
    sign: str | None
    opening: str


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Phrases that prove, the longest first, by the letters of their first two words; and all that is sound."""

    proofs: dict[Letters, list[Phrase]]
    sound: dict[Letters, set[Letters]]
    """Phrases of the whole lexicon by their first two words, in one spelling."""


def find_phrases(text: str, lines: Sequence[Span], grammar: Grammar) -> Iterator[Finding]:
    """Where words of ``lines`` (start, end) are a phrase with other marks; findings do not overlap."""
    book = phrasebook(grammar)
    words = list(_words(text, lines))
    kept = _sound_words(words, book)
    at = 0
    while at < len(words) - 1:
        proven = (phrase for phrase in _candidates(words, at, book) if _proves(phrase, words, at, kept, grammar))
        phrase = next(proven, None)
        if phrase is not None:
            read = words[at : at + len(phrase.words)]
            yield Finding(read[0].start, read[-1].end, phrase.source, tuple(_edits(read, phrase)))
        at += len(phrase.words) if phrase is not None else 1


@cache
def phrasebook(grammar: Grammar) -> Phrasebook:
    """The phrases of a grammar's lexicon."""
    proofs = list(_proofs(grammar))
    sound: dict[Letters, set[Letters]] = {}
    spellings: dict[Letters, set[Letters]] = {}
    near_misses = set(map(_split, grammar.lexicon["ocr_sound"]))
    for words in [*map(_split, _strings(grammar.lexicon)), *(phrase.words for phrase in proofs)]:
        if len(words) > 1:
            spelt = tuple(map(spelling, words))
            sound.setdefault(spelt[:2], set()).add(spelt)
            if words not in near_misses:
                spellings.setdefault(_letters(words), set()).add(spelt)
    by_letters: dict[Letters, list[Phrase]] = {}
    for phrase in sorted(proofs, key=lambda phrase: -len(phrase.words)):
        if len(spellings[_letters(phrase.words)]) == 1 and len(spellings.get(_letters(_body(phrase)), "x")) == 1:
            by_letters.setdefault(_letters(phrase.words[:2]), []).append(phrase)
    return Phrasebook(by_letters, sound)


def _proofs(grammar: Grammar) -> Iterator[Phrase]:
    """What the lists that prove hold: phrases of three words or more, of two where the list is closed."""
    lexicon = grammar.lexicon
    for name in [*lexicon["ocr_lists"], *lexicon["ocr_closed"]]:
        least = 2 if name in lexicon["ocr_closed"] else _SURE
        for entry in _strings(lexicon[name]):
            if len(_split(entry)) >= least:
                yield _phrase(entry, name)
    for name, heads in lexicon["ocr_heads"].items():
        for entry in grammar.words(name):
            for head in heads if len(_split(entry)) > 1 else ():
                yield _phrase(f"{head} {entry}", name, len(_split(head)))


def _phrase(entry: str, source: str, head: int = 0) -> Phrase:
    words = list(_WORD.finditer(entry))
    signs = (_GAP.fullmatch(entry, left.end(), right.start()) for left, right in pairwise(words))
    return Phrase(_split(entry), tuple(_one_sign(gap[1]) if gap else "?" for gap in signs), source, head)


def _strings(entry: Any) -> Iterator[str]:
    """All words of a part of the lexicon."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for key, value in entry.items():
            yield from (*_strings(key), *_strings(value))
    elif isinstance(entry, list):
        for item in entry:
            yield from _strings(item)


def _split(entry: str) -> Letters:
    return tuple(_WORD.findall(entry))


def _letters(words: Iterable[str]) -> Letters:
    return tuple(plain(word).lower() for word in words)


def _body(phrase: Phrase) -> Letters:
    return phrase.words[phrase.head :]


def _one_sign(sign: str) -> str:
    return "-" if sign in ("–", "—") else sign


def _words(text: str, lines: Sequence[Span]) -> Iterator[Word]:
    """The words of lines, in order."""
    done = 0
    for start, end in lines:
        for match in _WORD.finditer(text, start, end):
            gap = _GAP.fullmatch(text, done, match.start())
            sign = _one_sign(gap[1]) if gap and gap.group() else None
            letters = plain(match.group()).lower()
            yield Word(*match.span(), match.group(), letters, sign, text[start : match.start()])
            done = match.end()


def _sound_words(words: Sequence[Word], book: Phrasebook) -> set[int]:
    """Which words (by their number) stand in a phrase of the lexicon as they were read."""
    spelt = [spelling(word.text) for word in words]
    kept: set[int] = set()
    for at, pair in enumerate(pairwise(spelt)):
        for phrase in book.sound.get(pair, ()):
            if tuple(spelt[at : at + len(phrase)]) == phrase:
                kept.update(range(at, at + len(phrase)))
    return kept


def _candidates(words: Sequence[Word], at: int, book: Phrasebook) -> Iterator[Phrase]:
    """The phrases whose letters the words from ``at`` on have, the longest first."""
    for phrase in book.proofs.get((words[at].letters, words[at + 1].letters), ()):
        read = words[at : at + len(phrase.words)]
        same_signs = tuple(word.sign for word in read[1:]) == phrase.signs
        if same_signs and tuple(word.letters for word in read) == _letters(phrase.words):
            yield phrase


def _edits(read: Sequence[Word], phrase: Phrase) -> Iterator[Edit]:
    for word, meant in zip(read, phrase.words, strict=True):
        if spelling(word.text) != spelling(meant):
            yield Edit(word.start, word.end, dressed(word.text, meant))


def _proves(phrase: Phrase, words: Sequence[Word], at: int, kept: set[int], grammar: Grammar) -> bool:
    """Whether a phrase tells what stood where the words from ``at`` on were read with other marks."""
    read = words[at : at + len(phrase.words)]
    pairs = zip(read, phrase.words, strict=True)
    changed = [index for index, (word, meant) in enumerate(pairs) if spelling(word.text) != spelling(meant)]
    return (
        len(changed) > 0
        and (2 * len(changed) <= len(read) or _is_whole_line(words, at, len(read)))
        and min(changed) >= phrase.head
        and not any(at + index in kept for index in changed)
        and _stands_so(read, phrase, grammar)
    )


def _is_whole_line(words: Sequence[Word], at: int, count: int) -> bool:
    """Whether so many words from ``at`` on are all that stands on their line, and enough to be sure."""
    behind = words[at + count].opening if at + count < len(words) else ""
    return count >= _SURE and not any(map(str.isalnum, words[at].opening + behind))


def _stands_so(read: Sequence[Word], phrase: Phrase, grammar: Grammar) -> bool:
    """Whether words have the capitals of a phrase; a short one in capitals must begin its line."""
    if all(word.text.isupper() for word in read):
        return len(read) >= _SURE or _opens_line(grammar).fullmatch(read[0].opening) is not None
    pairs = zip(read[phrase.head :], _body(phrase), strict=True)
    capitals = [(word.text[0].isupper(), meant[0].isupper()) for word, meant in pairs]
    if len(read) < _SURE:
        return all(has == wants for has, wants in capitals)
    return all(has or not wants for has, wants in capitals)


@cache
def _opens_line(grammar: Grammar) -> re.Pattern[str]:
    """What stands before the first words of a line: signs, and in whose name one signs."""
    return grammar.compile(r"[\W_]*(?:{signing_forms}[. ]*)?")
