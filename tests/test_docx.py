"""Word files: what stands in the parts of a DOCX, in reading order, numbered as Word shows it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.errors import InputError
from extractor.evaluation.gold import read_gold
from extractor.reading import read_bytes
from tests.conftest import ROOT

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
NUMBERING = f"""<w:numbering {NAMES}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {NAMES}><w:style w:styleId="Heading1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="MyHeading"><w:basedOn w:val="Heading1"/></w:style></w:styles>"""


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def para(words: str, *, level: int | None = None, number: int = 1, style: str = "") -> str:
    """A paragraph of one run, numbered or not."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if level is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = words if words.startswith("<") else run(words)
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{inside}</w:p>"


def table(*rows: list[str]) -> str:
    """A table; a cell is its words, "^" goes on with the one above, and "words>2" spans two columns."""

    def cell(words: str) -> str:
        merged = "<w:vMerge/>" if words == "^" else ""
        words, _, span = ("", "", "") if words == "^" else words.partition(">")
        spanned = f'<w:gridSpan w:val="{span}"/>' if span else ""
        return f"<w:tc><w:tcPr>{spanned}{merged}</w:tcPr>" + "".join(map(para, words.split("¶"))) + "</w:tc>"

    lines = "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows)
    return f"<w:tbl>{lines}</w:tbl>"


def docx(*blocks: str, **parts: str) -> bytes:
    """A DOCX file of these blocks; further parts by name, "footnotes" for word/footnotes.xml."""
    files = {"document": f"<w:document {NAMES}><w:body>{''.join(blocks)}</w:body></w:document>"}
    files |= {"numbering": NUMBERING, "styles": STYLES} | parts
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def read(*blocks: str, **parts: str) -> str:
    return read_bytes(docx(*blocks, **parts), "plan.docx").text


def lines_of(text: str) -> list[str]:
    """The lines, without the empty ones that set paragraphs apart."""
    return [line for line in text.splitlines() if line]


def test_automatic_numbers_are_those_that_word_shows() -> None:
    text = read(
        para("MỤC TIÊU", style="Heading1"),
        para("NHIỆM VỤ", style="MyHeading"),
        para("Tuyên truyền", level=1),
        para("Treo băng rôn", level=2),
        para("Phát tờ rơi", level=2),
        para("In 500 tờ", level=3),
        para("Tập huấn", level=1),
        para("Mở lớp", level=2),
        para("Nối tiếp", level=2, number=2),
        para("Không số", style="Heading1", level=0, number=0),
        para("KINH PHÍ", style="Heading1"),
        para("   ", style="Heading1"),
    )
    assert lines_of(text) == [
        "I. MỤC TIÊU", "II. NHIỆM VỤ", "2.1. Tuyên truyền", "a) Treo băng rôn", "b) Phát tờ rơi", "- In 500 tờ",
        "2.2. Tập huấn", "a) Mở lớp", "e) Nối tiếp", "Không số", "III. KINH PHÍ", "   ",
    ]  # fmt: skip


def test_a_table_of_data_is_rows_of_cells() -> None:
    text = read(
        para("Danh mục"),
        table(
            ["TT", "Nhiệm vụ", "Chủ trì"],
            ["Nhóm một>3"],
            ["1", "Rà soát¶hồ chứa", "Sở Y tế"],
            ["2", "Cắm | mốc", "^"],
        ),
    )
    assert lines_of(text) == [
        "Danh mục",
        "| TT | Nhiệm vụ | Chủ trì |",
        "|---|---|---|",
        "| Nhóm một |  |  |",
        "| 1 | Rà soát hồ chứa | Sở Y tế |",
        "| 2 | Cắm ¦ mốc |  |",
    ]


def test_a_table_that_only_lays_out_is_read_cell_by_cell() -> None:
    text = read(
        table(
            ["ỦY BAN NHÂN DÂN¶TỈNH SƠN LA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 12/KH-UBND", "Sơn La, ngày 02 tháng 3 năm 2027"],
        ),
        para("KẾ HOẠCH"),
        para("Trồng rừng năm 2027"),
    )
    assert lines_of(text)[:4] == [
        "ỦY BAN NHÂN DÂN", "TỈNH SƠN LA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/KH-UBND",
    ]  # fmt: skip
    header = Extractor().extract(text).header
    assert (header.number, header.date, header.issuer) == ("12/KH-UBND", "2027-03-02", "Ủy ban nhân dân tỉnh Sơn La")


def test_a_letterhead_with_a_gap_between_its_sides_is_one(reader: Extractor) -> None:
    text = read(
        table(
            ["THỦ TƯỚNG CHÍNH PHỦ", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 12/QĐ-TTg", "", "Hà Nội, ngày 02 tháng 3 năm 2027"],
        ),
        para("QUYẾT ĐỊNH"),
        para("Về việc trồng rừng"),
    )
    assert lines_of(text)[:2] == ["THỦ TƯỚNG CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert reader.extract(text).header.number == "12/QĐ-TTg"


def test_changes_are_accepted_and_what_is_no_text_is_left_out() -> None:
    inserted = f"<w:ins>{run('05 lớp')}</w:ins>"
    deleted = "<w:del><w:r><w:delText>04 lớp</w:delText></w:r></w:del>"
    code = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    text = read(
        para(run("Mở ") + deleted + inserted + code + f"<w:moveFrom>{run('cũ')}</w:moveFrom>" + run(" tại xã."))
    )
    assert text == "Mở 05 lớp tại xã.\n"


def test_text_boxes_stand_once_and_footnotes_at_the_end() -> None:
    box = f"<w:txbxContent>{para('Trong khung')}</w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    footnotes = f"""<w:footnotes {NAMES}><w:footnote w:id="0" w:type="separator">{para("---")}</w:footnote>
