"""A plan as one self-contained HTML page."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from extractor.plan import Plan, Section, Warning
from extractor.writing.display import (
    ACTIVITY_HEADINGS,
    COLOURS,
    KINDS,
    ActivityLine,
    Mark,
    activity_lines,
    counts,
    cut,
    find_marks,
    header_lines,
    place_of,
    said_columns,
    section_words,
)

TEMPLATE = Path(__file__).with_name("page.html")


def page(plan: Plan) -> str:
    """The page: header, outline, legend with a switch for each kind, warnings, activities, text with its marks."""
    title = plan.header.title or plan.source.name or "Plan"
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        title=escape(title),
        doc_type=escape(plan.header.doc_type or "Plan"),
        source=escape(plan.source.name or "text"),
        header=_header(plan),
        outline=_outline(plan),
        legend=_legend(plan),
        colours=_colours(),
        hiding=_hiding(),
        text=_marked(plan),
        warnings=_warnings(plan),
        activities=_activities(plan),
        version=escape(plan.source.extractor_version),
    )


def _header(plan: Plan) -> str:
    lines = [(label, value) for label, value in header_lines(plan) if label not in ("Title", "Doc type")]
    return "\n".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in lines)


def _outline(plan: Plan) -> str:
    if not plan.sections:
        return "<p>No headings or numbered items.</p>"
    return "<ul>\n" + "\n".join(_outline_entry(plan, section) for section in plan.sections) + "\n</ul>"


def _outline_entry(plan: Plan, section: Section) -> str:
    kind = "" if section.title else " class='untitled'"
    words = escape(section_words(plan, section))
    return (
        f"<li{kind} style='--level:{section.level}'><a href='#{escape(section.id)}'>"
        f"<b>{escape(section.marker)}</b> {words}</a></li>"
    )


def _legend(plan: Plan) -> str:
    return "\n".join(
        f"<label class='{kind}'><input type='checkbox' id='show-{kind}' checked> {kind} <b>{number}</b></label>"
        for kind, number in counts(plan).items()
    )


def _colours() -> str:
    return "\n".join(
        f".{kind} {{ background: {ground}; border-color: {line}; }}" for kind, (ground, line) in COLOURS.items()
    )


def _hiding() -> str:
    """One rule a kind: its marks look like plain text while its switch is off."""
    return "\n".join(
        f"body:has(#show-{kind}:not(:checked)) main .{kind} {{ padding: 0; border: 0; background: none; }}\n"
        f"body:has(#show-{kind}:not(:checked)) main .{kind}-role {{ display: none; }}"
        for kind in (*KINDS, "warning")
    )


def _marked(plan: Plan) -> str:
    """The text with a span for each mark; a mark that crosses another's end is closed there and opened again."""
    pieces: list[str] = []
    open_marks: list[Mark] = []
    for stretch in cut(len(plan.text), find_marks(plan)):
        shared = 0
        while shared < min(len(open_marks), len(stretch.marks)) and open_marks[shared] is stretch.marks[shared]:
            shared += 1
        pieces += _closings(open_marks[shared:], stretch.start)
        pieces += [_opening(mark, stretch.start) for mark in stretch.marks[shared:]]
        pieces.append(escape(plan.text[stretch.start : stretch.end], quote=False))
        open_marks = list(stretch.marks)
    pieces += _closings(open_marks, len(plan.text))
    return "".join(pieces)


def _opening(mark: Mark, place: int) -> str:
    anchor = f" id='{escape(mark.id)}'" if mark.id and mark.start == place else ""
    tip = "\n".join([mark.kind, *(f"{label}: {value}" for label, value in mark.fields.items())])
    data = "" if mark.kind == "section" else f" data-tip='{escape(tip)}'"
    return f"<span class='{mark.kind}'{anchor}{data}>"


def _closings(marks: list[Mark], place: int) -> list[str]:
    closings = []
    for mark in reversed(marks):
        role = mark.fields.get("role") if mark.end == place else None
        if mark.kind == "warning" and mark.end == place:
            role = "; ".join(mark.fields.values())
        badge = f"<small class='{mark.kind}-role'>{escape(role.replace('_', ' '))}</small>" if role else ""
        closings.append(f"</span>{badge}")
    return closings


def _warnings(plan: Plan) -> str:
    if not plan.warnings:
        return ""
    items = "\n".join(f"<li>{_warning(plan, warning, number)}</li>" for number, warning in enumerate(plan.warnings, 1))
    return f"<section class='warnings'><h2>Warnings</h2><ul>{items}</ul></section>"


def _warning(plan: Plan, warning: Warning, number: int) -> str:
    if warning.start is None:
        return f"<b>{escape(warning.code)}</b> {escape(warning.message)}"
    place = place_of(plan, warning.start)
    return f"<b>{escape(warning.code)}</b> {escape(warning.message)} <a href='#w{number}'>{place}</a>"


def _activities(plan: Plan) -> str:
    """The table of activities; columns in which no activity says anything are left out."""
    lines = activity_lines(plan)
    if not lines:
        return ""
    said = said_columns(lines)
    head = "".join(f"<th>{escape(ACTIVITY_HEADINGS[index])}</th>" for index in said)
    rows = "\n".join(_activity(line, said) for line in lines)
    return (
        f"<details class='activities' open><summary><h2>Activities <b>{len(lines)}</b></h2></summary>"
        f"<div><table><thead><tr><th></th>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div></details>"
    )


def _activity(line: ActivityLine, said: list[int]) -> str:
    cells = "".join(f"<td>{''.join(f'<p>{escape(value)}</p>' for value in line.cells[index])}</td>" for index in said)
    return f"<tr><td class='place'><a href='#{escape(line.ref)}'>{escape(line.place)}</a></td>{cells}</tr>"
