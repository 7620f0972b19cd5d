"""The header: letterheads in every layout, titles, years, issuers, signatures, recipients."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest

from extractor import Extractor

TITLE = "KẾ HOẠCH\nPhòng, chống hạn vụ Mùa năm 2027"
BODY = "\n\nI. MỤC TIÊU\n\n1. Bảo đảm nước tưới.\n\nII. KINH PHÍ\n\nNgân sách tỉnh.\n\n"
CLOSE = (
    "Nơi nhận:\n- Sở Tài chính (b/c);\n- Lưu: VT, NN.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n"
    "\nTrần Văn Bảy\n"
)
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def header(reader: Extractor, text: str) -> dict[str, Any]:
    """The fields of a text's header; its spans are checked against its words on the way."""
    plan = reader.extract(text)
    fields = plan.header.model_dump(exclude_none=True)
    for name, (start, end) in fields.pop("spans", {}).items():
        assert 0 <= start < end <= len(text), name
        if name in ("title", "place", "signer"):
            words = unicodedata.normalize("NFC", re.sub(r"[*#|]", "", text[start:end]))
            assert " ".join(words.split()).lower() == fields[name].lower(), name
    return fields


LETTERHEADS = {
    "lines": f"ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n-------\nSố: 15/KH-UBND\n{STATE}\n{MOTTO}\n---------------\n"
    f"Sơn La, ngày 03 tháng 02 năm 2027\n\n",
    "columns": f"  ỦY BAN NHÂN DÂN          {STATE}\n    TỈNH SƠN LA                {MOTTO}\n\n"
    f"  Số: 15 /KH-UBND         Sơn La, ngày 03 tháng 02 năm 2027\n\n",
    "tabs": f"ỦY BAN NHÂN DÂN\t{STATE}\nTỈNH SƠN LA\t{MOTTO}\nSố: 15/KH-UBND\tSơn La, ngày 3/2/2027\n\n",
    "pipes": f"ỦY BAN NHÂN DÂN TỈNH SƠN LA | {STATE}\n------- | {MOTTO}\n"
    f"Số: 15/KH-UBND | Sơn La, ngày 03 tháng 02 năm 2027\n\n",
    "table": f"| **ỦY BAN NHÂN DÂN**<br>**TỈNH SƠN LA** | **{STATE}**<br>{MOTTO} |\n|---|---|\n"
    f"| Số: 15/KH-UBND | *Sơn La, ngày 03 tháng 02 năm 2027* |\n\n",
    "cells": "|\n**ỦY BAN NHÂN\nDÂN **\nTỈNH SƠN LA\n-------\n|\n**CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM**\n"
    + f"{MOTTO}\n------\n|\n|\nSố:\n15/KH-UBND\n|\n*Sơn La, ngày 03\ntháng 02 năm 2027*\n|\n\n** **\n\n",
    "narrow": "ỦY BAN NHÂN DÂN  CỘNG HÒA XÃ HỘI CHỦ\nTỈNH SƠN LA  NGHĨA VIỆT NAM\n"
    f"Số: 15/KH-UBND  {MOTTO}\n                Sơn La, ngày 03 tháng 02 năm 2027\n\n",
    "one blank": f"ỦY BAN NHÂN DÂN {STATE}\nTỈNH SƠN LA {MOTTO}\nSố: 15/KH-UBND Sơn La, ngày 03 tháng 02 năm 2027\n\n",
    "interleaved": f"UBND TỈNH SƠN LA\n{STATE}\nSố 15/KH-UBND\n{MOTTO}\nSơn La, ngày 03 tháng 02 năm 2027\n\n",
    "bold": f"**ỦY BAN NHÂN DÂN TỈNH SƠN LA**\n\nSố: 15/KH-UBND\n\n**{STATE}**\n**{MOTTO}**\n\n"
    f"*Sơn La, ngày 03 tháng 02 năm 2027*\n\n",
    "tones": "UỶ BAN NHÂN DÂN\nTỈNH SƠN LA\nSố: 15/KH - UBND\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    + f"{MOTTO}\nSơn La, ngày 03 tháng 02 năm 2027\n\n",
}


