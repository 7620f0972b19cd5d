"""Plans as an Excel workbook in Vietnamese, for people who are no programmers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from extractor.tables.rows import KeyedPlan
from extractor.tables.workbook_rows import sheet_rows
from extractor.tables.workbook_sheets import Formats, Sheet, lay_out, make_formats, put
from extractor.tables.workbook_words import DESIGN

_CREATED: Final = datetime(2000, 1, 1)  # not now: the same plans give the same bytes
_INTRO_WIDTHS: Final = (26, 12, 76)
_LINE_HEIGHT: Final = 17
_TITLE_HEIGHT: Final = 30


def write_workbook(
    path: Path,
    plans: Iterable[KeyedPlan],
    source_of: Callable[[str], str | None],
    failures: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Writes plans, and the ``failures`` to read others, as the workbook ``path``, whole or not at all.

    ``source_of`` gives for a plan's key (a failure's ``file``) the path of the document as seen from the workbook's
    folder, or None. Plans are taken one by one; what is written waits on disk. Raises OSError when that is full.
    """
    target = path.resolve()  # a link stays a link
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".vnplan-", dir=target.parent, ignore_cleanup_errors=True) as drafts:
        draft = Path(drafts) / "workbook.xlsx"
        book = Workbook(str(draft), {"constant_memory": True, "tmpdir": drafts})
        book.use_zip64()
        book.set_properties({"title": DESIGN["title"], "created": _CREATED})
        _fill(book, plans, source_of, failures)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from None  # the OSError in it
        draft.replace(target)


def _fill(
    book: Workbook,
    plans: Iterable[KeyedPlan],
    source_of: Callable[[str], str | None],
    failures: Sequence[Mapping[str, Any]],
) -> None:
    formats = make_formats(book)
    intro = book.add_worksheet(DESIGN["intro_sheet"])
    designs = {name: design for name, design in DESIGN["sheets"].items() if failures or name != "failures"}
    sheets = {name: Sheet(book, formats, design) for name, design in designs.items()}
    for key, plan in plans:
        link = source_of(key)
        rows = sheet_rows(key, plan)
        for name, sheet in sheets.items():
            for row in rows.get(name, ()):
                sheet.add(row, link, DESIGN["colours"].get(row.get("code")))
    for failure in failures:
        sheets["failures"].add(failure, source_of(failure["file"]))
    for sheet in sheets.values():
        sheet.finish()
    _introduce(intro, formats, list(sheets.values()), len(failures))


def _introduce(sheet: Worksheet, formats: Formats, tables: Sequence[Sheet], failed: int) -> None:
    """Says what the workbook is, how much was read, and what stands where."""
    for place, width in enumerate(_INTRO_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    lay_out(sheet)
    lines = [
        DESIGN["title"],
        *DESIGN["intro"],
        DESIGN["read"].format(tables[0].rows),
        DESIGN["failed"].format(failed, tables[-1].name) if failed else DESIGN["none_failed"],
    ]
    for line, words in enumerate(lines):
        style = "text" if line else "title"
        height = _LINE_HEIGHT * (1 + len(words) // sum(_INTRO_WIDTHS))  # Excel fits no merged cells
        sheet.set_row(line, height if line else _TITLE_HEIGHT)
        sheet.merge_range(line, 0, line, len(_INTRO_WIDTHS) - 1, "", formats(style))
        put(sheet, line, 0, words, formats, style)
    first = len(lines) + 1
    for place, words in enumerate(DESIGN["contents"]):
        put(sheet, first, place, words, formats, "heading")
    for line, table in enumerate(tables, first + 1):
        sheet.write_url(line, 0, f"internal:'{table.name}'!A1", formats("link"), table.name)
        put(sheet, line, 1, table.rows, formats)
        put(sheet, line, 2, table.about, formats, indent=1)
