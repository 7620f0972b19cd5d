"""What of a plan is shown to a person, on a terminal or on a page: header, activities, and marks cut into stretches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.comparing.plans import wording
from extractor.plan import Mention, Plan, Quantity, Section

KINDS = {  # kind of mention: the list of the plan that holds it
    "citation": "citations",
    "amount": "amounts",
    "quantity": "quantities",
    "time": "times",
    "agency": "agencies",
    "abbreviation": "abbreviations",
    "row": "rows",
}
COLOURS = {  # kind of mention: its ground and its line
    "citation": ("#dbe8ff", "#5b8def"),
    "amount": ("#d3f5dd", "#2fa35b"),
    "quantity": ("#cff2f2", "#1f9ea3"),
    "time": ("#fff0c2", "#d9a300"),
    "agency": ("#eddcff", "#9a5be0"),
    "abbreviation": ("#ffdce3", "#e0527a"),
}
PLACE_FIELDS = {"id", "start", "end", "text", "section", "source", "rule", "confidence", "boxes", "table"}
FIRST_WORDS = 60  # code points of an item without a title that the outline shows


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A mention or a section's heading: its kind, place, and fields worded for people."""

    kind: str
    id: str
    start: int
    end: int
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text in which nothing changes; ``marks`` are those over it, the longest first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def header_lines(plan: Plan) -> list[tuple[str, str]]:
    """The header's fields that have a value, as label and wording: ``("Doc type", "Kế hoạch")``."""
    fields = plan.header.model_dump(mode="json", exclude={"spans"}, exclude_none=True)
    return [(key.replace("_", " ").capitalize(), _wording(value, "; ")) for key, value in fields.items()]


def counts(plan: Plan) -> dict[str, int]:
    """How many mentions of each kind the plan holds, kinds without any left out."""
    numbers = {kind: len(getattr(plan, plural)) for kind, plural in KINDS.items()} | {"warning": len(plan.warnings)}
    return {kind: number for kind, number in numbers.items() if number}


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity as a line of a table; ``ref`` is the id of its section or row."""

    ref: str
    place: str
    cells: tuple[list[str], ...]
    """What stands under each of ``ACTIVITY_HEADINGS``."""


ACTIVITY_HEADINGS = ("Activity", "Lead", "Others", "When", "How many", "How much")


def activity_lines(plan: Plan) -> list[ActivityLine]:
    """The activities of a plan, worded for people, in their order."""
    places = {section.id: section.path for section in plan.sections} | {row.id: row.marker or "–" for row in plan.rows}
    quantities = {quantity.id: _counted(quantity) for quantity in plan.quantities}
    amounts = {amount.id: wording(amount) for amount in plan.amounts}
    return [
        ActivityLine(
            ref=(ref := activity.section or activity.row or ""),
            place=places.get(ref, ""),
            cells=(
                [activity.title or ""],
                activity.lead or [],
                [*(activity.coordinate or []), *(f"→ {name}" for name in activity.report_to or [])],
                activity.times or [],
                [quantities[one] for one in activity.quantities or []],
                [amounts[one] for one in activity.amounts or []],
            ),
        )
        for activity in plan.activities
    ]


def said_columns(lines: Sequence[ActivityLine]) -> list[int]:
    """The columns of activities in which one of them says something."""
    return [index for index in range(len(ACTIVITY_HEADINGS)) if any(line.cells[index] for line in lines)]


def _counted(quantity: Quantity) -> str:
    """ "50 người/lớp = 250", "440 cái (băng rôn)"."""
    words = " ".join(quantity.text.split())
    per = f"/{quantity.per}" if quantity.per and "/" not in words else ""
    total = f" = {_wording(quantity.per_total, '')}" if quantity.per_total is not None else ""
    item = f" ({quantity.item})" if quantity.item else ""
    return words + per + total + item


def section_words(plan: Plan, section: Section) -> str:
    """A section's title or, without one, the first words of its text."""
    if section.title:
        return section.title
    said = plan.text[section.end : min(section.body_end, section.end + 2 * FIRST_WORDS)]
    words = " ".join(said.replace("*", " ").split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"


def find_marks(plan: Plan) -> list[Mark]:
    """Every mention and section heading of the plan, in text order, the longer before the shorter at one place."""
    marks = [Mark("section", each.id, each.start, _heading_end(plan, each), {}) for each in plan.sections]
    marks += [
        Mark(kind, mention.id, mention.start, mention.end, _fields(mention))
        for kind, plural in KINDS.items()
        for mention in getattr(plan, plural)
        if mention.start < mention.end
    ]
    marks += [
        Mark("warning", f"w{number}", warning.start, warning.end, {warning.code: warning.message})
        for number, warning in enumerate(plan.warnings, 1)
        if warning.start is not None and warning.end is not None
    ]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def place_of(plan: Plan, offset: int) -> str:
    """Where a code point of the text stands, for people: "page 3, line 45"; without a page where there are none."""
    line = f"line {plan.text.count(chr(10), 0, offset) + 1}"
    starts = plan.source.page_starts
    return f"page {max(bisect_right(starts, offset), 1)}, {line}" if starts else line


def cut(length: int, marks: list[Mark]) -> Iterator[Stretch]:
    """The text of ``length`` code points as stretches without a gap; ``marks`` (in text order) may nest and cross."""
    edges = sorted({0, length, *(mark.start for mark in marks), *(mark.end for mark in marks)})
    active: list[Mark] = []
    coming = 0
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start]
        while coming < len(marks) and marks[coming].start == start:
            active.append(marks[coming])
            coming += 1
        active.sort(key=lambda mark: (mark.start - mark.end, mark.start))
        yield Stretch(start, end, tuple(active))


def _heading_end(plan: Plan, section: Section) -> int:
    """A heading reaches to the end of its line, an item that runs on as a paragraph is marked by its marker alone."""
    if not section.title:
        return section.end
    line_end = plan.text.find("\n", section.end, section.body_end)
    return section.body_end if line_end < 0 else line_end


def _fields(mention: Mention) -> dict[str, str]:
    values = mention.model_dump(mode="json", exclude=PLACE_FIELDS, exclude_none=True)
    return {key.replace("_", " "): _wording(value, ", ") for key, value in values.items()}


def _wording(value: object, separator: str) -> str:
    if isinstance(value, list):
        return separator.join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,}".replace(",", "\u202f")  # neither the Vietnamese nor the English separator
    return str(value)