@pytest.mark.parametrize("letterhead", LETTERHEADS.values(), ids=LETTERHEADS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_layout_of_a_letterhead_says_the_same(reader: Extractor, letterhead: str, form: str) -> None:
    found = header(reader, unicodedata.normalize(form, letterhead + TITLE + BODY + CLOSE))
    assert found == {
        "doc_type": "Kế hoạch",
        "number": "15/KH-UBND",
        "title": "Phòng, chống hạn vụ Mùa năm 2027",
        "issuer": "Ủy ban nhân dân tỉnh Sơn La",
        "place": "Sơn La",
        "date": "2027-02-03",
        "year": "2027",
        "jurisdiction": "tỉnh Sơn La",
        "signer": "Trần Văn Bảy",
        "position": "Phó Chủ tịch",
        "authority": ["TM. Ủy ban nhân dân", "KT. Chủ tịch"],
        "recipients": ["Sở Tài chính (b/c)", "Lưu: VT, NN"],
    }


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Số: 108 /KH-UBND", "108/KH-UBND"),
        ("Số:      /KH-UBND", "/KH-UBND"),
        ("Số: ……/TTr-SYT", "/TTr-SYT"),
        ("Số: 0130/KH-UBND", "0130/KH-UBND"),
        ("Số 45-KH/TU", "45-KH/TU"),
        ("Số: 64/2025/NQ-HĐND", "64/2025/NQ-HĐND"),
        ("Số: 12/QĐ- BVHTT&DL", "12/QĐ-BVHTT&DL"),
        ("Số:\n2820/QĐ-CTUBND", "2820/QĐ-CTUBND"),
        ("SỐ: 3/KH-BCĐ", "3/KH-BCĐ"),
        ("3/KH-BCĐ", "3/KH-BCĐ"),
    ],
)
def test_numbers(reader: Extractor, printed: str, number: str) -> None:
    found = header(reader, f"SỞ Y TẾ\n{printed}\n{STATE}\n{MOTTO}\nHuế, ngày 1 tháng 2 năm 2027\n\n{TITLE}{BODY}")
    assert found["number"] == number


@pytest.mark.parametrize(
    ("printed", "place", "date"),
    [
        ("Huế, ngày 01 tháng 02 năm 2027", "Huế", "2027-02-01"),
        ("*Bà Rịa - Vũng Tàu, ngày 1/2/2027*", "Bà Rịa - Vũng Tàu", "2027-02-01"),
        ("Thành phố Hồ\nChí Minh, ngày 01 tháng 02 năm 2027", "Thành phố Hồ Chí Minh", "2027-02-01"),
        ("Huế,\nngày 01 tháng 02 năm 2027", "Huế", "2027-02-01"),
        ("Huế, ngày     tháng 3 năm 2027", "Huế", "2027-03"),
        ("Huế, ngày …… tháng …… năm 2027", "Huế", "2027"),
        ("Huế, ngày 41 tháng 2 năm 2027", "Huế", None),
    ],
)
def test_place_and_date(reader: Extractor, printed: str, place: str, date: str | None) -> None:
    found = header(reader, f"SỞ Y TẾ\nSố: 3/KH-SYT\n{STATE}\n{MOTTO}\n{printed}\n\n{TITLE}{BODY}")
    assert (found.get("place"), found.get("date")) == (place, date)


