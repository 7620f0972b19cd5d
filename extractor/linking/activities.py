"""Activities: who does what, by when, how many, for how much (OUTPUT.md, "activities").

One for every section without subsections, and every table row, that states one of these. An item that only states an
attribute speaks for its siblings, or for the section above when all its items are such. A lead said in a section's
heading, or before its first item, holds for the items that name none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from re import Pattern
from typing import Any

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.linking.rows import InOrder, RowRead
from extractor.outline.structure import Heading, Outline, Stretches
from extractor.plan import Activity, Mention
from extractor.tagging.context import Context

FIELDS = ("lead", "coordinate", "report_to", "times", "quantities", "amounts", "outputs")


@dataclass(slots=True)
class Facts:
    """What a stretch of the text states, by field of the activity, each value once, in text order."""

    values: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, name: str, value: str) -> None:
        self.values[name][value] = None

    def lend(self, other: Facts) -> None:
        """Takes from ``other`` the fields of which nothing is stated here."""
        for name, found in other.values.items():
            if found and not self.values.get(name):
                self.values[name] = dict(found)

    def __bool__(self) -> bool:
        return any(self.values.values())


def read_activities(view: View, mentions: dict[str, Any], rows: Sequence[RowRead], context: Context) -> list[Activity]:
    """The activities of a document: those of its sections in text order, then those of its rows.

    ``mentions`` are the settled mentions by field of the plan (ids given, offsets of the view), ``rows`` what the rows
    of the tables were read from.
    """
    outline = context.outline
    own = _facts_of_sections(view, mentions, context)
    children: dict[int | None, list[int]] = defaultdict(list)
    for index, heading in enumerate(outline.headings):
        children[heading.parent].append(index)
    stating = _hand_over(view, own, children, outline, context.grammar)
    found = []
    for index, facts in sorted(stating.items()):
        if facts := _with_inherited_lead(index, facts, own, outline):
            found.append(_activity(view, outline.headings[index], index, facts, context))
    placed = {name: InOrder(mentions[name]) for name in ("quantities", "amounts")} if rows else {}
    found += [activity for row in rows if (activity := _activity_of_row(row, placed))]
    for number, activity in enumerate(found, 1):
        activity.id = f"x{number}"
    return found


def _facts_of_sections(view: View, mentions: dict[str, Any], context: Context) -> list[Facts]:
    """What each section states from its marker to the next section's, tables left out."""
    outline = context.outline
    facts = [Facts() for _ in outline.headings]
    starts = [heading.start for heading in outline.headings]
    tables = Stretches((grid.start, grid.end) for grid in outline.tables)

    def stated(mention: Mention) -> Facts | None:
        place = mention.start
        index = bisect_right(starts, place) - 1
        if index < 0 or place >= outline.headings[index].body_end:
            return None
        return None if place in tables else facts[index]

    for agency in mentions["agencies"]:
        if (
            agency.role in ("lead", "coordinate", "report_to")
            and not agency.generic
            and (here := stated(agency)) is not None
        ):
            here.add(agency.role, agency.canonical or agency.name)
    for time in mentions["times"]:
        if (here := stated(time)) is not None:
            for value in time.values:
                here.add("times", value)
    for name in ("quantities", "amounts"):
        for mention in mentions[name]:
            if (here := stated(mention)) is not None:
                here.add(name, mention.id)
    output = _output(context.grammar)
    for index, heading in enumerate(outline.headings):
        match = output.match(view.lower, heading.title_start)
        if match and (words := _line_from(view, match.end())):
            facts[index].add("outputs", words)
    for match in _output_bullet(context.grammar).finditer(view.lower):
        index = bisect_right(starts, match.start()) - 1
        inside = index >= 0 and match.start() < outline.headings[index].body_end and match.start() not in tables
        if inside and (words := _line_from(view, match.end())):
            facts[index].add("outputs", words)
    return facts


def _line_from(view: View, start: int) -> str:
    end = view.plain.find("\n", start)
    return view.words(start, end if end >= 0 else len(view.plain)).rstrip(" .;")


