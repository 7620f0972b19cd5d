"""Tables: their cells, and what each column holds by its heading (grammars/lexicon/columns.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise, zip_longest
from typing import Final

from extractor.grammar import Grammar
from extractor.grammar.patterns import alternation, flexible_blanks
from extractor.language.folding import fold_tones
from extractor.language.view import View
from extractor.outline.cells import (
    Place,
    Rows,
    bare_tables,
    drawn_tables,
    flattened_tables,
    is_marker,
    pipe_tables,
    row_lengths,
    rows_of_stream,
    tab_tables,
)
from extractor.outline.line_cells import line_tables
from extractor.outline.structure import Cell, ColumnKind, Grid, Stretches

_YEAR: Final = re.compile(r"(?:năm )?20[0-9]{2}")
_COLUMN_NUMBER: Final = re.compile(r"[(\[]?(?:[0-9]{1,2}|[A-Ha-h])[)\]]?(?: *= *[-+0-9()/x%* ]{1,40})?")
_PAGE_BREAK: Final = re.compile(
    r"[|\s]{0,40}+(?:(?:[Tt]rang|[Pp]age)?[ ]?-?[ ]?[0-9]{1,4}(?:[ ]?/[ ]?[0-9]{1,4})?[ ]?-?)?[|\s]{0,40}+"
)
"""What may stand between two parts of a table: the number of a page."""
_NONE: Final[frozenset[int]] = frozenset()
_CAPTION_REACH: Final = 200
"""Code points before a table in which its caption names the unit of its figures."""


Table = tuple[Rows, frozenset[int]]
"""The lines of a table, and which of them go on with the row above."""


def find_tables(view: View, grammar: Grammar) -> tuple[Grid, ...]:
    """The tables of a document in text order. A letterhead or a signature block laid out in cells is none."""
    plain = view.plain
    tables: list[Table] = []
    if "|" in plain:
        tables += drawn_tables(plain)
    drawn = Stretches((rows[0][0][0], rows[-1][-1][1]) for rows, _ in tables)
    if "|" in plain:
        tables += [(rows, _NONE) for rows in pipe_tables(plain) if rows[0][0][0] not in drawn]
        tables += [(rows, _NONE) for rows in bare_tables(plain)]
        for cells, runs in flattened_tables(plain):
            tables += [(rows, _NONE) for rows in _tables_of_stream(view, cells, runs, grammar)]
    if "\t" in plain:
        tables += [(rows, _NONE) for rows in tab_tables(plain)]
    tables += [(rows, _NONE) for rows in line_tables(view.folded, _line_of_number_heading(grammar), _totals(grammar))]
    tables.sort(key=lambda table: table[0][0][0])
    grids = [_grid(view, rows, going_on, grammar) for rows, going_on in _over_pages(view, tables, grammar)]
    return tuple(sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.start))


def _over_pages(view: View, tables: Sequence[Table], grammar: Grammar) -> Iterator[Table]:
    """The tables, with those that the end of a page had cut made one.

    What goes on has as many columns, no headings of its own, and nothing but the number of a page above it.
    """
    upper: Table | None = None
    for table in tables:
        if upper and _goes_on(view, upper, table) and _grid(view, *table, grammar) is None:
            upper[0].extend(table[0])
            continue
        if upper:
            yield upper
        upper = table
    if upper:
        yield upper


def _goes_on(view: View, upper: Table, lower: Table) -> bool:
    (above, ruled), (below, _) = upper, lower
    if ruled or len(above[-1]) != len(below[0]):
        return False
    return _PAGE_BREAK.fullmatch(view.plain, above[-1][-1][1], below[0][0][0]) is not None


@cache
def _totals(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"{totals}(?!\w)")


def _tables_of_stream(view: View, cells: list[Place], runs: list[int], grammar: Grammar) -> Iterator[Rows]:
    """The rows of each table of a stream of cells: one begins with each cell that heads a column of numbers ("TT")."""
    number_headings = _number_headings(grammar)
    heads = [
        index
        for index, (start, end) in enumerate(cells)
        if end - start < 16 and _heading(view.lower[start:end]) in number_headings
    ]
    for head, following in pairwise([*(heads or [0]), len(cells)]):
        # before a single pipe stands the text between two tables, not the last cell of the one above
        end = following - 1 if following < len(cells) and runs[following] == 1 else following
        lengths = row_lengths([*runs[head:end], 2])
        if lengths and lengths[0] >= 2:
            yield rows_of_stream(view.plain, cells[head:end], runs[head:end], lengths[0], max(lengths), bool(heads))


def _grid(view: View, lines: Rows, going_on: frozenset[int], grammar: Grammar) -> Grid | None:
    """The table of these lines, or ``None`` when neither its headings nor its size show that it is one.

    ``going_on``: the lines that go on with the row above them.
    """
    numbers = list(accumulate(int(index not in going_on) for index in range(len(lines))))
    count = numbers[-1]
    if count < 2:
        return None
    titles, second = (
        _words_of_row(view, [line for line, number in zip(lines, numbers, strict=True) if number == row])
        for row in (1, 2)
    )
    two_storeys = _is_second_storey(titles, second, max(map(len, lines)), grammar)
    if two_storeys:
        titles = _two_storeys(titles, second)
    header_rows = 1 + two_storeys
    below = [line for line, number in zip(lines, numbers, strict=True) if number == header_rows + 1]
    if _numbers_columns(view, below):
        header_rows += 1
    kinds = _kinds(titles, grammar)
    known = {kind for kind in kinds if kind != "other"}
    if count <= header_rows or not (len(known) >= 2 or (len(kinds) >= 3 and count >= 4 and "marker" in known)):
        return None
    cells = [
        Cell(start, end, number - 1, column)
        for number, line in zip(numbers, lines, strict=True)
        for column, (start, end) in enumerate(_aligned(view, line, kinds, number > header_rows))
        if start < end
    ]
    start, end = cells[0].start, cells[-1].end
    return Grid(
        start=start,
        end=end,
        header_rows=header_rows,
        columns=tuple(kinds),
        titles=tuple(" ".join(title.split()) for title in titles),
        cells=tuple(cells),
        two_storeys=two_storeys,
        money_unit=_money_unit(view, start, titles, grammar),
    )


def _numbers_columns(view: View, lines: Rows) -> bool:
    """Whether a row below the headings only numbers the columns: "A | B | 1 | 2 | 3 = 1 + 2"."""
    cells = [place for line in lines for place in line if place[0] < place[1]]
    return len(cells) > 1 and all(_COLUMN_NUMBER.fullmatch(view.plain, *place) for place in cells)


def _words_of_row(view: View, lines: Rows) -> list[str]:
    """What the cells of a row say in small letters, over all its lines."""
    if len(lines) == 1:
        return [view.lower[start:end] for start, end in lines[0]]
    cells = zip_longest(*lines, fillvalue=(0, 0))
    return [" ".join(view.lower[start:end] for start, end in cell if start < end) for cell in cells]


def _kinds(titles: list[str], grammar: Grammar) -> list[ColumnKind]:
    """What the columns hold; a second column of actions says what the action consists in."""
    kinds = [_kind(title, grammar) for title in titles]
    if kinds.count("action") > 1:
        kinds[kinds.index("action", kinds.index("action") + 1)] = "content"
    return kinds


def _aligned(view: View, row: list[Place], kinds: list[ColumnKind], is_data: bool) -> list[Place]:
    """A data row that begins with a sentence where its number should stand: the number's cell was merged above."""
    if is_data and kinds[0] == "marker" and len(row) < len(kinds):
        start, end = row[0]
        if start < end and not is_marker(view.plain[start:end]) and sum(left < right for left, right in row) > 1:
            return [(start, start), *row]
    return row


