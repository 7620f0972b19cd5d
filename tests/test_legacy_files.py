"""Word files and web pages in the old font encodings: turned font by font, or by their words where fonts are lost."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from extractor.reading import Document, doc, read_bytes
from tests.legacy_fonts import plain_tcvn3, to_tcvn3, to_vni
from tests.test_docx import NAMES, docx
from tests.test_legacy import PLANS, every_plan, latin


def typed(words: str, font: str) -> str:
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    )


def in_tcvn3(line: str) -> str:
    """A paragraph in two fonts, as one had to type capitals."""
    return f"<w:p>{''.join(typed(run, '.VnTimeH' if high else '.VnTime') for run, high in to_tcvn3(line))}</w:p>"


def in_vni(line: str) -> str:
    return f"<w:p>{typed(to_vni(line), 'VNI-Times')}</w:p>"


def lines_of(document: Document) -> list[str]:
    """The lines, without the empty ones that set paragraphs apart."""
    return lines_in(document.text)


def lines_in(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


# --- Word files ---------------------------------------------------------------------------------------------------


@every_plan
def test_word_files_in_old_fonts_are_read_run_by_run(text: str) -> None:
    text = text.replace("\t", " ")
    for encoding, typeset in (("tcvn3", in_tcvn3), ("vni", in_vni)):
        document = read_bytes(docx(*map(typeset, text.split("\n"))), "plan.docx")
        assert lines_of(document) == lines_in(text)
        assert document.encoding == encoding
        assert len(document.faults) == 1


def test_the_fault_names_the_fonts() -> None:
    document = read_bytes(
        docx(f"<w:p>{typed('Plan', 'Arial')}</w:p>", in_tcvn3("KẾ HOẠCH"), in_tcvn3("Năm học")), "plan.docx"
    )
    (fault,) = document.faults
    assert "(fonts .VnTimeH, .VnTime)" in fault.message
    assert fault.start is not None
    assert document.text[fault.start : fault.end] == "Ế"
    assert lines_of(document) == ["Plan", "KẾ HOẠCH", "Năm học"]


def test_runs_in_other_fonts_stay() -> None:
    line = f"<w:p>{typed('KÕ ho¹ch ', '.VnTime')}{typed('số 5, café ', 'Arial')}{typed('naêm', 'VNI-Times')}</w:p>"
    document = read_bytes(docx(line), "plan.docx")
    assert lines_of(document) == ["Kế hoạch số 5, café năm"]
    assert document.encoding == "utf-8"
    places = {document.text[fault.start : fault.end] for fault in document.faults}
    assert places == {"Kế hoạch", "năm"}


def test_a_letter_and_its_mark_in_two_runs() -> None:
    line = f"<w:p>{typed('Ke', 'VNI-Times')}{typed('á hoa', 'VNI-Times')}{typed('ïch', 'VNI-Times-Bold')}</w:p>"
    assert lines_of(read_bytes(docx(line), "plan.docx")) == ["Kế hoạch"]
    parted = f"<w:p>{typed('Ke', 'VNI-Times')}<w:r><w:tab/></w:r>{typed('á', 'VNI-Times')}</w:p>"
    assert lines_of(read_bytes(docx(parted), "plan.docx")) == ["Ke\tá"]


def test_u_with_a_horn_is_the_soft_hyphen_of_word() -> None:
    soft = '<w:r><w:rPr><w:rFonts w:hAnsi="{}"/></w:rPr><w:t>N</w:t><w:softHyphen/><w:t>íc</w:t></w:r>'
    assert lines_of(read_bytes(docx(f"<w:p>{soft.format('.VnTime')}</w:p>"), "plan.docx")) == ["Nước"]
    assert lines_of(read_bytes(docx(f"<w:p>{soft.format('Arial')}</w:p>"), "plan.docx")) == ["Níc"]


STYLES = f"""<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{{default}}" w:hAnsi="{{default}}"/></w:rPr>
</w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:styleId="Old"><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:basedOn w:val="Older"/></w:style>
<w:style w:type="paragraph" w:styleId="Older"><w:basedOn w:val="Old"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:rPr><w:rFonts w:hAnsi=".VnTimeH" w:ascii=".VnTimeH"/></w:rPr></w:style>
</w:styles>"""


def styled(style: str, properties: str, words: str = "kÕ ho¹ch") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r></w:p>'
    )


@pytest.mark.parametrize(
    ("default", "paragraph", "read"),
    [
        ("Arial", styled("Old", ""), "kế hoạch"),
        ("Arial", styled("Title", ""), "kế hoạch"),
        ("Arial", styled("Ring", ""), "kÕ ho¹ch"),
        (".VnTime", styled("Ring", ""), "kế hoạch"),
        ("Arial", styled("Old", '<w:rStyle w:val="Strong"/>'), "KẾ HOẠCH"),
        ("Arial", styled("Old", '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'), "kÕ ho¹ch"),
        ("Arial", styled("Old", '<w:rFonts w:asciiTheme="minorAscii" w:hAnsiTheme="minorHAnsi"/>'), "kÕ ho¹ch"),
        ("Arial", styled("Old", '<w:rFonts w:cs="Arial"/>'), "kế hoạch"),
        ("Arial", styled("", '<w:rFonts w:hAnsi=".VnTime;Courier New H"/>'), "kế hoạch"),
        ("Arial", styled("", '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>', "keá hoaïch"), "kế hoạch"),
    ],
)
def test_the_font_of_a_run_comes_from_its_styles(default: str, paragraph: str, read: str) -> None:
    data = docx(paragraph, styles=STYLES.format(default=default))
    assert lines_of(read_bytes(data, "plan.docx")) == [read]


def test_numbers_boxes_and_footnotes_are_turned_too() -> None:
    numbering = f"""<w:numbering {NAMES}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>
