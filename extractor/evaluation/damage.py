"""The damage that copies of plans show, made on purpose: a text with its gold, places moved along.

Each kind changes the text only, never what it says, so the gold keeps its values; the seed makes every run the same.
What real copies look like: docs/evaluation.md.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import regex

from extractor.evaluation.gold import Item
from extractor.evaluation.sameness import NEW_TONE
from extractor.repairing.edits import Edit, edited, mover

WRAP_AT: Final = 72
LOST_BLANKS: Final = 0.01  # of the blanks between two letters
MISREAD_WORDS: Final = 0.02


def damage(kind: str, text: str, gold: Item, seed: str) -> tuple[str, Item]:
    """A text and its gold as a copy with one kind of damage has them; ``seed`` is the document's name.

    Raises KeyError for a kind that is not in ``KINDS``.
    """
    changes = list(KINDS[kind](text, random.Random(f"{kind} {seed}")))
    return edited(text, changes), _moved(gold, text, changes)


def repaired(gold: Item, text: str, plan: Item) -> Item:
    """The gold of a recognised text with its places in the plan's text, where the pipeline has repaired words."""
    changes: list[Edit] = []
    shift = 0
    for repair in plan["source"].get("repairs", ()):
        words = plan["text"][repair["start"] : repair["end"]]
        start = repair["start"] - shift
        changes.append(Edit(start, start + len(repair["read"]), words))
        shift += len(words) - len(repair["read"])
    return _moved(gold, text, changes)


def _moved(gold: Item, text: str, changes: Sequence[Edit]) -> Item:
    moved, copy = mover(changes), edited(text, changes)
    places = [(moved(item["start"]), moved(item["end"])) for item in gold["entities"]]
    return {
        **gold,
        "entities": [
            {**item, "start": start, "end": end, "text": copy[start:end]}
            for item, (start, end) in zip(gold["entities"], places, strict=True)
        ],
    }


def _wrap(text: str, rng: random.Random) -> Iterator[Edit]:
    """Lines of prose broken at a blank, as in copies from web pages; lines of tables and columns stay."""
    for line in re.finditer(r"[^\r\n]+", text):
        if re.search(r"\t|\||\S {3,}\S", line.group()):
            continue
        begin = line.start()
        while line.end() - begin > WRAP_AT:
            blank = text.rfind(" ", begin + 1, begin + WRAP_AT)
            if blank <= begin or text[begin:blank].isspace():
                break
            yield Edit(blank, blank + 1, "\n")
            begin = blank + 1


def _decompose(text: str, rng: random.Random) -> Iterator[Edit]:
    """Letters and their marks apart (NFD)."""
    for place, sign in enumerate(text):
        if (apart := unicodedata.normalize("NFD", sign)) != sign:
            yield Edit(place, place + 1, apart)


def _mix_tones(text: str, rng: random.Random) -> Iterator[Edit]:
    """Every other tone mark of "hòa", "ủy" in the other of its two places, at random."""
    other = {**NEW_TONE, **{new: old for old, new in NEW_TONE.items()}}
    for match in re.finditer(rf"(?i)(?<!q)(?:{'|'.join(other)})(?!\w)", text):
        if rng.random() < 0.5:
            words = other[match.group().lower()]
            yield Edit(match.start(), match.end(), words if match.group().islower() else _cased(match.group(), words))


def _cased(model: str, words: str) -> str:
    return words.upper() if model.isupper() else words[0].upper() + words[1:]


def _end_lines_with_crlf(text: str, rng: random.Random) -> Iterator[Edit]:
    """Line ends of Windows."""
    for match in re.finditer(r"(?<!\r)\n", text):
        yield Edit(match.start(), match.end(), "\r\n")


def _lose_blanks(text: str, rng: random.Random) -> Iterator[Edit]:
    """Two words run together here and there, as in copies from PDF files."""
    for match in regex.finditer(r"(?<=\p{L}|\p{M}) (?=\p{L})", text):
        if rng.random() < LOST_BLANKS:
            yield Edit(match.start(), match.end(), "")


def _misread(text: str, rng: random.Random) -> Iterator[Edit]:
    """Vowels whose marks Tesseract takes for each other, "Ð" for "Đ", "⁄" for "/", "l" for 1 before another figure."""
    for match in regex.finditer(r"[\p{L}\p{M}]+|/|(?<!\d)1(?=\d)", text):
        if rng.random() >= MISREAD_WORDS:
            continue
        places = [place for place in range(*match.span()) if text[place] in _ALIKE]
        if places:
            place = rng.choice(places)
            yield Edit(place, place + 1, rng.choice(_ALIKE[text[place]]))


def _alike() -> Mapping[str, list[str]]:
    """Letter → those that Tesseract takes it for, capitals too."""
    groups = ["âấẩầă", "ẤẨÂĂ", "êếểề", "ôốổồ", "ơớờở", "ưứừử", "aáà", "oóò", "uúù", "đð"]
    known = {"/": ["⁄"], "1": ["l"]}
    for group in groups:
        for letters in dict.fromkeys((group, group.upper())):
            for letter in letters:
                known.setdefault(letter, []).extend(other for other in letters if other != letter)
    return known


_ALIKE: Final = _alike()


KINDS: Final[Mapping[str, Callable[[str, random.Random], Iterator[Edit]]]] = {
    "wrap": _wrap,
    "nfd": _decompose,
    "no-tone-style": _mix_tones,
    "ocr": _misread,
    "crlf": _end_lines_with_crlf,
    "lost-space": _lose_blanks,
}
"""Kind of damage → the changes that it makes, in order."""