def _hand_over(
    view: View, own: list[Facts], children: dict[int | None, list[int]], outline: Outline, grammar: Grammar
) -> dict[int, Facts]:
    """The sections that are activities, with what items of attributes say for them."""
    attribute = _attribute(grammar)
    leaf = {index for index in range(len(own)) if not children[index]}
    states = {index for index in leaf if attribute.match(view.lower, outline.headings[index].title_start)}
    stating = {index: own[index] for index in leaf - states}
    for above, items in children.items():
        said = Facts()
        for index in items:
            if index in states:
                for name, values in own[index].values.items():
                    said.values[name].update(values)
        if not said:
            continue
        if above is not None and all(index in states for index in items):
            whole = Facts()
            for part in (own[above], said):
                for name, values in part.values.items():
                    whole.values[name].update(values)
            stating[above] = whole
        for index in items:
            if index in stating:
                lent = Facts()
                lent.lend(own[index])
                lent.lend(said)
                stating[index] = lent
    return stating


def _with_inherited_lead(index: int, facts: Facts, own: list[Facts], outline: Outline) -> Facts:
    up = outline.headings[index].parent
    while up is not None and not facts.values.get("lead"):
        if own[up].values.get("lead"):
            lent = Facts({name: dict(values) for name, values in facts.values.items()})
            lent.values["lead"] = dict(own[up].values["lead"])
            return lent
        up = outline.headings[up].parent
    return facts


def _activity(view: View, heading: Heading, index: int, facts: Facts, context: Context) -> Activity:
    stated: dict[str, Any] = {name: list(values) for name in FIELDS if (values := facts.values.get(name))}
    return Activity(
        id="",
        section=f"s{index + 1}",
        title=heading.title or _first_sentence(view, heading, context.grammar) or None,
        start=heading.start,
        end=max(heading.end, heading.body_end),
        **stated,
    )


def _first_sentence(view: View, heading: Heading, grammar: Grammar) -> str:
    match = _sentence(grammar).match(view.plain, heading.end, heading.body_end)
    return view.words(*match.span("sentence")) if match else ""


def _activity_of_row(read: RowRead, placed: Mapping[str, InOrder[Any]]) -> Activity | None:
    """What a row states; its agencies under their full names, its times as they are said."""
    row = read.row
    stated = {name: [mention.id for mention in placed[name].in_cells(read.cells)] for name in placed}
    stated["times"] = [value for time in read.times for value in time.values]
    full = {agency.name: agency.canonical or agency.name for agency in read.agencies}
    stated["lead"] = [full.get(name, name) for name in row.lead or ()]
    stated["coordinate"] = [full.get(name, name) for name in row.coordinate or ()]
    stated["report_to"] = [full[one.name] for one in read.agencies if one.role == "report_to" and not one.generic]
    if not any(stated.values()):
        return None
    return Activity(
        id="",
        row=row.id,
        title=row.title,
        start=row.start,
        end=row.end,
        outputs=[row.outputs] if row.outputs else None,
        **{name: list(dict.fromkeys(values)) for name, values in stated.items() if values},  # type: ignore[arg-type]
    )


@cache
def _attribute(grammar: Grammar) -> Pattern[str]:
    return grammar.compile(r"[ .)_]*+{attributes}(?: \w+){0,3} ?:")


@cache
def _output(grammar: Grammar) -> Pattern[str]:
    return grammar.compile(r"[ .)_]*+{output_attributes}(?: \w+){0,3} ?: ?")


@cache
def _output_bullet(grammar: Grammar) -> Pattern[str]:
    return grammar.compile(r"\n[ \t]*+[-+•●] ?{output_attributes}(?: \w+){0,3} ?: ?")


@cache
def _sentence(grammar: Grammar) -> Pattern[str]:
    return grammar.compile(r"[\s+•*-]*+(?P<sentence>[^\n]{1,400}?)(?=[.;:](?:\s|\Z)|\n|\Z)")
