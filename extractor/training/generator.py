"""Lines that nobody wrote: those of the gold with other bodies, other places, other numbers, and damage.

A line keeps its labels: a body's words give way to another body's (one of the gold's that trains, or one of the
lexicon), a line's bodies change places, figures change, and some lines come in capitals or without their diacritics, as
copies do. So a model learns where bodies stand, not which bodies there are.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from extractor.grammar import Grammar
from extractor.learned.lines import OUTSIDE, Labelled, Line, Word, words_of

_BODIES: Final = ("state_bodies", "party_bodies", "mass_bodies")
_HEADED: Final = (("Sở", "departments"), ("Bộ", "ministries"))
_CHANGED: Final = 0.7
"""The share of a line's bodies that give way."""
_BARE: Final = 0.05
"""The share of lines that lose their diacritics."""
_SHOUTED: Final = 0.05
"""The share of lines that come in capitals."""


def bodies(lines: Iterable[Labelled], grammar: Grammar) -> list[Line]:
    """The bodies that may stand in for others: those of the lines and of the lexicon, each once."""
    found = {
        tuple(line[first:last]) for line, labels, _ in lines for first, last, kind in runs(labels) if kind == "name"
    }
    names = [name for words in _BODIES for name in grammar.words(words)]
    names += [f"{head} {name}" for head, words in _HEADED for name in grammar.words(words)]
    looks = {tuple((word.form, word.shape) for word in body): body for body in sorted(found)}
    looks |= {tuple((word.form, word.shape) for word in words_of(name)): words_of(name) for name in names}
    return [looks[look] for look in sorted(looks)]


def vary(lines: Sequence[Labelled], pool: Sequence[Line], rng: random.Random) -> Iterator[Labelled]:
    """Each line that holds a body once more, varied."""
    for labelled in lines:
        if any(label[2:] == "name" for label in labelled.labels):
            yield _damage(_replace(labelled, pool, rng), rng)


def runs(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The mentions that labels make: first word, one behind the last, kind."""
    start = -1
    for number, label in enumerate([*labels, OUTSIDE]):
        if start >= 0 and not label.startswith("I"):
            yield start, number, labels[start][2:]
            start = -1
        if label.startswith("B"):
            start = number


def _replace(labelled: Labelled, pool: Sequence[Line], rng: random.Random) -> Labelled:
    line, labels, hints = labelled
    own = [line[first:last] for first, last, kind in runs(labels) if kind == "name"]
    rng.shuffle(own)
    words: list[Word] = []
    new: list[str] = []
    ruled: list[str] = []
    done = 0
    for first, last, kind in [*runs(labels), (len(line), len(line), "")]:
        words += (_renumber(word, rng) for word in line[done:first])
        new += labels[done:first]
        ruled += hints[done:first]
        body = line[first:last]
        if kind == "name":
            body = rng.choice(pool) if rng.random() < _CHANGED else own.pop()
        found = first < last and hints[first] != OUTSIDE
        words += body
        new += [f"{'I' if number else 'B'}-{kind}" for number in range(len(body))]
        if kind == "name":
            ruled += [f"{'I' if number else 'B'}-{kind}" if found else OUTSIDE for number in range(len(body))]
        else:
            ruled += hints[first:last]
        done = last
    return Labelled(tuple(words), new, ruled)


def _renumber(word: Word, rng: random.Random) -> Word:
    return word._replace(form=str(rng.randrange(1, 100))) if word.shape == "d" and word.form.isdigit() else word


def _damage(labelled: Labelled, rng: random.Random) -> Labelled:
    chance = rng.random()
    if chance < _BARE:
        return labelled._replace(line=tuple(word._replace(form=_bare(word.form)) for word in labelled.line))
    if chance < _BARE + _SHOUTED:
        return labelled._replace(
            line=tuple(word._replace(shape="X") if word.shape in ("x", "Xx") else word for word in labelled.line)
        )
    return labelled


def _bare(form: str) -> str:
    letters = unicodedata.normalize("NFD", form.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