<w:lvlText w:val="§iÒu %1."/><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""
    footnotes = f'<w:footnotes {NAMES}><w:footnote w:id="2">{in_tcvn3("Chú thích.")}</w:footnote></w:footnotes>'
    box = f"<w:r><w:txbxContent>{in_vni('Trong ô')}</w:txbxContent></w:r>"
    listed = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{typed("Ph", ".VnTime")}{box}{typed("¹m vi", ".VnTime")}</w:p>'
    document = read_bytes(docx(listed, numbering=numbering, footnotes=footnotes), "plan.docx")
    assert lines_of(document) == ["Điều 1. Phạm vi", "Trong ô", "[2] Chú thích."]


def test_fonts_are_not_believed_where_the_text_is_in_unicode() -> None:
    lines = lines_in(PLANS["tan-lac-2017-ke-hoach-tiem-phong"])
    document = read_bytes(docx(*(f"<w:p>{typed(line, '.VnTimeH')}</w:p>" for line in lines)), "plan.docx")
    assert lines_of(document) == lines
    assert not document.faults


def test_a_word_in_unicode_among_old_signs_stays() -> None:
    line = f"<w:p>{typed('KÕ ho¹ch cña huyÖn ', '.VnTime')}{typed('Mộc Châu', '.VnTime')}</w:p>"
    assert lines_of(read_bytes(docx(line), "plan.docx"))[0].endswith("Mộc Châu")


@every_plan
def test_word_files_that_lost_their_fonts_are_read(text: str) -> None:
    for encoding, signs in (("tcvn3", plain_tcvn3(text)), ("vni", to_vni(text))):
        document = read_bytes(docx(*(f"<w:p>{typed(line, 'Arial')}</w:p>" for line in signs.split("\n"))), "plan.docx")
        assert lines_in(document.text.replace("\t", " ").casefold()) == lines_in(text.replace("\t", " ").casefold())
        assert document.encoding == encoding
        (fault,) = document.faults
        assert "font " not in fault.message.replace("old font encoding", "").replace("its font showed", "")


@every_plan
def test_word_files_in_unicode_are_never_touched(text: str) -> None:
    document = read_bytes(
        docx(*(f"<w:p>{typed(line, 'Times New Roman')}</w:p>" for line in text.split("\n"))), "a.docx"
    )
    assert (lines_of(document), document.encoding, document.faults) == (lines_in(text), "utf-8", [])


# --- old Word files -------------------------------------------------------------------------------------------------