@pytest.mark.parametrize(
    ("bodies", "place", "issuer", "jurisdiction"),
    [
        ("UBND HUYỆN TAM ĐƯỜNG", "Tam Đường", "Ủy ban nhân dân huyện Tam Đường", "huyện Tam Đường"),
        (
            "ỦY BAN NHÂN DÂN\nTP. HỒ CHÍ MINH",
            "TP. Hồ Chí Minh",
            "Ủy ban nhân dân thành phố Hồ Chí Minh",
            "thành phố Hồ Chí Minh",
        ),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG TÂN HÒA", "Tân Hòa", "Ủy ban nhân dân phường Tân Hòa", "phường Tân Hòa"),
        ("UBND TỈNH THÁI BÌNH\nSỞ Y TẾ", "Thái Bình", "Sở Y tế tỉnh Thái Bình", "tỉnh Thái Bình"),
        ("SỞ Y TẾ", "Thái Bình", "Sở Y tế tỉnh Thái Bình", "tỉnh Thái Bình"),
        ("UBND QUẬN TÂY HỒ\nPHÒNG NỘI VỤ", "Tây Hồ", "Phòng Nội vụ quận Tây Hồ", "quận Tây Hồ"),
        ("BỘ TÀI CHÍNH", "Hà Nội", "Bộ Tài chính", None),
        ("BỘ Y TẾ\nCỤC Y TẾ DỰ PHÒNG", "Hà Nội", "Cục Y tế dự phòng", None),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Hà Nội", "Thủ tướng Chính phủ", None),
        ("HỘI ĐỒNG NHÂN DÂN\nTỈNH ĐẮK LẮK", "Đắk Lắk", "Hội đồng nhân dân tỉnh Đắk Lắk", "tỉnh Đắk Lắk"),
        ("TỈNH ỦY PHÚ THỌ\n*", "Phú Thọ", "Tỉnh ủy Phú Thọ", "tỉnh Phú Thọ"),
        ("ĐẢNG BỘ TỈNH SƠN LA\nHUYỆN ỦY MỘC CHÂU\n*", "Mộc Châu", "Huyện ủy Mộc Châu", "huyện Mộc Châu"),
        ("DỰ THẢO\nUBND XÃ TÂN HỘI", "Tân Hội", "Ủy ban nhân dân xã Tân Hội", "xã Tân Hội"),
    ],
)
def test_issuers(reader: Extractor, bodies: str, place: str, issuer: str, jurisdiction: str | None) -> None:
    text = (
        f"{bodies}\nSố: 3/KH-X\n{STATE}\n{MOTTO}\n{place}, ngày 1 tháng 2 năm 2021\n\nKẾ HOẠCH\nThi đua yêu nước{BODY}"
    )
    found = header(reader, text)
    assert (found["issuer"], found.get("jurisdiction")) == (issuer, jurisdiction)


def test_an_issuer_is_spelled_as_the_document_spells_it(reader: Extractor) -> None:
    text = (
        f"UBND TỈNH SƠN LA\nBAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP\nSố: 1/KH-BQL\nSơn La, ngày 1/2/2027\n\n{TITLE}\n"
        f"\nBan Quản lý các Khu công nghiệp xây dựng Kế hoạch:{BODY}"
    )
    assert header(reader, text)["issuer"] == "Ban Quản lý các Khu công nghiệp tỉnh Sơn La"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("KẾ HOẠCH\nTrồng rừng tỉnh Sơn La\n\nUBND tỉnh ban hành Kế hoạch như sau:", "Ủy ban nhân dân tỉnh Sơn La"),
        (
            "Sơn La, ngày 1 tháng 2 năm 2027\n\nKẾ HOẠCH\nTrồng rừng\n\n"
            "Căn cứ Kế hoạch số 3/KH-BCT của Bộ Công Thương ban hành Kế hoạch;"
            "\n\nỦy ban nhân dân tỉnh xây dựng Kế hoạch:",
            "Ủy ban nhân dân tỉnh Sơn La",
        ),
        (
            "CHƯƠNG TRÌNH HÀNH ĐỘNG\n\nTrồng rừng\n\n"
            "*(Ban hành kèm theo Quyết định số: 23 /QĐ-UBND ngày 3 / 9 /2013\ncủa UBND tỉnh Sơn La)*",
            "Ủy ban nhân dân tỉnh Sơn La",
        ),
        (
            "QUYẾT ĐỊNH\nVề việc trồng rừng\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA\n\nCăn cứ Luật Lâm nghiệp;",
            "Ủy ban nhân dân tỉnh Sơn La",
        ),
        ("NGHỊ QUYẾT\nVề trồng rừng\n\nQUỐC HỘI\n\nCăn cứ Hiến pháp;", "Quốc hội"),
    ],
)
def test_an_issuer_without_a_letterhead(reader: Extractor, text: str, issuer: str) -> None:
    assert header(reader, text + BODY)["issuer"] == issuer


