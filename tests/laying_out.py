"""Plain texts laid out as an office would write them, and turned into PDF, Word files and web pages by LibreOffice.

A text says little of its form; what the extractor reads of it tells where its letterhead, its tables and its signature
block stand. Page, fonts, letterhead and page numbers are those of Decree 30/2020 (Phụ lục I). ``python -m
tests.laying_out FOLDER`` writes all texts in all formats.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from extractor.grammar import Grammar, load_grammar
from extractor.language.view import View, make_view
from extractor.outline.forms import forms
from extractor.outline.header import read_header
from extractor.outline.headings import read_outline
from extractor.outline.structure import Cell, Grid, Outline
from tests import flat_odt as odt
from tests.conftest import CORE_PLANS, REAL

ROOT: Final = Path(__file__).parents[1]
FORMATS: Final = ("pdf", "docx", "doc", "html")
SECONDS_EACH: Final = 30
"""A file for which LibreOffice takes longer hangs it."""

Span = tuple[int, int]

_WIDE: Final = 5
"""A table of more columns stands on pages of its own, across."""
_CAPTION_REACH: Final = 800
"""Code points above a wide table within which the title of its annex stands."""
_CLOSE_GAP: Final = 60
_RULE: Final = re.compile(r"[-_=~|\s.*+]*")
_LINE_END: Final = r"\n(?![ *]*\w+[ *]*(?:\n|\Z))"
"""A line of a letterhead or a signature block ends, but for the last word of one that was wrapped ("DÂN")."""
_SIGNED_END: Final = re.compile(_LINE_END)
_COLUMNS: Final = re.compile(rf"{_LINE_END}| {{3,}}|\t|\|")
_LONE_MARKER: Final = re.compile(r" *(?:[IVX]{1,6}|\d{1,2})\. *")
_MARKER: Final = re.compile(r"[IVX]{1,6}|[\d.]{1,8}|[a-zđ]\)|[A-HĐ]|TT|STT")


def texts() -> list[Path]:
    """The twelve core texts of the corpus, and the real ones where they are on this machine."""
    return [*CORE_PLANS, *sorted((REAL / "text").glob("*.txt"))]


def lay_out(text: str) -> str:
    """A flat ODT with all words of ``text`` in reading order."""
    grammar = load_grammar()
    view = make_view(text)
    outline = read_outline(view, grammar)
    return odt.document(_blocks(view, outline, grammar))


# --- where the parts are -------------------------------------------------------------------------------------------


def _blocks(view: View, outline: Outline, grammar: Grammar) -> Iterator[tuple[str, str]]:
    """The parts of the document in order: the page on which each stands ("portrait", "landscape"), and its XML."""
    parts: list[tuple[Span, str, Grid | None]] = [((grid.start, grid.end), "table", grid) for grid in outline.tables]
    parts += [(span, "letterhead", None) for span in outline.zones_of("letterhead")]
    parts += [(span, "title", None) for span in outline.zones_of("title")]
    parts += [(span, "close", None) for span in _closes(view, outline)]
    starts = [span[0] for span, kind, _ in parts if kind == "title"] + [
        span[1] for span, kind, _ in parts if kind == "close"
    ]
    across = [_across(grid, starts) for grid in outline.tables if _width(grid) > _WIDE]
    done = 0
    for span, kind, grid in [*sorted(parts, key=lambda part: part[0]), ((len(view.plain),) * 2, "end", None)]:
        start, end = span
        if start < done:
            continue
        for left, right in _lines(view, done, start):
            yield _page(left, across), _running(view, outline, left, right)
        page = _page(start, across)
        if kind == "letterhead":
            yield from ((page, block) for block in _letterhead(view, outline, grammar, span))
        elif kind == "title":
            lines = list(_lines(view, start, end))
            yield from ((page, odt.paragraph("title", _words(view, *line))) for line in lines)
        elif kind == "close":
            yield page, _close(view, outline, span)
        elif grid is not None:
            yield page, _table(view, grid)
        done = end


def _page(place: int, across: Sequence[Span]) -> str:
    return "landscape" if any(start <= place < end for start, end in across) else "portrait"


def _across(grid: Grid, starts: Sequence[int]) -> Span:
    """What stands on the pages of a wide table: the table, and the title of its annex above it, which begins there."""
    near = [start for start in starts if grid.start - _CAPTION_REACH < start < grid.start]
    return min(near, default=grid.start), grid.end


def _closes(view: View, outline: Outline) -> Iterator[Span]:
    """Where lists of recipients and signature blocks stand, those side by side as one."""
    spans = sorted(outline.zones_of("recipients", "signature"))
    while spans:
        start, end = spans.pop(0)
        while spans and len(view.plain[end : spans[0][0]].strip(" |\n")) < _CLOSE_GAP:
            end = spans.pop(0)[1]
        yield start, end


def _lines(view: View, start: int, end: int) -> Iterator[Span]:
    """The paragraphs of a stretch that hold words; a marker alone in its line goes with the next one."""
    ends = [match.start() for match in re.finditer("\n", view.folded[start:end])]
    ends = [start + place for place in ends if _ends_paragraph(view, start + place)]
    yield from _parted(view, start, ends, end)


def _ends_paragraph(view: View, place: int) -> bool:
    """Whether a line feed ends a paragraph; one before a line in capitals does not only in wrapped texts."""
    if view.plain[place] == "\n":
        line = view.folded[view.folded.rfind("\n", 0, place) + 1 : place]
        return view.folded[place + 1 : place + 2] == "\n" or not _LONE_MARKER.fullmatch(line)
    return not view.wrapped and _is_capitals(view, place + 1)


def _is_capitals(view: View, start: int) -> bool:
    line = view.folded[start:].split("\n", 1)[0]
    return line.isupper() and len(line.split()) > 1


def _signed_lines(view: View, start: int, end: int) -> Iterator[Span]:
    """The lines of a signature block."""
    yield from _parted(view, start, [match.start() for match in _SIGNED_END.finditer(view.folded, start, end)], end)


def _parted(view: View, start: int, ends: Sequence[int], end: int) -> Iterator[Span]:
    for stop in [*ends, end]:
        if start < stop and not _RULE.fullmatch(view.plain, start, stop):
            yield start, stop
        start = stop + 1


def _words(view: View, start: int, end: int) -> str:
    """The document's own words of a place, escaped; without Markdown signs and tags, wraps as blanks."""
    pieces: list[str] = []
    for sign, plain in zip(view.composed[start:end], view.plain[start:end], strict=True):
        if sign == "\n":
            pieces.append(" ")
        elif not plain.isspace():
            pieces.append(sign)
        elif sign.isspace() or sign == ">":
            pieces.append(" ")
    said = "".join(pieces).strip(" |")
    return re.sub(
        " {2,}", lambda match: f' <text:s text:c="{len(match[0]) - 1}"/>', escape(said.replace("&nbsp;", " "))
    )


