"""The rows of the workbook's sheets: those of the tables, with ids followed to what they name and values in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.language.numbers import write_figure
from extractor.tables.columns import PLAN_KEY
from extractor.tables.rows import Rows, rows_of
from extractor.tables.workbook_words import day_of, message_words, time_words, when

Row = dict[str, Any]


def sheet_rows(key: str, plan: Mapping[str, Any]) -> Rows:
    """Sheet → its rows by the fields of workbook.yaml: texts, numbers, dates, truth values and lists of texts.

    ``key`` stands in the field ``file``. A plan without its text or some of its lists gives what it can.
    """
    rows = rows_of(key, plan)
    text = str(plan.get("text", ""))
    by_id = {row["id"]: row for row in _found(rows)}
    said = {name: _said(row) for name, row in by_id.items()}  # before the rows themselves are worded
    _word_activities(rows, text, said)
    for row in rows["warnings"]:
        row["message"] = message_words(row["message"])
        row["text"] = text[row.get("start", 0) : row.get("end", 0)]
        row["refs"] = [said[ref] for ref in row.get("refs", ()) if ref in said]
    for row in rows["times"]:
        row["values"] = when(row["values"])
    for row in rows["rows"]:
        row.update({side: when([row[side]]) for side in ("start_time", "end_time") if side in row})
    for row in rows["citations"]:
        row["refers_to"] = said.get(row.get("refers_to", ""))
    _word_plan(rows)
    _add_places(key, rows, by_id)
    return rows


def _found(rows: Rows) -> Iterator[Row]:
    """What was found in a plan: the rows of all tables but that of the plan itself."""
    return (row for table, found in rows.items() if table != "plans" for row in found)


def _said(row: Row) -> str:
    """What an id stands for, in the words of the document: "50 người/lớp = 250 (học viên)", "II/3 Tổ chức"."""
    if "text" not in row:
        return " ".join(filter(None, (row.get("path") or row["id"], row.get("title"))))
    words = " ".join(row["text"].split())
    if "currency" in row and words[-1:].isdigit() and "value" in row:  # a bare figure of a table
        return f"{write_figure(row['value'])} {row['currency']}"
    if "unit" in row:
        words += f"/{row['per']}" if "per" in row and "/" not in words else ""
        words += f" = {write_figure(row['per_total'])}" if "per_total" in row else ""
        words += f" ({row['item']})" if "item" in row else ""
    return words


def _word_activities(rows: Rows, text: str, said: Mapping[str, str]) -> None:
    """Writes activities out, and says beside quantities and amounts which activity they belong to."""
    owners = {}
    for row in rows["activities"]:
        row["text"] = _line(text, row["start"]) if "row" in row else text[row["start"] : row["end"]]
        row["title"] = row.get("title") or " ".join(row["text"].split())
        row["times"] = when(row.get("times", []))
        for field in ("quantities", "amounts"):
            refs = row.get(field, ())
            owners.update(dict.fromkeys(refs, row["title"]))
            row[field] = [said[ref] for ref in refs if ref in said]
    for row in (*rows["quantities"], *rows["amounts"]):
        row["activity"] = owners.get(row["id"])


def _line(text: str, offset: int) -> str:
    """The line of the text that holds a code point."""
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else None]


def _word_plan(rows: Rows) -> None:
    [whole] = rows["plans"]
    whole["years"] = time_words(whole.get("period") or whole.get("year") or "")
    whole["activity_count"] = len(rows["activities"])
    whole["warning_count"] = len(rows["warnings"])
    for row in (whole, *rows["citations"]):
        row["date"] = day_of(row.get("date", "")) or row.get("date")


def _add_places(key: str, rows: Rows, by_id: Mapping[str, Row]) -> None:
    """Gives every row its file, the document's number and issuer, its page, and where in the outline it stands."""
    [whole] = rows["plans"]
    starts = whole.get("page_starts", ())
    whole["file"] = whole.pop(PLAN_KEY)
    for row in _found(rows):
        del row[PLAN_KEY]
        row.update(file=key, document=whole.get("number"), document_issuer=whole.get("issuer"))
        row.setdefault("page", max(bisect_right(starts, row["start"]), 1) if starts and "start" in row else None)
        section = row.get("parent") if "path" in row else _section(row, by_id)  # a section stands in its parent
        row.setdefault("path", by_id.get(section or "", {}).get("path"))
        headings = _headings(section, by_id)
        if headings[-1:] == [row.get("title")]:  # an activity has its section's title
            headings.pop()
        row["heading"] = " › ".join(headings)


def _section(row: Row, by_id: Mapping[str, Row]) -> str | None:
    """The section that holds a row: its own, or that of the table's row or table which it was read from."""
    if section := row.get("section"):
        return str(section)
    holder = by_id.get(row.get("row") or row.get("table") or "")
    return _section(holder, by_id) if holder else None


def _headings(section: str | None, by_id: Mapping[str, Row]) -> list[str]:
    """The titles of a section and of those that hold it, the outermost first."""
    row = by_id.get(section or "")
    if row is None:
        return []
    return _headings(row.get("parent"), by_id) + ([row["title"]] if row.get("title") else [])
