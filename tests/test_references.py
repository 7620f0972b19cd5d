"""Short forms of citations and the full one they refer to."""

from __future__ import annotations

import pytest

from extractor import Extractor
from tests.conftest import REAL, needs_real

FULL = "Căn cứ Quyết định số 1132/QĐ-TTg ngày 09/10/2025 của Thủ tướng Chính phủ phê duyệt Chương trình nước sạch;\n\n"


@pytest.mark.parametrize(
    "later",
    [
        "Thực hiện Quyết định số 1132/QĐ-TTg.",
        "Thực hiện Quyết định số 1132/QĐ-TTg của Thủ tướng Chính phủ.",
        "Thực hiện khoản 2 Điều 1 Quyết định số 1132/QĐ-TTG.",
    ],
)
def test_a_short_form_refers_to_the_full_citation(reader: Extractor, later: str) -> None:
    full, short = reader.extract(FULL + "1. " + later).citations
    assert short.refers_to == full.id
    assert full.refers_to is None
    assert short.subject is None


@pytest.mark.parametrize(
    "later",
    [
        "Thực hiện Quyết định số 1133/QĐ-TTg.",
        "Thực hiện Quyết định số 1132/QĐ-TTg ngày 11/3/2024.",
        "Thực hiện Quyết định số 1132/QĐ-TTg ngày 09/10/2025 của Thủ tướng Chính phủ phê duyệt Chương trình nước sạch.",
        "Thực hiện Quyết định số      /QĐ-TTg.",
    ],
)
def test_another_document_and_an_equal_citation_refer_to_none(reader: Extractor, later: str) -> None:
    assert [one.refers_to for one in reader.extract(FULL + "1. " + later).citations] == [None, None]


def test_a_number_that_two_documents_bear_refers_to_none(reader: Extractor) -> None:
    text = (
        "Nghị quyết số 01/NQ-CP ngày 06/01/2023 của Chính phủ; Nghị quyết số 01/NQ-CP ngày 08/01/2025 của Chính phủ; "
        "theo Nghị quyết số 01/NQ-CP."
    )
    assert [one.refers_to for one in reader.extract(text).citations] == [None, None, None]


def test_a_law_named_again_refers_to_the_one_with_its_date(reader: Extractor) -> None:
    text = "Căn cứ Luật Thủy lợi ngày 19 tháng 6 năm 2017;\n\n1. Theo Luật Thủy lợi, các xã bảo vệ kênh."
    full, again = reader.extract(text).citations
    assert again.refers_to == full.id


@needs_real
def test_real_short_forms(reader: Extractor) -> None:
    plan = reader.extract_file(REAL / "text" / "can-tho-2025-ke-hoach-giam-sat.txt")
    by_id = {citation.id: citation for citation in plan.citations}
    short = [one for one in plan.citations if one.number == "10/2022/TT-BLĐTBXH" and one.date is None]
    assert len(short) == 5
    assert {by_id[one.refers_to or ""].date for one in short} == {"2022-05-31"}


def test_a_short_form_holds_until_it_is_defined_anew(reader: Extractor) -> None:
    text = "KẾ HOẠCH\n\n1. Ban Quản lý dự án (BQL) họp. BQL làm.\n2. Ban Quản lý rừng (BQL) họp. BQL báo cáo.\n"
    names = [agency.name for agency in reader.extract(text).agencies]
    assert names == ["Ban Quản lý dự án", "Ban Quản lý dự án", "Ban Quản lý rừng", "Ban Quản lý rừng"]