# --- parts ---------------------------------------------------------------------------------------------------------


def _running(view: View, outline: Outline, start: int, end: int) -> str:
    """A paragraph of the text: a heading bold, a line in capitals centred."""
    words = _words(view, start, end)
    plain = view.plain[start:end].strip()
    marked = [heading for heading in outline.headings if start <= heading.start < end]
    if marked and marked[0].title and len(words) < 160:
        return odt.paragraph("heading", words)
    if plain.isupper() and len(plain) > 5 and not marked:
        return odt.paragraph("title", words)
    if plain.startswith("(") and len(plain) < 250:
        return odt.paragraph("caption", words)
    return odt.paragraph("body", words)


def _letterhead(view: View, outline: Outline, grammar: Grammar, span: Span) -> Iterator[str]:
    """The two columns: the issuing bodies and the number; the motto, place and date."""
    header = read_header(view, outline, grammar)
    spans = {name: place for name, place in (header.spans or {}).items() if span[0] <= place[0] < span[1]}
    mottos = [match.span() for match in forms(grammar)["motto"].finditer(view.folded, *span)]
    dates = [(spans.get("place", spans["date"])[0], spans["date"][1])] if "date" in spans else []
    numbers = [spans["number"]] if "number" in spans else []
    free = sorted([*mottos, *dates, *numbers, (span[1], span[1])])
    bodies: list[Span] = []
    at = span[0]
    for start, end in free:
        bodies += _pieces(view, at, start)
        at = max(at, end)
    left = [odt.paragraph("emblem", _words(view, *piece)) for piece in bodies]
    right = [odt.paragraph("emblem", _words(view, *piece)) for piece in mottos]
    number = [odt.paragraph("number", _words(view, *piece)) for piece in numbers]
    date = [odt.paragraph("date", _words(view, *piece)) for piece in dates]
    if not left + number:
        yield from (line.replace('"emblem"', '"title"') for line in right + date)
    elif zlib.crc32(view.plain.encode()) % 2:  # offices lay it out in one row, or in two
        yield odt.side_by_side([[left, right], [number, date]], 6.5)
    else:
        yield odt.side_by_side([[left + number, right + date]], 6.5)


