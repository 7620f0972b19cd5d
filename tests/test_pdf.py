"""PDF files: lines, columns, tables, paragraphs, what is none of the text, and where every mention stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor import Extractor
from extractor.errors import InputError
from extractor.reading import Document, Limits, read_bytes
from extractor.reading.pages import recognition
from tests.legacy_fonts import plain_tcvn3, to_vni
from tests.pdf_files import A4, grid, pdf, picture, rule, words

LEFT, INDENT = 85.0, 121.0
LONG = "phai bao dam tien do va chat luong cua tung nhiem vu duoc giao trong nam nay"  # fills a line, nearly


def body(*lines: tuple[float, str], top: float = 100.0, step: float = 16.0) -> str:
    """Lines of 13 points one below the other; each with its left end."""
    return "".join(words(x, top + step * number, said) for number, (x, said) in enumerate(lines))


def read(*pages: str, **options: object) -> Document:
    return read_bytes(pdf(*pages, **options), "plan.pdf")  # type: ignore[arg-type]


def test_the_two_sides_of_a_letterhead_do_not_interleave() -> None:
    page = (
        words(110, 60, "UBND TINH X") + words(290, 60, "CONG HOA XA HOI CHU NGHIA VIET NAM", 11)
        + words(100, 75, "SO CONG THUONG") + words(330, 75, "Doc lap - Tu do - Hanh phuc")
        + words(105, 92, "So: 05/KH-SCT") + words(310, 92, "X, ngay 02 thang 4 nam 2027")
        + words(250, 130, "KE HOACH")
    )  # fmt: skip
    assert read(page).text.split("\n") == [
        "UBND TINH X", "SO CONG THUONG", "So: 05/KH-SCT", "",
        "CONG HOA XA HOI CHU NGHIA VIET NAM", "Doc lap - Tu do - Hanh phuc", "X, ngay 02 thang 4 nam 2027",
        "KE HOACH", "",
    ]  # fmt: skip


def test_figures_on_the_right_stay_with_their_words() -> None:
    """Near miss: two columns whose right one holds figures are one list."""
    page = body((LEFT, LONG)) + "".join(
        words(LEFT, 130 + 16 * n, item) + words(420, 130 + 16 * n, figure)
        for n, (item, figure) in enumerate((("- Xa A", "120.000"), ("- Xa B", "85.500"), ("- Xa C", "9.000")))
    )
    assert "- Xa A   120.000" in read(page).text


def test_a_paragraph_runs_over_its_lines_and_an_indent_begins_the_next() -> None:
    text = read(body((INDENT, LONG), (LEFT, LONG + " cac"), (LEFT, "so, nganh."), (INDENT, LONG), (LEFT, "het."))).text
    assert text == f"{LONG} {LONG} cac so, nganh.\n\n{LONG} het.\n"


def test_a_line_with_room_for_the_next_word_ends_a_paragraph() -> None:
    text = read(body((LEFT, LONG), (LEFT, "Kinh phi"), (LEFT, "tu ngan sach " + LONG[:50]))).text
    assert "Kinh phi\n" in text


@pytest.mark.parametrize("opener", ["- tuyen", "+ tuyen", "a) tuyen", "2. tuyen", "III. TUYEN", "1.2. tuyen"])
def test_what_opens_an_item_is_never_joined(opener: str) -> None:
    assert f"\n{opener}" in read(body((LEFT, LONG + ";"), (LEFT, f"{opener} truyen " + LONG[:50]))).text


@pytest.mark.parametrize("before", [(INDENT, LONG[:70]), (LEFT, LONG)])
def test_a_dash_that_opens_a_line_by_chance_is_no_bullet(before: tuple[float, str]) -> None:
    lines = ((LEFT, LONG), before, (LEFT, "- 2030, " + LONG[:50]))
    assert f"{before[1]} - 2030" in read(body(*lines)).text


@pytest.mark.parametrize("bullet", [LEFT, INDENT])
def test_a_dash_under_hanging_words_is_a_bullet(bullet: float) -> None:
    """Near miss: the line above hangs under its own bullet, or the dash stands where first lines do."""
    lines = ((LEFT, LONG), (bullet, "- " + LONG[:68]), (bullet + 12, LONG[:72]), (bullet, "- 2030, " + LONG[:40]))
    assert "\n- 2030" in read(body(*lines)).text


@pytest.mark.parametrize("word", ["2027 tren", "55/TTr-SCT", "1.200 ho"])
def test_a_number_that_opens_a_line_is_no_marker(word: str) -> None:
    """Near miss: figures and codes begin lines by chance."""
    assert f" {word}" in read(body((LEFT, LONG), (LEFT, f"{word} " + LONG[:50]))).text


def test_a_code_broken_behind_its_hyphen_is_whole_again() -> None:
    said = LONG.replace("trong nam nay", "tai so 15/QD-")
    assert "15/QD-TTg ngay" in read(body((LEFT, LONG), (LEFT, said), (LEFT, "TTg ngay 01/02/2027."))).text


def test_a_sentence_runs_over_the_end_of_a_page() -> None:
    first = body((LEFT, LONG), (LEFT, LONG)) + words(295, 40, "1")
    second = words(295, 40, "2") + body((LEFT, "va bao cao."), (INDENT, LONG[:50]))
    document = read(first, second)
    assert f"{LONG} {LONG} va bao cao.\n" in document.text
    assert document.layout.starts == [0, document.text.index("va bao cao.")]


def test_running_heads_and_page_numbers_are_none_of_the_text() -> None:
    pages = [
        words(LEFT, 40, f"Ke hoach nam 2027 - trang {number}", 9) + body((LEFT, LONG), (LEFT, f"Muc thu {number} xong."))
        + words(295, 810, str(number))
        for number in range(1, 4)
    ]  # fmt: skip
    text = read(*pages).text
    assert "Ke hoach nam" not in text
    assert [line for line in text.split("\n") if line.strip().isdigit()] == []
    assert text.count("Muc thu") == 3


def test_headings_that_count_are_no_running_heads() -> None:
    """Near miss: annexes that each begin a page."""
    text = read(*[words(LEFT, 60, f"Bieu so {number}") + body((LEFT, LONG)) for number in (1, 2, 3)]).text
    assert [line for line in text.split("\n") if line.startswith("Bieu")] == ["Bieu so 1", "Bieu so 2", "Bieu so 3"]


def test_a_year_at_the_head_of_a_page_is_no_page_number() -> None:
    """Near miss: a number that stands alone at the edge, but does not count pages."""
    assert "2027" in read(words(295, 60, "2027") + body((LEFT, LONG)), body((LEFT, LONG))).text


TABLE = grid([60, 100, 300, 420, 540], [100, 130, 160, 190])
ROWS = (
    ("TT", "Nhiem vu", "Chu tri", "Thoi gian"),
    ("1", "Trong rung", "So A", "Quy II"),
    ("2", "Lam duong", "So B", "Quy IV"),
)


def table(rows: tuple[tuple[str, ...], ...], top: float = 100.0) -> str:
    cells = "".join(
        words(x + 4, top + 20 + 30 * row, cell, 11)
        for row, line in enumerate(rows)
        for x, cell in zip((60, 100, 300, 420), line, strict=True)
        if cell
    )
    return grid([60, 100, 300, 420, 540], [top + 30 * n for n in range(len(rows) + 1)]) + cells


def test_a_ruled_table_is_rows_of_cells() -> None:
    text = read(body((LEFT, "Bieu 1"), top=80) + table(ROWS) + body((LEFT, "Ghi chu"), top=250)).text
    assert text.split("\n") == [
        "Bieu 1", "", "| TT | Nhiem vu | Chu tri | Thoi gian |", "|---|---|---|---|",
        "| 1 | Trong rung | So A | Quy II |", "| 2 | Lam duong | So B | Quy IV |", "", "Ghi chu", "",
    ]  # fmt: skip


def test_a_table_goes_on_over_pages_without_its_repeated_headings() -> None:
    more = (ROWS[0], ("", "ven bien", "", ""), ("3", "Lam cau", "So C", "Quy I"))
    assert read(table(ROWS, 700), table(more, 60)).text.split("\n")[2:] == [
        "| 1 | Trong rung | So A | Quy II |", "| 2 | Lam duong ven bien | So B | Quy IV |",
        "| 3 | Lam cau | So C | Quy I |", "",
    ]  # fmt: skip


def test_another_table_on_the_next_page_is_a_table_of_its_own() -> None:
    """Near miss: words stand between them."""
    text = read(table(ROWS, 700), body((LEFT, "Bieu 2"), top=50) + table(ROWS, 60)).text
    assert text.count("|---|---|---|---|\n") == 2


def test_footnotes_stand_behind_the_text() -> None:
    page = (
        words(LEFT, 100, "Ke hoach giam ngheo") + words(206, 95, "1", 7) + words(213, 100, "duoc phe duyet.")
        + rule(LEFT, 760, LEFT + 140, 760) + words(LEFT, 772, "1", 6) + words(LEFT + 5, 776, "Theo chuan moi.", 10)
    )  # fmt: skip
    assert read(page, body((LEFT, "Trang sau."))).text == (
        "Ke hoach giam ngheo[1] duoc phe duyet.\n\nTrang sau.\n[1] Theo chuan moi.\n"
    )


def test_an_exponent_is_no_footnote() -> None:
    """Near miss: "m2" with a raised figure, and no footnote of that number."""
    assert read(words(LEFT, 100, "Dat 120 m") + words(142, 95, "2", 7) + words(150, 100, "dat.")).text.startswith(
        "Dat 120 m2"
    )


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(rotate: int) -> None:
    width, height = A4
    size = (height, width) if rotate != 180 else A4
    upright = body((INDENT, LONG), (LEFT, "het.")) + words(LEFT, 200, "Muc 2", height=A4[1])
    turned = {90: f"0 1 -1 0 {height} 0", 180: f"-1 0 0 -1 {width} {height}", 270: f"0 -1 1 0 0 {width}"}[rotate]
    content = f"q {turned} cm\n{upright}\nQ"
    assert read(content, rotate=rotate, size=size).text == read(upright).text


def test_every_mention_says_where_it_stands() -> None:
    first = body((LEFT, LONG), (LEFT, "Trong 440 ha rung."))
    document = read(first, body((LEFT, "Giao 15 ha thuc hien.")))
    plan = Extractor().extract_document(document)
    woods, fields = plan.quantities
    assert (plan.source.pages, plan.source.page_starts) == (2, list(document.layout.starts))
    assert (woods.page, fields.page) == (1, 2)
    assert fields.boxes is not None
    [(page, x0, top, x1, bottom)] = fields.boxes
    assert page == 2
    assert 110 < x0 < 125 < x1 < 160
    assert (round(top), round(bottom)) == (90, 103)


def test_a_mention_on_two_lines_has_two_boxes() -> None:
    said = LONG.replace("trong nam nay", "la 1.440")
    plan = Extractor().extract_document(read(body((LEFT, "1. " + LONG[:50]), (LEFT, said), (LEFT, "km duong."))))
    boxes = plan.quantities[0].boxes
    assert boxes is not None
    assert [round(box[4] - box[2]) for box in boxes] == [13, 13]
    assert boxes[0][2] < boxes[1][2]


def test_a_picture_without_tesseract_is_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "what_is_missing", lambda: "install Tesseract")
    plan = Extractor().extract_document(read(body((LEFT, LONG)), picture(), picture()))
    assert [(warning.code, warning.message) for warning in plan.warnings] == [
        ("unread-page", "pages 2 to 3: each is a picture without words; to have it read, install Tesseract.")
    ]
    assert plan.source.ocr is False


def test_an_empty_page_raises_no_warning() -> None:
    """Near miss: nothing stands on it, so nothing was missed."""
    document = read("", body((LEFT, LONG)))
    assert document.faults == []
    assert document.layout.starts == [0, 0]


def test_a_limit_of_pages_keeps_what_was_read() -> None:
    document = read_bytes(pdf(*[body((LEFT, f"Muc {n}.")) for n in range(5)]), "plan.pdf", Limits(pages=2))
    assert document.text == "Muc 0.\n\nMuc 1.\n"
    assert [fault.code for fault in document.faults] == ["truncated"]
    assert "behind page 2 of 5" in document.faults[0].message
    assert "--page-limit" in document.faults[0].message


def test_a_password_is_named() -> None:
    asked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'00' * 32}> >> /ID [<00> <00>]"
    with pytest.raises(InputError, match=r"plan\.pdf is protected by a password"):
        read("", trailer=asked)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n...", pdf("")[:60], b"%PDF-1.4\n%%EOF"])
def test_a_damaged_file_is_named(data: bytes) -> None:
    with pytest.raises(InputError, match=r"plan\.pdf is a damaged PDF"):
        read_bytes(data, "plan.pdf")


def test_a_pdf_is_known_by_its_content() -> None:
    assert read_bytes(b"\n\n" + pdf(body((LEFT, "Muc 1."))), "plan.docx").media_type == "application/pdf"


@pytest.mark.parametrize(
    ("font", "encode"), [(".VnTime", plain_tcvn3), ("ABCDEF+.VnTime,Bold", plain_tcvn3), ("VNI-Times", to_vni)]
)
def test_old_fonts_are_known_by_their_names(font: str, encode: Callable[[str], str]) -> None:
    said = ("Kế hoạch trồng rừng, được", "thực hiện ở 15 xã, phường")
    page = "".join(words(LEFT, 100 + 40 * n, encode(line)) for n, line in enumerate(said))
    document = read_bytes(pdf(page).replace(b"/Helvetica", b"/" + font.encode()), "plan.pdf")
    assert document.text.split("\n\n") == [said[0], said[1] + "\n"]
    (fault,) = document.faults
    assert fault.code == "legacy-encoding"
    assert font.removeprefix("ABCDEF+").split(",")[0] in fault.message
    quantity = Extractor().extract_document(document).quantities[0]
    assert (quantity.text, quantity.page, len(quantity.boxes or [])) == ("15 xã", 1, 1)


def test_a_font_of_capitals_shows_small_letters_as_capitals() -> None:
    page = words(LEFT, 100, plain_tcvn3("kế hoạch"))
    assert read_bytes(pdf(page).replace(b"/Helvetica", b"/.VnTimeH"), "plan.pdf").text == "KẾ HOẠCH\n"


def test_old_signs_are_known_by_their_words_where_fonts_have_other_names() -> None:
    said = "Ủy ban nhân dân tỉnh chỉ đạo các sở, ngành thực hiện nhiệm vụ trồng rừng, bảo vệ môi trường năm nay"
    lines = [said[:48], said[48:]]
    page = "".join(words(LEFT, 100 + 16 * n, plain_tcvn3(line)) for n, line in enumerate(lines))
    document = read(page)
    assert " ".join(document.text.split()).casefold() == said.casefold()
    assert [fault.code for fault in document.faults] == ["legacy-encoding"]


def test_french_in_a_common_font_is_never_touched() -> None:
    """Near miss: Latin-1 letters that are what they seem."""
    said = "Le préfet a été prié de vérifier où les élèves français ont été hébergés là-bas à Noël, malgré la fête"
    document = read(words(20, 100, said, 9))
    assert (document.text, document.faults) == (said + "\n", [])


def test_a_marker_behind_which_a_tab_stands_opens_its_words() -> None:
    items = "".join(
        words(LEFT, 120 + 16 * n, f"{n + 1}.") + words(LEFT + 50, 120 + 16 * n, f"Viec so {n}.") for n in range(3)
    )
    assert read(words(250, 80, "KE HOACH") + items).text.split("\n\n") == [
        "KE HOACH", "1. Viec so 0.", "2. Viec so 1.", "3. Viec so 2.\n",
    ]  # fmt: skip


def test_an_exponent_is_no_mark_even_where_a_footnote_has_its_number() -> None:
    page = (
        words(LEFT, 100, "Dat 120 m") + words(143, 95, "1", 7) + words(150, 100, "dat.")
        + rule(LEFT, 760, LEFT + 140, 760) + words(LEFT, 772, "1", 6) + words(LEFT + 5, 776, "Ghi chu.", 10)
    )  # fmt: skip
    assert read(page).text == "Dat 120 m1 dat.\n[1] Ghi chu.\n"


def test_a_watermark_across_the_page_is_none_of_the_text() -> None:
    slanted = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (BAN SAO) Tj ET\n"
    assert read(body((LEFT, LONG)) + slanted).text == LONG + "\n"


def test_words_drawn_sideways_are_said_to_be_unread() -> None:
    sideways = f"BT /F1 13 Tf 0 1 -1 0 300 100 Tm ({LONG}) Tj ET\n"
    document = read(words(LEFT, 100, "Bieu 1") + sideways)
    assert document.text == "Bieu 1\n"
    assert [(fault.code, fault.message) for fault in document.faults] == [
        ("unread-page", "page 1 has words that are drawn sideways.")
    ]


def test_spaced_out_letters_are_words() -> None:
    assert read(f"BT /F1 13 Tf 4 Tc {LEFT} 700 Td (KE HOACH NAM) Tj ET\n").text == "KE HOACH NAM\n"


def dots(x0: float, top: float, x1: float, bottom: float) -> str:
    """A dotted rule as programs fill it: small boxes side by side."""
    count = int(max(x1 - x0, bottom - top) / 2)
    places = ((x0 + (x1 - x0) * n / count, top + (bottom - top) * n / count) for n in range(count + 1))
    return "".join(f"{x} {A4[1] - y} 0.8 0.8 re f\n" for x, y in places)


def test_a_table_with_dotted_rules_is_a_table() -> None:
    ruled = table(ROWS).replace(grid([60, 100, 300, 420, 540], [100, 130, 160, 190]), "")
    sides = [(x, 100, x, 190) for x in (60, 100, 300, 420, 540)] + [(60, y, 540, y) for y in (100, 130, 160, 190)]
    assert read(ruled + "".join(dots(*side) for side in sides)).text == read(table(ROWS)).text


@pytest.mark.parametrize("left_out", ["sides", "end"])
def test_sides_that_a_table_leaves_open_are_closed(left_out: str) -> None:
    """Without outer borders, or cut by the end of a page."""
    ruled = table(ROWS).replace(grid([60, 100, 300, 420, 540], [100, 130, 160, 190]), "")
    uprights = (100, 300, 420) if left_out == "sides" else (60, 100, 300, 420, 540)
    levels = (100, 130, 160, 190) if left_out == "sides" else (100, 130, 160)
    rules = [rule(x, 100, x, 190) for x in uprights] + [rule(60, y, 540, y) for y in levels]
    assert read(ruled + "".join(rules)).text == read(table(ROWS)).text


def test_filled_boxes_that_are_thin_are_rules() -> None:
    """As Word writes the borders of cells."""
    ruled = table(ROWS).replace(grid([60, 100, 300, 420, 540], [100, 130, 160, 190]), "")
    up = "".join(f"{x} {A4[1] - 190} 0.5 90 re f\n" for x in (60, 100, 300, 420, 540))
    level = "".join(f"60 {A4[1] - y} 480 0.5 re f\n" for y in (100, 130, 160, 190))
    assert read(ruled + up + level).text == read(table(ROWS)).text


def test_a_row_cut_in_a_sentence_goes_on_without_numbers() -> None:
    rows = (("", "Nhiem vu", "Chu tri", "Thoi gian"), ("", "Trong rung phong ho", "So A", "Quy II"))
    more = (rows[0], ("", "ven bien va dau nguon", "", ""), ("", "Lam duong", "So B", "Quy I"))
    text = read(table(rows, 730), table(more, 60)).text
    assert "Trong rung phong ho ven bien va dau nguon | So A |" in text
    assert "| Lam duong | So B |" in text


def test_a_row_on_the_next_page_that_begins_small_is_a_row_of_its_own() -> None:
    """Near miss: its number says so, though a cell goes on as if in a sentence."""
    more = (ROWS[0], ("3", "Lam cau", "cac so, nganh", "Quy I"))
    assert read(table(ROWS, 700), table(more, 60)).text.endswith("| 3 | Lam cau | cac so, nganh | Quy I |\n")


@pytest.mark.parametrize(
    ("opener", "opens"), [("Điều 5. Giao", True), ("Chương 2. Giao", True), ("điều 5 Nghị định", False)]
)
def test_an_article_that_is_mentioned_opens_no_paragraph(opener: str, opens: bool) -> None:
    """Near miss: in small letters it is a mention, whatever line it happens to begin."""
    lines = ((LEFT, LONG), (LEFT, plain_tcvn3(opener) + " " + LONG[:50]))
    text = read_bytes(pdf(body(*lines)).replace(b"/Helvetica", b"/.VnTime"), "plan.pdf").text
    assert (f"\n{opener}" in text) is opens


def test_the_sign_that_parts_cells_keeps_its_place() -> None:
    rows = (ROWS[0], ("1", "Trong 15 ha | rung", "So A", "Quy II"))
    plan = Extractor().extract_document(read(table(rows)))
    assert [(quantity.text, len(quantity.boxes or [])) for quantity in plan.quantities] == [("15 ha", 1)]
