"""Subjects that lead: the body that opens an item of duties, its heading, or a sentence of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from extractor.linking.places import Places
from extractor.linking.role_words import Words
from extractor.outline.structure import Heading
from extractor.plan import Agency

Standing = Literal["item", "line", "later"]
"""Where a clause begins: with its item (marker, bullet, heading, topic label), with a bare line, or behind another."""


class Subjects:
    """Reads the subjects of a document in text order, and remembers whose sections they are."""

    def __init__(self, lower: str, places: Places, words: Words) -> None:
        self._lower = lower
        self._places = places
        self._words = words
        self._owners: dict[int, set[str]] = {}
        """The bodies that open a section, by its index."""

    def leads(self, members: Sequence[Agency]) -> Standing | None:
        """Where a list stands as a subject with duties; ``None`` when it is no such subject."""
        start, end = members[0].start, members[-1].end
        if not self._places.has_duties(start):
            return None
        heading = self._places.heading_at(start)
        clause = heading.title_start if heading else self._places.clause_start(start)
        if self._words.opener.fullmatch(self._lower, clause, start) is None:
            return None
        standing = self._standing(clause, heading)
        if standing == "later" and not self._owns_section(members):
            return None
        if standing != "item" and self._places.is_issuer(members[0]):
            return None
        if not self._has_duty(end, heading, standing):
            return None
        if standing == "item":
            self._remember(members)
        return standing

    def _has_duty(self, end: int, heading: Heading | None, standing: Standing) -> bool:
        """Whether a subject is followed by what it shall do, not by what it was, has or says to others."""
        words, lower = self._words, self._lower
        behind = words.gloss.match(lower, end).end()  # type: ignore[union-attr]  # it matches nothing, too
        behind = words.aside.match(lower, behind).end()  # type: ignore[union-attr]  # it matches nothing, too
        follows = lower[behind : behind + 1]
        if follows == ":":
            return words.figure.match(lower, behind + 1) is None
        if heading is not None:
            return True
        if not follows.isalpha() or words.never.match(lower, behind):
            return False
        return standing == "item" or words.no_duty.match(lower, behind) is None

    def _standing(self, clause: int, heading: Heading | None) -> Standing:
        if heading is not None:
            return "item"
        item = self._places.item_start(clause)
        if item is not None and self._opens(item, clause):
            return "item"
        return "line" if self._places.opens_line(clause) else "later"

    def _opens(self, item: int, clause: int) -> bool:
        """Whether a clause begins with its item, or behind the item's topic: "- Xe, máy: Sở …"."""
        return item == clause or bool(self._words.label.fullmatch(self._lower, item, self._past_blanks(clause)))

    def _past_blanks(self, place: int) -> int:
        while self._lower[place : place + 1] == " ":
            place += 1
        return place

    def _owns_section(self, members: Sequence[Agency]) -> bool:
        """Whether the section, or one that holds it, is opened by one of these bodies."""
        return any(
            agency.name in self._owners.get(index, ())
            for index in self._places.sections_round(members[0].start)
            for agency in members
        )

    def _remember(self, members: Sequence[Agency]) -> None:
        for index in self._places.sections_round(members[0].start):
            if self._places.opens_section(index, members[0].start):
                self._owners[index] = {agency.name for agency in members}
            return