def _pieces(view: View, start: int, end: int) -> Iterator[Span]:
    """The words of one column each in a stretch of a letterhead."""
    at = start
    for match in [*_COLUMNS.finditer(view.folded, start, end), None]:
        stop = end if match is None else match.start()
        if not _RULE.fullmatch(view.plain, at, stop):
            yield at, stop
        at = end if match is None else match.end()


def _close(view: View, outline: Outline, span: Span) -> str:
    """The two columns: the list of recipients, and who signs."""
    signed = [zone for zone in outline.zones_of("signature") if span[0] <= zone[0] < span[1]]
    left: list[str] = []
    right: list[str] = []
    at = span[0]
    for start, end in [*signed, (span[1], span[1])]:
        left += [odt.paragraph("recipient", _words(view, *line)) for line in _lines(view, at, start)]
        right += [odt.paragraph("signer", _words(view, *line)) for line in _signed_lines(view, start, end)]
        at = end
    if len(right) > 1:
        right[-1:-1] = [odt.paragraph("signer", "")] * 3
    return odt.side_by_side([[left, right]], 8.5)


def _table(view: View, grid: Grid) -> str:
    """A table of data with borders; its headings stand again on each page."""
    count = _width(grid)
    rows = [_said(view, cells, count) for _, cells in groupby(grid.cells, lambda cell: cell.row)]
    heads, data = rows[: grid.header_rows], rows[grid.header_rows :]
    if grid.two_storeys:
        lines = _two_storeys(heads[0], heads[1], count) + [_row(row, count, "cellhead") for row in heads[2:]]
    else:
        lines = [_row(row, count, "cellhead") for row in heads]
    style, total = ("landscape", odt.LANDSCAPE) if count > _WIDE else ("portrait", odt.PORTRAIT)
    return (
        f'<table:table table:style-name="{style}">{odt.columns(_shares(view, grid, count, total))}'
        f"<table:table-header-rows>{''.join(lines)}</table:table-header-rows>"
        f"{''.join(_data_row(row, count) for row in data)}</table:table>"
    )


def _width(grid: Grid) -> int:
    return len(grid.columns)


def _said(view: View, cells: Iterable[Cell], count: int) -> dict[int, list[str]]:
    """The paragraphs of a row's cells by column; the last one takes what a row has more than its headings."""
    said: dict[int, list[str]] = {}
    for cell in cells:
        said.setdefault(min(cell.column, count - 1), []).extend(
            _words(view, *line) for line in _lines(view, cell.start, cell.end)
        )
    return said


def _two_storeys(upper: dict[int, list[str]], lower: dict[int, list[str]], count: int) -> list[str]:
    """Headings of which one stands over several: cells that span columns, the others span both rows."""
    if 0 in lower:
        lower = {column + count - len(lower): said for column, said in lower.items()}
    above = []
    for column in range(count):
        across = column + 1
        while column in lower and across < count and across in lower and across not in upper:
            across += 1
        if column in upper:
            spans = odt.spans(columns=across - column, rows=1 if column in lower else 2)
            above.append(odt.cell("boxed", odt.paragraphs("cellhead", upper[column]), spans))
        else:
            above.append(odt.COVERED)
    below = [
        odt.cell("boxed", odt.paragraphs("cellhead", lower[at])) if at in lower else odt.COVERED for at in range(count)
    ]
    return [f"<table:table-row>{''.join(row)}</table:table-row>" for row in (above, below)]