@pytest.mark.parametrize(
    ("block", "doc_type", "title"),
    [
        ("KẾ HOẠCH\nTrồng rừng\ntrên địa bàn tỉnh", "Kế hoạch", "Trồng rừng trên địa bàn tỉnh"),
        ("**KẾ HOẠCH**\n\nTRỒNG RỪNG TRÊN\nĐỊA BÀN TỈNH", "Kế hoạch", "TRỒNG RỪNG TRÊN ĐỊA BÀN TỈNH"),
        ("## **Kế hoạch**\n\n### **Thực hiện nhiệm vụ trồng rừng**", "Kế hoạch", "Thực hiện nhiệm vụ trồng rừng"),
        ("KẾ HOẠCH TRỒNG RỪNG NĂM 2027", "Kế hoạch", "TRỒNG RỪNG NĂM 2027"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG\nTrồng rừng", "Chương trình hành động", "Trồng rừng"),
        ("QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch trồng rừng", "Quyết định", "Về việc ban hành Kế hoạch trồng rừng"),
        ("**BÁO CÁO**\n**Kết quả trồng rừng**\n**của tỉnh**\n-----", "Báo cáo", "Kết quả trồng rừng của tỉnh"),
        ("PHỤ LỤC II\n\nDANH MỤC CÂY TRỒNG", "Phụ lục", "DANH MỤC CÂY TRỒNG"),
        ("KẾ HOẠCH\n\nCHI TRẢ TRỢ GIÚP XÃ\nHỘI NĂM 2027", "Kế hoạch", "CHI TRẢ TRỢ GIÚP XÃ HỘI NĂM 2027"),
        ("KẾ HOẠCH\n\nTHI HÀNH LUẬT\nPHÒNG THỦ DÂN SỰ", "Kế hoạch", "THI HÀNH LUẬT PHÒNG THỦ DÂN SỰ"),
    ],
)
def test_titles(reader: Extractor, block: str, doc_type: str, title: str) -> None:
    text = f"{block}\n\nCăn cứ Luật Lâm nghiệp ngày 15/11/2017;\n\nUBND tỉnh ban hành:{BODY}"
    found = header(reader, text)
    assert (found["doc_type"], found["title"]) == (doc_type, title)


def test_a_title_ends_where_the_text_begins_without_an_empty_line(reader: Extractor) -> None:
    text = (
        "KẾ HOẠCH\nTRỒNG RỪNG NĂM\n2027\n"
        "Thực hiện Nghị quyết số 3/NQ-HĐND của HĐND tỉnh về trồng rừng, UBND tỉnh ban hành:\nI. MỤC TIÊU\n"
    )
    assert header(reader, text)["title"] == "TRỒNG RỪNG NĂM 2027"


@pytest.mark.parametrize(
    ("title", "year", "period"),
    [
        ("Trồng rừng năm 2027", "2027", None),
        ("Trồng rừng 6 tháng cuối năm 2027", "2027", None),
        ("Trồng rừng 6 tháng cuối năm 2026 và năm 2027", None, "2026/2027"),
        ("Trồng rừng các năm 2026, 2027 và 2028", None, "2026/2028"),
        ("Trồng rừng trong 02 năm (2026 - 2027)", None, "2026/2027"),
        ("Kết quả năm 2026 và nhiệm vụ năm 2027", "2027", None),
        ("Phổ biến, giáo dục pháp luật năm 2027 của huyện", "2027", None),
        ("Trồng rừng giai đoạn 2026 – 2030", None, "2026/2030"),
        ("Trồng rừng từ năm 2026 đến năm 2030", None, "2026/2030"),
        ("Ngân sách 03 năm 2026-2028", None, "2026/2028"),
        ("Năm học 2026 - 2027", None, "2026/2027"),
        ("Trồng rừng giai đoạn 2026 - 2030, tầm nhìn đến năm 2045", None, "2026/2030"),
        ("Thực hiện Chương trình giai đoạn 2021 - 2025 trên địa bàn tỉnh năm 2023", "2023", None),
        ("Chuyển đổi số năm 2021 và giai đoạn 2021 - 2025", "2021", "2021/2025"),
        ("Tết Nguyên đán Đinh Mùi 2027", "2027", None),
        ("Trồng rừng đến năm 2030", None, None),
        ("Thực hiện Nghị quyết số 5/NQ-CP ngày 3 tháng 4 năm 2025 của Chính phủ", None, None),
        ("Bầu cử đại biểu nhiệm kỳ 2026 - 2031", None, None),
        ("Thi hành Luật Đất đai năm 2024 trên địa bàn tỉnh", None, None),
    ],
)
def test_years(reader: Extractor, title: str, year: str | None, period: str | None) -> None:
    found = header(reader, f"KẾ HOẠCH\n{title}{BODY}")
    assert (found.get("year"), found.get("period")) == (year, period)


@pytest.mark.parametrize(
    ("title", "jurisdiction"),
    [
        ("Trồng rừng trên địa bàn huyện Mê Linh năm 2027", "huyện Mê Linh"),
        ("TRỒNG RỪNG TRÊN ĐỊA BÀN XÃ TÂN HỘI NĂM 2027", "xã Tân Hội"),
        ("Trồng rừng tỉnh Bà Rịa - Vũng Tàu", "tỉnh Bà Rịa - Vũng Tàu"),
        ("Phát triển kinh tế xã hội", None),
        ("Trồng rừng tại các tỉnh Tây Bắc", None),
    ],
)
def test_jurisdictions_from_the_title(reader: Extractor, title: str, jurisdiction: str | None) -> None:
    assert header(reader, f"KẾ HOẠCH\n{title}{BODY}").get("jurisdiction") == jurisdiction


@pytest.mark.parametrize(
    ("block", "authority", "position", "signer"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n(Đã ký)\n\nLò Thị Mai", ["TM. Ủy ban nhân dân"], "Chủ tịch", "Lò Thị Mai"),
        ("KT.CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLÒ THỊ MAI", ["KT. Chủ tịch"], "Phó Chủ tịch", "Lò Thị Mai"),
        (
            "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\n\nLò Thị Mai",
            ["T/M Ban Thường vụ"],
            "Phó Bí thư Thường trực",
            "Lò Thị Mai",
        ),
        (
            "TL. BỘ TRƯỞNG\nCỤC TRƯỞNG CỤC\nLÂM NGHIỆP\nThS. Lò Thị Mai",
            ["TL. Bộ trưởng"],
            "Cục trưởng Cục Lâm nghiệp",
            "Lò Thị Mai",
        ),
        ("TUQ. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n\nĐại tá Y Ksor H'Bơ", ["TUQ. Giám đốc"], "Chánh Văn phòng", "Y Ksor H'Bơ"),
        ("Q. GIÁM ĐỐC\n\nLò Thị Mai", ["Q. Giám đốc"], "Q. Giám đốc", "Lò Thị Mai"),
        (
            "**TM. ỦY BAN\nNHÂN DÂN**\n**KT. CHỦ TỊCH**\nPHÓ CHỦ TỊCH\n**Lò Thị Mai**",
            ["TM. Ủy ban nhân dân", "KT. Chủ tịch"],
            "Phó Chủ tịch",
            "Lò Thị Mai",
        ),
        (
            "KT. BỘ TRƯỞNG,\nCHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nLò Thị Mai",
            ["KT. Bộ trưởng, Chủ nhiệm"],
            "Phó Chủ nhiệm",
            "Lò Thị Mai",
        ),
        ("GIÁM ĐỐC\n\nLò Thị Mai", None, "Giám đốc", "Lò Thị Mai"),
        ("Lò Thị Mai", None, None, "Lò Thị Mai"),
    ],
)
def test_signatures(
    reader: Extractor, block: str, authority: list[str] | None, position: str | None, signer: str
) -> None:
    found = header(reader, f"{TITLE}{BODY}Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{block}\n")
    assert (found.get("authority"), found.get("position"), found.get("signer")) == (authority, position, signer)


@pytest.mark.parametrize(
    "close",
    [
        "Nơi nhận:\n- Như trên;\n- Sở Y tế,\nSở Nội vụ (b/c);\n- Lưu: VT.\n",
        "*Noi nhận:*\n\n*-* Như trên;\n\n- Sở Y tế, Sở Nội vụ (b/c);\n\n- Lưu: VT.\n09 KH\n|\nCHỦ TỊCH\n",
        "**Nơi nhận:**\n\n*   Như trên,\n*   Sở Y tế, Sở Nội vụ (b/c),\n*   Lưu: VT.\n",
        "Nơi nhận:                       TM. ỦY BAN NHÂN DÂN\n- Như trên;                          CHỦ TỊCH\n"
        "- Sở Y tế, Sở Nội vụ (b/c);\n- Lưu: VT.                         Lò Thị Mai\n",
        "| **Nơi nhận:**<br>- Như trên;<br>- Sở Y tế, Sở Nội vụ (b/c);<br>- Lưu: VT. | **CHỦ TỊCH**<br>**Lò Thị "
        "Mai** |\n",
        "Nơi nhận: - Như trên; - Sở Y tế, Sở Nội vụ (b/c); - Lưu: VT.\n",
        "Nơi nhận:\nNhư trên;\nSở Y tế, Sở Nội vụ (b/c);\nLưu: VT.\n",
    ],
)
def test_recipients(reader: Extractor, close: str) -> None:
    assert header(reader, TITLE + BODY + close)["recipients"] == ["Như trên", "Sở Y tế, Sở Nội vụ (b/c)", "Lưu: VT"]


@pytest.mark.parametrize(
    "line",
    ["Nơi nhận hồ sơ: Bộ phận Một cửa.", "KT - XH tiếp tục ổn định.", "CHỦ TỊCH UBND HUYỆN", "TM-DV phát triển mạnh."],
)
def test_what_is_no_close(reader: Extractor, line: str) -> None:
    found = header(reader, f"{TITLE}\n\nI. MỤC TIÊU\n\n{line}\n\nTrồng rừng phòng hộ.\n")
    assert not {"recipients", "signer", "authority", "position"} & set(found)


def test_a_signature_in_one_line(reader: Extractor) -> None:
    text = TITLE + BODY + "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lò Thị Mai\n"
    assert header(reader, text + "\nNơi nhận:\n- Như trên;\n")["position"] == "Phó Chủ tịch"


def test_a_decision_and_the_plan_attached_to_it(reader: Extractor) -> None:
    text = (
        LETTERHEADS["lines"].replace("KH", "QĐ") + "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch trồng rừng\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Ban hành Kế hoạch.\n\n"
        + CLOSE
        + "\nKẾ HOẠCH\nTrồng rừng năm 2030\n(Ban hành kèm theo Quyết định số 15/QĐ-UBND)\n"
        + BODY
    )
    found = header(reader, text)
    assert (found["doc_type"], found["number"], found.get("year")) == ("Quyết định", "15/QĐ-UBND", None)
    assert "attached_to" not in found
    assert (found["signer"], found["recipients"]) == ("Trần Văn Bảy", ["Sở Tài chính (b/c)", "Lưu: VT, NN"])


@pytest.mark.parametrize(
    ("brackets", "number"),
    [
        ("(Ban hành kèm theo Quyết định số: 2384 /QĐ-UBND ngày 30 /9 /2013 của UBND tỉnh)", "2384/QĐ-UBND"),
        ("*(Kèm theo Kế hoạch số     /KH-UBND ngày   tháng 3 năm 2026\ncủa UBND tỉnh Sơn La)*", "/KH-UBND"),
        ("(Chi tiết tại Phụ lục kèm theo)", None),
    ],
)
def test_attached_to(reader: Extractor, brackets: str, number: str | None) -> None:
    assert header(reader, f"{TITLE}\n\n{brackets}{BODY}").get("attached_to") == number


def test_an_official_letter(reader: Extractor) -> None:
    text = (
        f"UBND TỈNH SƠN LA\nSỞ NỘI VỤ\nSố: 12/SNV-CCVC\nV/v báo cáo kết quả\ntuyển dụng viên chức\n{STATE}\n{MOTTO}\n"
        "Sơn La, ngày 2 tháng 3 năm 2027\n\nKính gửi: UBND các huyện\n\nSở Nội vụ đề nghị:\n\n1. Gửi báo cáo.\n"
    )
    found = header(reader, text)
    assert (found["doc_type"], found["number"], found["title"]) == (
        "Công văn",
        "12/SNV-CCVC",
        "báo cáo kết quả tuyển dụng viên chức",
    )
    assert found["issuer"] == "Sở Nội vụ tỉnh Sơn La"


def test_the_card_of_a_web_site_fills_what_the_document_lacks(reader: Extractor) -> None:
    card = (
        "|\n**Số hiệu:**\n|\n98/KH-UBND\n|\n**Loại văn bản:**\n|\nKế hoạch\n|\n**Nơi ban hành:**\n|\n"
        "UBND tỉnh Sơn La\n|\n**Người ký:**\n|\nLò Thị Mai\n|\n**Ngày ban hành:**\n|\n08/11/2027\n|\n\n"
    )
    found = header(reader, card + TITLE + BODY)
    assert (found["number"], found["date"], found["signer"]) == ("98/KH-UBND", "2027-11-08", "Lò Thị Mai")
    assert found["issuer"] == "Ủy ban nhân dân tỉnh Sơn La"
    assert header(reader, card + LETTERHEADS["lines"] + TITLE + BODY)["number"] == "15/KH-UBND"


def test_a_web_page_without_a_type(reader: Extractor) -> None:
    line = "Kết quả trồng rừng trên địa bàn tỉnh Sơn La giai đoạn 2021 - 2025"
    text = (
        f"mua bán cây giống\n\n{line}\n\nĐăng lúc: 3/2/2026\n{line}\n\n"
        f"Thực hiện chỉ đạo, các huyện đã trồng rừng.\n\n1. Kết quả\n\nĐã trồng.\n\n"
        f"Nguồn tin: Sở Công Thương Sơn La\n"
    )
    found = header(reader, text)
    assert (found["title"], found["period"], found["issuer"]) == (line, "2021/2025", "Sở Công Thương Sơn La")
    assert "doc_type" not in found


@pytest.mark.parametrize("text", ["", "   \n\n", "|\n|\n|", "Xin chào.", "1. \n2. \n", "Nơi nhận:", "Số: ", "KẾ HOẠCH"])
def test_a_text_without_a_header(reader: Extractor, text: str) -> None:
    assert "number" not in header(reader, text)
