"""Automatic numbering of Word: "I.", "1.", "a)" that stand in numbering.xml and not in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from extractor.language.numbers import write_roman

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered: "%1.%2." with format "decimal", from ``start`` on."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    """Whether all numbers of it are written in figures."""


@dataclass(slots=True)
class Lists:
    """The lists of a document, and how far each has been counted."""

    abstract: Mapping[str, dict[int, Level]]
    """Levels by abstract list."""
    of_number: Mapping[str, str]
    """Abstract list by the number that paragraphs name."""
    starts: Mapping[str, dict[int, int]]
    """First numbers that a number sets anew, by level."""
    styles: Mapping[str, tuple[str, int]]
    """Number and level that a paragraph style gives."""
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def marker(self, paragraph: etree._Element) -> str:
        """The marker of the next paragraph in text order, with a blank behind it; "" when it has none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, depth = place
        abstract = self.of_number.get(number)
        levels = self.abstract.get(abstract or "")
        if abstract is None or levels is None or depth not in levels:
            return ""
        counts = self.counts.setdefault(abstract, [None] * _LEVELS)
        if number not in self.seen:
            self.seen.add(number)
            for level, start in self.starts.get(number, {}).items():
                counts[level] = start - 1
        current = counts[depth]
        counts[depth] = levels[depth].start if current is None else current + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return _worded(levels, depth, counts)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """Number and level of a paragraph: its own, else its style's; the number 0 takes the numbering away."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{W}pStyle")
        inherited = self.styles.get(style.get(f"{W}val", "")) if style is not None else None
        own = properties.find(f"{W}numPr")
        number = _value(own, "numId") if own is not None else None
        level = _value(own, "ilvl") if own is not None else None
        if number is None and inherited is not None:
            number = inherited[0]
        if level is None:
            level = str(inherited[1]) if inherited is not None else "0"
        if number is None or number == "0" or not level.isdigit() or int(level) >= _LEVELS:
            return None
        return number, int(level)


def read_lists(numbering: etree._Element | None, styles: etree._Element | None) -> Lists:
    """The lists that numbering.xml and styles.xml define."""
    if numbering is None:
        return Lists({}, {}, {}, {})
    abstract = {
        one.get(f"{W}abstractNumId", ""): {
            int(level.get(f"{W}ilvl", "0")): _level(level) for level in one.iterfind(f"{W}lvl")
        }
        for one in numbering.iterfind(f"{W}abstractNum")
    }
    of_number, starts = {}, {}
    for one in numbering.iterfind(f"{W}num"):
        number = one.get(f"{W}numId", "")
        of_number[number] = _value(one, "abstractNumId") or ""
        starts[number] = {
            int(change.get(f"{W}ilvl", "0")): int(start)
            for change in one.iterfind(f"{W}lvlOverride")
            if (start := _value(change, "startOverride")) is not None and start.isdigit()
        }
    return Lists(abstract, of_number, starts, dict(_styles(styles)))


def _level(level: etree._Element) -> Level:
    start = _value(level, "start")
    return Level(
        form=_value(level, "numFmt") or "decimal",
        text=_value(level, "lvlText") or "",
        start=int(start) if start is not None and start.isdigit() else 1,
        legal=level.find(f"{W}isLgl") is not None,
    )


def _styles(styles: etree._Element | None) -> Iterator[tuple[str, tuple[str, int]]]:
    """Numbers that paragraph styles give, those that they have from the style they are based on included."""
    if styles is None:
        return
    by_id = {style.get(f"{W}styleId", ""): style for style in styles.iterfind(f"{W}style")}
    for name in by_id:
        current, passed = name, set[str]()
        while current in by_id and current not in passed:
            passed.add(current)
            found = by_id[current].find(f"{W}pPr/{W}numPr")
            if found is not None and (number := _value(found, "numId")) is not None:
                level = _value(found, "ilvl") or "0"
                yield name, (number, int(level) if level.isdigit() else 0)
                break
            current = _value(by_id[current], "basedOn") or ""


def _value(element: etree._Element | None, child: str) -> str | None:
    found = element.find(f"{W}{child}") if element is not None else None
    return found.get(f"{W}val") if found is not None else None


def _worded(levels: Mapping[int, Level], depth: int, counts: list[int | None]) -> str:
    level = levels[depth]
    if level.form == "bullet":
        return "- "
    if level.form == "none" and not _PLACE.search(level.text):
        return f"{level.text} " if level.text else ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        count = counts[at] if counts[at] is not None else levels[at].start if at in levels else 1
        form = "decimal" if level.legal or at not in levels else levels[at].form
        return number_in_form(count or 0, form)

    words = _PLACE.sub(number, level.text)
    return f"{words} " if words else ""


def number_in_form(count: int, form: str) -> str:
    """A number in one of Word's formats; those that plans never use come as figures."""
    if form in ("upperRoman", "lowerRoman") and 0 < count < 100:
        roman = write_roman(count)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and count > 0:
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    return f"{count:02}" if form == "decimalZero" else str(count)