def _data_row(said: dict[int, list[str]], count: int) -> str:
    """A row of data; the title of a group of rows, alone in its row, spans all columns."""
    if len(said) == 1 and not _MARKER.fullmatch("".join(*said.values()).strip(". ")):
        title = odt.cell("boxed", odt.paragraphs("cellhead", *said.values()), odt.spans(columns=count))
        return f"<table:table-row>{title}{odt.COVERED * (count - 1)}</table:table-row>"
    return _row(said, count, "cell")


def _row(said: dict[int, list[str]], count: int, style: str) -> str:
    cells = [said.get(column, []) for column in range(count)]
    styles = ["cellmid" if style == "cell" and len("".join(words)) < 8 else style for words in cells]
    boxes = [odt.cell("boxed", odt.paragraphs(*cell)) for cell in zip(styles, cells, strict=True)]
    return f"<table:table-row>{''.join(boxes)}</table:table-row>"


def _shares(view: View, grid: Grid, count: int, total: float) -> list[float]:
    """The widths of the columns by how much stands in them and by their longest words, cm, in quarters."""
    shares = []
    alone = {row for row, cells in groupby(grid.cells, lambda cell: cell.row) if len(list(cells)) == 1}
    cells = [cell for cell in grid.cells if cell.row not in alone]
    for column in range(count):
        words = [view.plain[cell.start : cell.end] for cell in cells if cell.column == column] or [""]
        longest = max((len(word) for cell in words[grid.header_rows :] for word in cell.split()), default=2)
        room = (sum(map(len, words)) / len(words)) ** 0.6
        shares.append((min(longest, 12) * 0.22 + 0.6, room))
    left = total - sum(least for least, _ in shares)
    rooms = sum(room for _, room in shares)
    widths = [int((least + left * room / rooms) * 4) / 4 for least, room in shares]
    widths[widths.index(max(widths))] += total - sum(widths)
    return widths


# --- programs ------------------------------------------------------------------------------------------------------


def write_sources(paths: Sequence[Path], folder: Path) -> list[Path]:
    """The texts laid out, NAME.fodt each."""
    sources = []
    for path in paths:
        source = folder / f"{path.stem}.fodt"
        source.write_text(lay_out(path.read_bytes().decode("utf-8")), "utf-8")
        sources.append(source)
    return sources


def convert(sources: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """The files that one run of LibreOffice makes of ``sources``, in its own throw-away profile."""
    filters = {"docx": "docx:MS Word 2007 XML", "doc": "doc:MS Word 97", "html": "html:HTML (StarWriter)"}
    with tempfile.TemporaryDirectory(prefix="laying-out-") as profile:
        subprocess.run(
            ["soffice", "--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}",
             "--convert-to", filters.get(to, to), "--outdir", str(folder), *map(str, sources)],
            check=True, capture_output=True, timeout=60 + SECONDS_EACH * len(sources),
        )  # fmt: skip
    made = [folder / f"{source.stem}.{to}" for source in sources]
    missing = [path.name for path in made if not path.exists()]
    if missing:
        raise RuntimeError(f"LibreOffice made nothing of {', '.join(missing)}")
    return made


def as_images(pdf: bytes, dpi: int = 300, noise: float = 0.0, skew: float = 0.0, seed: int = 0) -> bytes:
    """A scan of a PDF: a PDF of grey images of its pages, turned by ``skew`` degrees.

    ``noise`` is the deviation of the grey (of 1), and the share of a tenth of it turns black or white.
    """
    import numpy
    import pypdfium2
    from PIL import Image

    dice = numpy.random.default_rng(seed)
    pages = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        image = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        if skew:
            image = image.rotate(skew, resample=Image.Resampling.BICUBIC, expand=False, fillcolor=255)
        if noise:
            grey = numpy.asarray(image, dtype=numpy.float32)
            grey = grey + dice.normal(0, 255 * noise, grey.shape)
            specks = dice.random(grey.shape)
            grey[specks < noise / 20] = 0
            grey[specks > 1 - noise / 20] = 255
            image = Image.fromarray(grey.clip(0, 255).astype(numpy.uint8))
        pages.append(image)
    document.close()
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=85)
    return out.getvalue()


def main() -> None:
    """Writes all texts in all formats into FOLDER/FORMAT."""
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        sources = write_sources(texts(), Path(folder))
        for to in FORMATS:
            (target / to).mkdir(parents=True, exist_ok=True)
            convert(sources, to, target / to)


if __name__ == "__main__":
    main()