def test_antiword_gives_old_signs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = PLANS["tan-lac-2017-ke-hoach-tiem-phong"]
    (tmp_path / "said.txt").write_text(plain_tcvn3(text), "utf-8")
    program = tmp_path / "antiword"
    program.write_text(f"#!/bin/sh\ncat {tmp_path}/said.txt\n")
    program.chmod(0o700)
    monkeypatch.setattr(doc.shutil, "which", lambda name: str(program) if name == "antiword" else None)
    document = read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "cu.doc")
    assert (document.text.casefold(), document.encoding) == (text.casefold(), "tcvn3")
    assert [fault.code for fault in document.faults] == ["legacy-encoding"]


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_old_word_files_that_a_real_program_wrote(tmp_path: Path) -> None:
    lines = lines_in(PLANS["tan-lac-2017-ke-hoach-tiem-phong"])
    for name, typeset in (("tcvn3", in_tcvn3), ("vni", in_vni)):
        (tmp_path / f"{name}.docx").write_bytes(_whole(docx(*map(typeset, lines))))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path)]
    sources = [str(tmp_path / f"{name}.docx") for name in ("tcvn3", "vni")]
    subprocess.run([OFFICE or "", "--headless", profile, *convert, *sources], check=True, capture_output=True, timeout=180)  # fmt: skip
    for name in ("tcvn3", "vni"):
        document = read_bytes((tmp_path / f"{name}.doc").read_bytes(), "cu.doc")
        assert lines_of(document) == lines
        assert document.encoding == name


def _whole(data: bytes) -> bytes:
    """With the two parts without which an Office program opens no file."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
    return out.getvalue()


# --- web pages ------------------------------------------------------------------------------------------------------


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ('<p><font face=".VnTimeH">kÕ ho¹ch</font> <font face=".VnTime">n¨m</font> 2007</p>', "KẾ HOẠCH năm 2007"),
        ("<p style='margin:0;font-family:\".VnTime\",serif'>KÕ <b>ho¹ch</b> n¨m</p>", "Kế hoạch năm"),
        ("<p style='font-family:\"\\.VnTime\"'>KÕ <span style='font-family:Arial'>café</span> n¨m</p>", "Kế café năm"),
        ("<p style='mso-bidi-font-family:\".VnTime\"'>KÕ ho¹ch</p>", "KÕ ho¹ch"),
        ('<font face="VNI-Times, Arial">Keá <!-- x -->hoaïch</font> café', "Kế hoạch café"),
        ('<font face="VNI-Times">Keá\x0choaïch\x01 naêm</font>', "Kế hoạch năm"),
        ("<p>Garçon\x0cà\x02café</p>", "Garçon à\x02café"),
        ('<font face="Arial">Garçon à café</font>', "Garçon à café"),
    ],
)
def test_fonts_of_a_web_page(body: str, read: str) -> None:
    assert lines_of(read_bytes(page(body), "plan.html")) == [read]


def test_web_pages_without_fonts_and_in_bytes_are_read() -> None:
    text = PLANS["tan-lac-2017-ke-hoach-tiem-phong"]
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    for encoding, signs in (("tcvn3", plain_tcvn3), ("vni", to_vni)):
        body = "".join(f"<p class=MsoNormal>{escape(signs(line))}</p>" for line in lines)
        for data in (page(body), latin(f"<html><body>{body}</body></html>")):
            document = read_bytes(data, "plan.html")
            assert [line.casefold() for line in lines_of(document)] == [line.casefold() for line in lines]
            assert document.encoding == encoding
            assert len(document.faults) == 1


def faced(run: str, high: bool) -> str:
    return f'<font face="{".VnTimeH" if high else ".VnTime"}">{escape(run)}</font>'


def test_a_web_page_in_bytes_with_fonts_keeps_its_capitals() -> None:
    lines = [line for line in PLANS["tan-lac-2017-ke-hoach-tiem-phong"].split("\n") if line.strip()]
    body = "".join(f"<p>{''.join(faced(run, high) for run, high in to_tcvn3(line))}</p>" for line in lines)
    document = read_bytes(latin(f"<html><body>{body}</body></html>"), "plan.html")
    assert lines_of(document) == [" ".join(line.split()) for line in lines]


@every_plan
def test_web_pages_in_unicode_are_never_touched(text: str) -> None:
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    document = read_bytes(page("".join(f"<p>{escape(line)}</p>" for line in lines)), "plan.html")
    assert lines_of(document) == lines
    assert document.faults == []
