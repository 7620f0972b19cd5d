"""A plan for a person at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from extractor.plan import Plan
from extractor.writing.display import (
    ACTIVITY_HEADINGS,
    Stretch,
    activity_lines,
    counts,
    cut,
    find_marks,
    header_lines,
    place_of,
    said_columns,
    section_words,
)

STYLES = {
    "section": Style(bold=True),
    "row": Style(italic=True),
    "citation": Style(color="blue", bold=True),
    "amount": Style(color="green", bold=True),
    "quantity": Style(color="cyan"),
    "time": Style(color="yellow"),
    "agency": Style(color="magenta"),
    "abbreviation": Style(color="red"),
    "warning": Style(color="red", bold=True, underline=True),
}
LONGEST_CELL = 120
"""Code points of a title or a list that a table shows."""
ROLE_STYLE = Style(color="magenta", italic=True)
# A text may hold escape sequences; a terminal must not obey them.
CONTROLS = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code not in (9, 10, 13)}


def show(plan: Plan, console: Console) -> None:
    """Print header, outline as a tree, activities as a table, text with mentions in colours, roles and warnings."""
    console.print(_header(plan))
    if plan.sections:
        console.print(Rule("Outline", align="left"), _outline(plan))
    if plan.activities:
        console.print(Rule("Activities", align="left"), _activities(plan))
    console.print(Rule("Text", align="left"), _legend(plan), "")
    console.print(_coloured(plan), overflow="fold")
    if plan.warnings:
        console.print(Rule("Warnings", align="left"))
        for warning in plan.warnings:
            place = "" if warning.start is None else place_of(plan, warning.start) + "  "
            console.print(Text.assemble((place, "dim"), (f"{warning.code}: ", "bold red"), safe(warning.message)))


def _header(plan: Plan) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    lines = header_lines(plan) or [("Header", "nothing found")]
    for label, value in [("File", plan.source.name or "text"), *lines]:
        table.add_row(label, Text(safe(value)))
    return table


def _outline(plan: Plan) -> Tree:
    root = Tree("", hide_root=True, guide_style="dim")
    branches: dict[str | None, Tree] = {}
    for section in plan.sections:
        style = "" if section.title else "dim"
        label = Text.assemble((safe(section.marker), "bold"), "  ", (safe(section_words(plan, section)), style))
        label.no_wrap, label.overflow = True, "ellipsis"
        parent = branches.get(section.parent, root)
        branches[section.id] = parent.add(label)
    return root


def _activities(plan: Plan) -> Table:
    """One line an activity; columns in which no activity says anything are left out."""
    lines = activity_lines(plan)
    said = said_columns(lines)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", no_wrap=True)
    for index in said:
        table.add_column(ACTIVITY_HEADINGS[index], overflow="fold", ratio=2 if index else 3)
    for line in lines:
        cells = (Text(_shortened(safe("; ".join(line.cells[index])))) for index in said)
        table.add_row(Text(safe(line.place), "bold"), *cells)
    return table


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_CELL else words[:LONGEST_CELL].rsplit(" ", 1)[0] + " …"


def _legend(plan: Plan) -> Text:
    entries = [Text(f"{kind} {number}", STYLES[kind]) for kind, number in counts(plan).items()]
    return Text("   ").join(entries) if entries else Text("no mentions", "dim")


def _coloured(plan: Plan) -> Text:
    text = safe(plan.text)
    painted = Text()
    for stretch in cut(len(text), find_marks(plan)):
        style = Style.combine([Style.null(), *(STYLES[mark.kind] for mark in stretch.marks)])
        painted.append(text[stretch.start : stretch.end], style)
        for role in _roles_ending(stretch):
            painted.append(f" ‹{role}›", ROLE_STYLE)
        for mark in stretch.marks:
            if mark.kind == "warning" and mark.end == stretch.end:
                painted.append(f" ‹! {'; '.join(mark.fields.values())}›", STYLES["warning"])
    return painted


def _roles_ending(stretch: Stretch) -> list[str]:
    ending = [mark for mark in stretch.marks if mark.end == stretch.end]
    return [mark.fields["role"] for mark in ending if "role" in mark.fields]


def safe(text: str) -> str:
    """A text without the signs that a terminal would obey."""
    return text.translate(CONTROLS)
