"""Repairs of recognised text: only what is proven, every place moved, and nothing in a sound document."""

from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.evaluation.gold import read_gold
from extractor.evaluation.metadata import read_metadata
from extractor.evaluation.rules import as_recognised
from extractor.grammar import load_grammar
from extractor.reading.document import Document, Fault, Layout, Run
from extractor.reading.pages.recognition import what_is_missing
from extractor.repairing.repairs import repair_ocr
from tests.conftest import REAL, ROOT, needs_real

GRAMMAR = load_grammar()
MISPRINTS = {
    "Noi nhận",
    "thành phố Hà Nôi",
    "Ủy bân nhân dân xã",
    "chuyển đối số",
    "270/QD- TTg",
    "07/2016/TTTLT-BYT",
} | {"Bộ Chỉ huy Quân sự tinh"}
"""What is repaired in the real texts: errors that stand in them."""
RARE_WORDS = {"chinh uỷ", "giấy moi", "phu lục", "phú lục"}
"""Words of a dictionary that no document uses, and that are what Tesseract makes of common ones."""


def repaired(text: str) -> str:
    return repair_ocr(as_recognised(text), GRAMMAR)[0].text


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("QUYÉT ĐỊNH\nVề việc", "QUYẾT ĐỊNH\nVề việc"),
        ("CHÍ THỊ", "CHỈ THỊ"),
        ("KT. CHÚ TỊCH", "KT. CHỦ TỊCH"),
        ("KT. GIÁM ĐÓC\nPHÓ GIÁM ĐÓC", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"),
        ("CỘNG HÒA XÃ HỘI CHÚ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("CỘNG HOÀ XÃ HỘI\nCHÚ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI\nCHỦ NGHĨA VIỆT NAM"),
        ("Độc lập - Tự đo – Hạnh phúc", "Độc lập - Tự do – Hạnh phúc"),
        ("Ủỷ ban nhân dân", "Ủy ban nhân dân"),
        ("THÀNH PHỐ HÒ CHÍ MINH", "THÀNH PHỐ HỒ CHÍ MINH"),
        ("tại thành phố Hà Nôi.", "tại thành phố Hà Nội."),
        ("giao Sở Thông tỉn và Truyền thông", "giao Sở Thông tin và Truyền thông"),
        ("Sở Tải chính chủ trì", "Sở Tài chính chủ trì"),
        ("Ngân hàng Nhà nước - Chỉ nhánh", "Ngân hàng Nhà nước - Chi nhánh"),
        ("Cục Thuê tỉnh, Chị cục Thuế", "Cục Thuế tỉnh, Chi cục Thuế"),
        ("ỦY BAN NHÂN DÂN\nTINH QUẢNG NGÃI", "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NGÃI"),
        ("UBND tinh yêu cầu", "UBND tỉnh yêu cầu"),
        ("theo Quyêt định số 5", "theo Quyết định số 5"),
        ("số l6/2020/NĐ-CP ngày l6 tháng 4", "số 16/2020/NĐ-CP ngày 16 tháng 4"),
    ],
)
def test_what_is_proven_is_repaired(read: str, said: str) -> None:
    assert repaired(read) == said


@pytest.mark.parametrize(
    "text",
    [
        "mức tiêu thụ điện",
        "Kế toán trưởng và kế toán",
        "Học viên, học viện",  # both are words
        "SỐ LAO ĐỘNG ĐƯỢC ĐÀO TẠO",  # not "SỞ LAO ĐỘNG": what stands behind "Sở" must stand there
        "Thủ trưởng, Thứ trưởng",
        "huyện Phù Yên, xã Lâm Động, sông Kiến Giang",  # no provinces without "tỉnh"
        "Nguyễn Thị Phương An\nNGUYỄN THỊ PHƯƠNG AN",
        "UBND tính đến ngày 31/12",
        "Công đoạn, Thủ công, Cổng điện tử",
        "chỉ cục bộ ở một số nơi",
        "Quý, Tháng",
        "CT. Nguyễn Chí Thì",
        "Bao cao su",
        "Quyệt đình",  # no word of it stands as it should
    ],
)
def test_what_is_not_proven_stays(text: str) -> None:
    assert repaired(text) == text


