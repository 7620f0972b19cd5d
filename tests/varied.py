"""Many plans that nobody wrote, to measure by: ``python -m tests.varied FOLDER COUNT``.

Each is a plan of corpus/ with other places, years, days, numbers of documents and sums of money: its letterhead and
title, a run of its sections and of other plans' up to some 12 KB, its recipients and signature. Its index alone decides
what it is. Sums of a plan are changed by one factor, so that most still add up.
"""

from __future__ import annotations

import argparse
import random
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from extractor.grammar import load_grammar
from extractor.language.view import make_view
from extractor.outline.headings import read_outline

CORPUS = Path(__file__).parents[1] / "corpus"
SMALLEST, LARGEST = 8_500, 15_500
"""Bytes; sizes are spread evenly between them."""
IN_FOLDER = 1000
"""Plans of a sub-folder."""
PROVINCES = [one["name"] for one in load_grammar().lexicon["provinces"] if one["name"] not in ("Hồ Chí Minh", "Huế")]
"""Those whose names are not also a leader's, or a part of another's."""
NAMES = "|".join(sorted((re.escape(name) for name in PROVINCES), key=len, reverse=True))
CHANGING = re.compile(
    rf"""(?P<place>\b(?:{NAMES}|{NAMES.upper()})\b)
    | (?P<number>(?<![\d/.,-])\d{{1,4}}(?=\ ?(?:/\d{{4}})?[/-][A-ZĐ]{{2}}))
    | (?P<day>(?<![\d/])\d{{1,2}}(?=/\d{{1,2}}/(?:19|20)\d\d)|(?<=ngày\ )\d{{1,2}}(?=\ tháng\ \d))
    | (?P<money>(?<![\d/.,])\d[\d.]*(?:,\d+)?(?=(?:\ (?:-|đến)\ [\d.,]+)?\ (?:nghìn|triệu|tỷ|đồng)\b
        (?![\w\ ]{{0,15}}\([^\d)]{{8}})))                                 # not a sum that is said in words too
    | (?P<year>(?<![\d.,])(?:19|20)\d\d(?![\d]|[.,]\d))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text."""

    stretches: Sequence[tuple[str, str]]
    """Each with what it is: a group of ``CHANGING`` (a year is counted from that of its plan), "" for what stays."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Source:
    """A plan of the corpus, taken apart."""

    head: Part
    """Letterhead, title, and what stands before the first section."""
    items: Sequence[Part]
    """What lies between one heading and the next, in order."""
    chapters: Sequence[int]
    """Indexes of the items that begin a section of the highest level."""
    close: Part


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of a plan's places and figures."""

    places: Mapping[str, str]
    numbers: int
    days: int
    factor: int
    year: int

    def of(self, kind: str, text: str) -> str:
        """The words that stand in for others of a kind."""
        match kind:
            case "place":
                return self.places[text]
            case "number":
                return str(int(text) + self.numbers)
            case "day":
                return f"{(int(text) + self.days) % 28 + 1:02}"
            case "money":
                return _times(text, self.factor)
            case "year":
                return str(self.year + int(text))
        return text

    def made_to(self, parts: Sequence[Part]) -> str:
        """The text of parts, changed."""
        return "".join(self.of(kind, text) for part in parts for kind, text in part.stretches)


def make_plan(index: int) -> str:
    """The text of the plan with this index."""
    rng = random.Random(index)
    base, *others = rng.sample(sources(), len(sources()))
    target = rng.randrange(SMALLEST, LARGEST)
    other_places = rng.sample(PROVINCES, len(PROVINCES))
    pairs = [*zip(PROVINCES, other_places, strict=True)]
    changes = Changes(
        places=dict(pairs) | {old.upper(): new.upper() for old, new in pairs},
        numbers=rng.randrange(3000),
        days=rng.randrange(28),
        factor=rng.randrange(2, 60),
        year=rng.randrange(2008, 2027),
    )
    items = _fill((base, *others), target - base.head.size - base.close.size, rng)
    return changes.made_to([base.head, *items, base.close])


def _fill(order: Sequence[Source], size: int, rng: random.Random) -> Iterator[Part]:
    """Items of about this size in all: each plan's from one of its chapters on, until it is reached."""
    for source in order:
        for item in source.items[rng.choice(source.chapters) :]:
            size -= item.size
            if size + item.size // 2 < 0:  # the nearer of two ends
                return
            yield item


@cache
def sources() -> Sequence[Source]:
    """The plans of the corpus that have sections and a close."""
    taken = (_take_apart(path) for path in sorted(CORPUS.glob("*.txt")))
    return [source for source in taken if source]


def _take_apart(path: Path) -> Source | None:
    text, year = path.read_bytes().decode("utf-8"), int(re.findall(r"-(\d{4})-", path.name)[0])
    view = make_view(text)
    outline = read_outline(view, load_grammar())
    if outline.close is None:
        return None
    begin, end = view.span(outline.close.start, outline.close.end)
    # annexes, and the plan that a decision promulgates, stand behind the close: here they come before it
    starts = [view.span(heading.start, heading.end)[0] for heading in outline.headings]
    cuts = sorted({*(start for start in starts if not begin <= start < end), begin, end, len(text)})
    tops = [view.span(heading.start, heading.end)[0] for heading in outline.headings if heading.parent is None]
    pieces = [(a, b) for a, b in pairwise(cuts) if a != begin and text[a:b].strip()]
    return Source(
        head=_part(text[: cuts[0]], year),
        items=[_part(text[a:b], year) for a, b in pieces],
        chapters=sorted({max(bisect_right(pieces, (top, len(text))) - 1, 0) for top in tops}),
        close=_part(text[begin:end], year),
    )


def _part(text: str, year: int) -> Part:
    """A text cut where something changes; ends with an empty line."""
    found: list[tuple[str, str]] = []
    done = 0
    for match in CHANGING.finditer(text):
        words = str(int(match[0]) - year) if match.lastgroup == "year" else match[0]
        found += [("", text[done : match.start()]), (match.lastgroup or "", words)]
        done = match.end()
    found.append(("", text[done:].rstrip("\n") + "\n\n"))
    return Part(found, len(text.encode()))


def _times(figure: str, factor: int) -> str:
    """The figure ("1.234,5") so many times."""
    value = Decimal(figure.rstrip(".").replace(".", "").replace(",", ".")) * factor
    return f"{value:,f}".translate(str.maketrans(",.", ".,")) + ("." if figure.endswith(".") else "")


def write_plans(folder: Path, count: int) -> None:
    """Writes the plans with indexes up to ``count``, a thousand a sub-folder."""
    for index in range(count):
        place = folder / f"{index // IN_FOLDER:04}"
        if index % IN_FOLDER == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"{index:07}.txt").write_bytes(make_plan(index).encode("utf-8"))


def main() -> None:
    """Writes COUNT plans into FOLDER."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    given = parser.parse_args()
    write_plans(given.folder, given.count)


if __name__ == "__main__":
    main()