<w:footnote w:id="2">{para("Theo báo cáo.")}</w:footnote></w:footnotes>"""
    text = read(para(run("Đạt 100%") + note + run(".") + twice), para("Hết"), footnotes=footnotes)
    assert lines_of(text) == ["Đạt 100%[2].", "Trong khung", "Hết", "[2] Theo báo cáo."]


def test_controls_links_and_breaks() -> None:
    control = f"<w:sdt><w:sdtContent>{para('Trong ô')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{run('Cổng')}</w:hyperlink><w:r><w:br/><w:t>dưới</w:t><w:tab/><w:t>phải</w:t></w:r>"
    assert lines_of(read(control, para(link))) == ["Trong ô", "Cổng", "dưới\tphải"]


def bomb() -> bytes:
    return docx(para("x"), numbering=f"<w:numbering {NAMES}>{' ' * 3_000_000}</w:numbering>")


ENTITY = f'<!DOCTYPE d [<!ENTITY a "b">]><w:document {NAMES}><w:body>{para("&a;")}</w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(para("x"))[:200], "damaged or cut off"),
        (docx(document=ENTITY), "declares entities"),
        (docx(document="<w:document"), "document.xml is damaged"),
        (bomb(), "unpacks to"),
    ],
)
def test_what_is_no_sound_file_is_said(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=f"(?s)plan.docx.*{reason.replace('cut off', 'cut-off')}"):
        read_bytes(data, "plan.docx")


def test_another_container_is_no_word_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(InputError, match="no Word file"):
        read_bytes(out.getvalue(), "bang.xlsx")


def test_what_a_file_is_tells_its_content_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(docx(para("KẾ HOẠCH"), para("Trồng rừng năm 2027")))
    plan = Extractor().extract_file(path)
    assert plan.header.doc_type == "Kế hoạch"
    assert plan.source.media_type.endswith("wordprocessingml.document")


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_plans_that_a_real_program_wrote_say_what_their_text_says(tmp_path: Path) -> None:
    names = ["xa-tan-hoi-2026-ke-hoach-chuyen-doi-so", "quang-tri-2023-ke-hoach-chong-rac-thai-nhua"]
    for name in names:
        lines = (ROOT / "corpus" / f"{name}.txt").read_text("utf-8").split("\n")
        body = "".join(f"<p>{line.replace('&', '&amp;').replace('   ', '&nbsp; ')}</p>" for line in lines)
        (tmp_path / f"{name}.html").write_text(f"<meta charset=utf-8>{body}", "utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path)]
    sources = [str(tmp_path / f"{name}.html") for name in names]
    subprocess.run(
        [OFFICE or "", "--headless", profile, *convert, *sources], check=True, capture_output=True, timeout=180
    )
    reader = Extractor()
    plans = {name: reader.extract_file(tmp_path / f"{name}.docx").to_dict() for name in names}
    gold = read_gold(ROOT / "gold")
    for name in names:
        counted = [one for one in gold[name]["entities"] if one["type"] == "quantity" and "value" in one]
        wanted = {one["value"] for one in counted}
        found = {one.get("value") for one in plans[name]["quantities"]}
        assert wanted <= found
        assert plans[name]["header"]["number"] == gold[name]["header"]["number"]
        assert len(plans[name]["sections"]) == sum(one["type"] == "section" for one in gold[name]["entities"])


def test_paragraphs_that_would_read_as_one_are_set_apart() -> None:
    assert read(para("CỦA BỘ TÀI CHÍNH"), para("ỦY BAN NHÂN DÂN TỈNH"), para("Hết.")) == (
        "CỦA BỘ TÀI CHÍNH\n\nỦY BAN NHÂN DÂN TỈNH\n\nHết.\n"
    )


def test_pages_are_where_word_last_broke_them() -> None:
    page = "<w:r><w:lastRenderedPageBreak/><w:t>Trồng 15 ha.</w:t></w:r>"
    cut = "<w:r><w:t>Giao 20 </w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>xã.</w:t></w:r>"
    document = read_bytes(docx(para("Mục 1."), para(page), para(cut)), "plan.docx")
    assert document.text == "Mục 1.\nTrồng 15 ha.\nGiao 20 xã.\n"
    plan = Extractor().extract_document(document)
    assert (plan.source.pages, plan.source.page_starts) == (3, [0, 7, 28])
    assert [(quantity.text, quantity.page, quantity.boxes) for quantity in plan.quantities] == [
        ("15 ha", 2, None),
        ("20 xã", 2, None),
    ]


def test_a_document_that_word_has_never_shown_has_no_pages() -> None:
    plan = Extractor().extract_document(read_bytes(docx(para("Trồng 15 ha.")), "plan.docx"))
    assert (plan.source.pages, plan.quantities[0].page) == (None, None)