def test_a_document_without_pictures_is_the_same_object() -> None:
    document = as_recognised("QUYÉT ĐỊNH")
    for other in (replace(document, ocr=None), replace(document, ocr=False), as_recognised("QUYẾT ĐỊNH")):
        assert repair_ocr(other, GRAMMAR) == (other, [])
        assert repair_ocr(other, GRAMMAR)[0] is other


def on_pages(*lines: tuple[int, float, str]) -> Document:
    """A document of lines: page, confidence, words."""
    text, runs, starts = "", [], []
    for page, confidence, words in lines:
        starts += [len(text)] * (page - len(starts))
        runs.append(Run(len(text), page, 10.0, 20.0, array("f", range(len(words) + 1)), confidence))
        text += words + "\n"
    return Document(text, None, "", "application/pdf", 0, "utf-8", Layout(len(starts), starts, runs), ocr=True)


def test_only_recognised_pages_are_repaired() -> None:
    document, repairs = repair_ocr(on_pages((1, 1.0, "QUYÉT ĐỊNH"), (2, 0.9, "CHÍ THỊ")), GRAMMAR)
    assert document.text == "QUYÉT ĐỊNH\nCHỈ THỊ\n"
    assert [(each.read, each.rule) for each in repairs] == [("CHÍ THỊ", "document_types")]


def test_every_place_moves_with_the_text() -> None:
    before = on_pages((1, 0.9, "Số: 5/QĐÐ-UBND"), (2, 0.9, "CHÍ THỊ số l/QĐÐ-TTg."), (3, 0.9, "Hết"))
    page = before.text.index("CHÍ"), before.text.index("Hết")
    before = replace(before, faults=[Fault("ocr-low-confidence", "page 2", *page), Fault("truncated", "…")])
    after, repairs = repair_ocr(before, GRAMMAR)
    assert after.text == "Số: 5/QĐ-UBND\nCHỈ THỊ số 1/QĐ-TTg.\nHết\n"
    assert [(each.read, after.text[each.start : each.end]) for each in repairs] == [
        ("5/QĐÐ-UBND", "5/QĐ-UBND"),
        ("CHÍ THỊ", "CHỈ THỊ"),
        ("l/QĐÐ-TTg", "1/QĐ-TTg"),
    ]
    assert [after.text[start : start + 3] for start in after.layout.starts] == ["Số:", "CHỈ", "Hết"]
    lines = [after.text[run.start : run.start + len(run.edges) - 1] for run in after.layout.runs]
    assert lines == after.text.splitlines()
    for run, old in zip(after.layout.runs, before.layout.runs, strict=True):
        assert (run.edges[0], run.edges[-1]) == (old.edges[0], old.edges[-1])
        assert list(run.edges) == sorted(run.edges)
    assert after.text[after.faults[0].start : after.faults[0].end] == "CHỈ THỊ số 1/QĐ-TTg.\n"
    assert after.faults[1].start is None


def test_the_plan_records_repairs_and_reads_the_repaired_text(reader: Extractor) -> None:
    plan = reader.extract_document(as_recognised("Căn cứ Quyêt định số l6/QĐÐ-TTg ngày l6 tháng 4 năm 2020;"))
    assert plan.source.repairs is not None
    assert [each.rule for each in plan.source.repairs] == ["document_types", "ocr.number", "ocr.date"]
    assert (plan.citations[0].number, plan.citations[0].date) == ("16/QĐ-TTg", "2020-04-16")
    assert "repairs" not in reader.extract("Quyêt định").to_dict()["source"]


def test_nothing_is_repaired_in_sound_plans_of_the_corpus() -> None:
    metadata = read_metadata(ROOT / "gold", read_gold(ROOT / "gold"))
    misread = {"OCR errors", "numbering slip"}  # a slip of the author looks like one of Tesseract
    sound = [name for name, document in metadata.items() if misread.isdisjoint(document.damage)]
    assert len(sound) > 45
    for name in sound:
        text = (ROOT / "corpus" / f"{name}.txt").read_text("utf-8")
        assert repair_ocr(as_recognised(text), GRAMMAR)[1] == [], name


