"""A plan for a person at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from extractor.plan import Plan
from extractor.writing.display import Stretch, counts, cut, find_marks, header_lines, section_words

STYLES = {
    "section": Style(bold=True),
    "row": Style(italic=True),
    "citation": Style(color="blue", bold=True),
    "amount": Style(color="green", bold=True),
    "quantity": Style(color="cyan"),
    "time": Style(color="yellow"),
    "agency": Style(color="magenta"),
    "abbreviation": Style(color="red"),
}
ROLE_STYLE = Style(color="magenta", italic=True)
# A text may hold escape sequences; a terminal must not obey them.
CONTROLS = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code not in (9, 10, 13)}


def show(plan: Plan, console: Console) -> None:
    """Print the header, the outline as a tree, the text with its mentions in colours and roles, and the warnings."""
    console.print(_header(plan))
    if plan.sections:
        console.print(Rule("Outline", align="left"), _outline(plan))
    console.print(Rule("Text", align="left"), _legend(plan), "")
    console.print(_coloured(plan), overflow="fold")
    if plan.warnings:
        console.print(Rule("Warnings", align="left"))
        for warning in plan.warnings:
            console.print(Text.assemble((f"{warning.code}: ", "bold red"), safe(warning.message)))


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
    return painted


def _roles_ending(stretch: Stretch) -> list[str]:
    ending = [mark for mark in stretch.marks if mark.end == stretch.end]
    return [mark.fields["role"] for mark in ending if "role" in mark.fields]


def safe(text: str) -> str:
    """A text without the signs that a terminal would obey."""
    return text.translate(CONTROLS)
