"""What the readers of the forms of agencies share: what was found, where it is read, what follows a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from extractor.grammar import Rule
from extractor.language.view import View
from extractor.outline.structure import Stretches
from extractor.tagging.agency_names import Spelling

_NESTED: Final = 3
"""So many bodies may stand in one another, "Văn phòng Đảng ủy UBND tỉnh"."""
DETERMINER: Final = 16
"""A determiner is looked for in so many code points before a name."""


class Found(NamedTuple):
    """A name in the view and its words, those written out already that the place alone cannot tell."""

    start: int
    end: int
    words: str
    rule: Rule
    generic: bool = False
    shared: bool = False
    """Whether the head stands for several names, so that "các" before it makes no group of this one."""
    unsure: bool = False
    """Whether it is a name only if the text has it elsewhere."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the readers of the forms need."""

    view: View
    called: Mapping[str, re.Pattern[str]]
    rules_at: Mapping[int, tuple[Rule, ...]]
    spelling: Spelling
    recipients: Stretches
    home: str
    """The document's territory, "thành phố Cần Thơ"; empty when it has none."""
    read: Callable[[Page, tuple[Rule, ...], int, int], list[Found]]
    """What the first rule that finds something makes of a place; the number is how deep a name stands in others."""

    def match(self, name: str, at: int) -> re.Match[str] | None:
        """A called pattern at a place of the view."""
        return self.called[name].match(self.view.plain, at)

    def inner(self, at: int, depth: int) -> Found | None:
        """The name that begins at a place inside of another one, or ``None``."""
        rules = self.rules_at.get(at)
        found = self.read(self, rules, at, depth + 1) if rules and depth < _NESTED else []
        return found[0] if found else None

    def end(self, called: str, at: int) -> int:
        """Where a called pattern ends that begins at a place; the place itself when it does not match."""
        match = self.match(called, at)
        return match.end() if match else at

    def run(self, at: int) -> int:
        """Where the words of an open name end that go on at a place."""
        end = self.end("run", at)
        if end == at:
            end = self.end("run", self.end("verb", at))
        words = self.view.plain[at:end].split()
        return self.end("tail", end) if words and words[-1].islower() else end


def place_behind(page: Page, at: int) -> tuple[int, bool]:
    """Where the territory behind a name ends (``at`` when there is none), and whether it is a group of territories."""
    match = page.match("place", at)
    if match is None or match["first"] is None:
        return (at if match is None else match.end()), False
    bare = match["first"] == match["tier"]
    if match["each"] is not None:
        series = page.match("series", match.end()) if bare else None
        return (series.end() if series else match.end()), True
    tiers = page.match("tiers", match.end()) if bare else None
    return (tiers.end() if tiers else match.end()), tiers is not None


def named(page: Page, rule: Rule, start: int, end: int) -> Found:
    """A name that goes on to ``end``, with the territory that follows."""
    end, many = place_behind(page, end)
    return Found(start, end, page.spelling.head(rule.id, page.view.words(start, end)), rule, many)


def owner_of(page: Page, end: int, depth: int) -> Found | None:
    """The body whose part a name is that ends right before it, "Phòng Cảnh sát giao thông" + "Công an tỉnh"."""
    owner = page.inner(end + 1, depth) if page.view.plain[end : end + 1] == " " else None
    return None if owner is None or owner.generic else owner


def determined(page: Page, start: int) -> int:
    """Where the determiner before a place begins, "các", "từng", "một số"; the place itself when there is none."""
    before = page.view.plain[max(0, start - DETERMINER) : start]
    if before[-2:] not in page.spelling.determiner_ends:
        return start
    found = page.spelling.determiner.search(page.view.lower[start - len(before) : start])
    return start - len(before) + found.start() if found else start