@needs_real
def test_only_misprints_are_repaired_in_real_texts() -> None:
    for path in [*sorted((REAL / "text").glob("*.txt")), *sorted((REAL / "unlabelled").glob("*.txt"))]:
        found = {each.read for each in repair_ocr(as_recognised(path.read_text("utf-8")), GRAMMAR)[1]}
        assert found <= MISPRINTS, path.name


def test_no_word_of_a_dictionary_is_repaired() -> None:
    """Small, with a capital and in capitals: what has the letters of a phrase and is a word itself."""
    import underthesea

    path = Path(str(underthesea.__file__)).parent / "corpus" / "data" / "Viet74K.txt"
    if not path.is_file():
        pytest.skip("underthesea comes without its word list")
    words = [word for word in path.read_text("utf-8").splitlines() if word.count(" ") >= 1]
    lines = [f"{word}.\n{word.capitalize()}.\n{word.upper()}." for word in words]
    found = repair_ocr(as_recognised("\n".join(lines)), GRAMMAR)[1]
    assert {each.read.lower() for each in found} <= RARE_WORDS


@needs_real
def test_a_real_scan_reads_as_it_was_written() -> None:
    missing = what_is_missing()
    if missing:
        pytest.skip(missing)
    path = REAL / "files" / "quang-ngai-2020-chi-thi-thue.pdf"
    true = " ".join((REAL / "files" / "gold" / f"{path.stem}.txt").read_text("utf-8").split())
    plan = Extractor().extract_file(path)
    said = [plan.text[each.start : each.end] for each in plan.source.repairs or ()]
    assert said
    assert [words for words in said if " ".join(words.split()) not in true] == []


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("I. MỤC TIÊU\n{}\nII. NHIỆM VỤ\n{}\nII. GIẢI PHÁP\n{}\nIV. KINH PHÍ", "III. GIẢI PHÁP"),
        ("III. NHIỆM VỤ\n{}\nIV. KINH PHÍ\n{}\nv. TỔ CHỨC THỰC HIỆN", "V. TỔ CHỨC THỰC HIỆN"),
        ("VI. NHIỆM VỤ\n{}\nVIl. KINH PHÍ\n{}\nVIII. TỔ CHỨC", "VII. KINH PHÍ"),
        ("I. MỤC TIÊU\n{}\nH. NHIỆM VỤ\n{}\nIH. KINH PHÍ\n{}\nIV. TỔ CHỨC", "III. KINH PHÍ"),
        ("H. NHIỆM VỤ\n{}\nIII. KINH PHÍ\n{}\nIV. TỔ CHỨC", "II. NHIỆM VỤ"),
        ("c) Sở Y tế\nd) Sở Tài chính\nd) Sở Nội vụ\ne) Công an tỉnh", "\nđ) Sở Nội vụ"),
    ],
)
def test_the_order_of_an_outline_proves_its_markers(damaged: str, sound: str) -> None:
    assert sound in repaired(damaged.replace("{}", "Làm tốt."))


@pytest.mark.parametrize(
    "text",
    [
        "I. MỤC TIÊU\nII. NHIỆM VỤ\nIV. KINH PHÍ\nV. TỔ CHỨC",  # a slip of the author, for all we know
        "I. MỤC TIÊU\nII. NHIỆM VỤ\nI. MỤC TIÊU\nII. NHIỆM VỤ",  # two lists
        "a) Sở Y tế\nb) Sở Tài chính\nd) Sở Nội vụ",
        "G. MỤC TIÊU\nH. NHIỆM VỤ\nI. KINH PHÍ\nK. TỔ CHỨC",
        "d) Sở Y tế\ne) Sở Tài chính\na) Sở Nội vụ",
    ],
)
def test_what_the_order_does_not_prove_stays(text: str) -> None:
    """Near misses."""
    assert repaired(text) == text