def _is_second_storey(upper: list[str], lower: list[str], width: int, grammar: Grammar) -> bool:
    """Whether the second row goes on with the headings: below empty cells, or one for each cell missing above."""
    words = [word for word in lower if word]
    if not words or any(is_marker(word) for word in words):
        return False
    if not lower[0]:
        return all(_YEAR.fullmatch(word) or _kind(word, grammar) not in ("other", "action") for word in words)
    return len(upper) < width == len(upper) - 1 + len(lower) and all(len(word) < 40 for word in words)


def _two_storeys(upper: list[str], lower: list[str]) -> list[str]:
    """One heading a column: by place where the lower storey has its empty cells, else in the last upper one's place."""
    if not lower[0]:
        width = max(len(upper), len(lower))
        upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
        return [below or above for above, below in zip(upper, lower, strict=True)]
    return upper[:-1] + lower


def _kind(title: str, grammar: Grammar) -> ColumnKind:
    kinds, phrases, pattern = _column_pattern(grammar)
    words = _heading(title)
    if phrases.search(words) is None:
        return "other"
    entries = [match.lastindex for match in pattern.finditer(words) if match.lastindex]
    return kinds[min(entries) - 1] if entries else "other"


def _heading(words: str) -> str:
    return " ".join(words.split()).strip(" :.")


@cache
def _number_headings(grammar: Grammar) -> frozenset[str]:
    """The headings of the column of numbers: "tt", "stt"."""
    phrases = [fold_tones(phrase) for entry in grammar.lexicon["columns"] for phrase in entry["phrases"]]
    return frozenset(phrase for phrase in phrases if _kind(phrase, grammar) == "marker")


@cache
def _line_of_number_heading(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(rf"\n[ ]*+(?P<words>(?i:{'|'.join(map(re.escape, _number_headings(grammar)))}))[ .:]*+(?=\n)")


@cache
def _column_pattern(grammar: Grammar) -> tuple[Sequence[ColumnKind], re.Pattern[str], re.Pattern[str]]:
    """The kinds of columns, all their phrases, and at every word the first kind one of whose phrases begins there."""
    entries = grammar.lexicon["columns"]
    phrases = re.compile(flexible_blanks(alternation(phrase for entry in entries for phrase in entry["phrases"])))
    groups = "|".join(
        rf"(\A{words}\Z)" if entry.get("whole") else rf"({words}(?!\w))"
        for entry in entries
        if (words := flexible_blanks(alternation(entry["phrases"])))
    )
    return [entry["kind"] for entry in entries], phrases, re.compile(rf"(?<!\w)(?={groups})")


def _money_unit(view: View, start: int, titles: list[str], grammar: Grammar) -> str | None:
    """The unit of money that a caption or a heading gives for the figures of the table: "triệu đồng"."""
    pattern = _caption_pattern(grammar)
    match = pattern.search(view.lower, max(0, start - _CAPTION_REACH), start) or pattern.search(" ".join(titles))
    return " ".join(match["unit"].split()) if match else None


@cache
def _caption_pattern(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(
        r"(?<!\w){unit_captions}(?: (?:của )?(?:{caption_subjects}))?[ (:]*+"
        r"(?P<unit>(?:1[.]?000 ?|{money_scales} ?)?{currencies})(?!\w)"
    )
