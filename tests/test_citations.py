"""References to identifiable documents."""

from __future__ import annotations

import pytest
from conftest import faults

from extractor import Extractor
from extractor.evaluation.markup import parse_markup

NUMBERED = [
    # number, date, issuer in every form
    '<citation doc_type="Quyết định" number=512/QĐ-TTg date=2019-03-07 issuer="Thủ tướng Chính phủ">Quyết định số 512/QĐ-TTg '
    "ngày 07/3/2019 của Thủ tướng Chính phủ</citation> về phát triển chợ nổi",
    '<citation doc_type="Quyết định" number=512/QĐ-TTg date=2019-03-07 issuer="Thủ tướng Chính phủ">Quyết định số 512/QĐ-TTg '
    "của Thủ tướng Chính phủ ngày 07 tháng 3 năm 2019</citation>;",
    '<citation doc_type="Quyết định" number=512/QĐ-TTg date=2019-03-07 issuer="Thủ tướng Chính phủ">Quyết định của Thủ tướng '
    "Chính phủ số 512/QĐ-TTg, ngày 7-3-2019</citation>",
    'Theo <citation doc_type="Nghị định" number=31/2021/NĐ-CP issuer="Chính phủ">nghị định 31/2021/NĐ-CP của *Chính phủ</citation>*.',
    'THỰC HIỆN <citation doc_type="Chỉ thị" number=05/CT-UBND date=2019-03-12>CHỈ THỊ SỐ 05/CT-UBND NGÀY 12/3/2019 '
    "CỦA UBND TỈNH BẾN TRE</citation> VỀ TRỒNG DỪA",
    '<citation doc_type="Thông tư" number=7/2016/TT-BNNPTNT date=2016-05-31 issuer="Bộ trưởng Bộ Nông nghiệp và Phát triển '
    'nông thôn">Thông tư số 7/2016/TT-BNNPTNT ngày 31/5/2016 của Bộ trưởng Bộ NN&PTNT</citation>',
    '<citation doc_type="Kế hoạch hành động" number=21-KH/TU issuer="Ban Thường vụ Tỉnh ủy">Kế hoạch hành động số 21-KH/TU của '
    "Ban Thường vụ Tỉnh ủy</citation>, Sở Xây dựng tham mưu",
    '<citation doc_type="Kết luận" number=9-KL/TW issuer="Ban Chấp hành Trung ương Đảng khóa XII">Kết luận số 9-KL/TW của '
    "Ban Chấp hành Trung ương Đảng khóa XII</citation> về nông thôn",
    '<citation doc_type="Nghị quyết" number=19-NQ/TW date=2022-06-16 issuer="Hội nghị lần thứ năm Ban Chấp hành Trung ương '
    'Đảng khóa XIII">Nghị quyết số 19-NQ/TW ngày 16/6/2022 của Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XIII'
    "</citation> về nông thôn",
    '<citation doc_type="Thông tư liên tịch" number=8/2015/TTLT-BTC-BYT issuer="Bộ Tài chính, Bộ Y tế">Thông tư liên tịch số '
    "8/2015/TTLT-BTC-BYT của Bộ Tài chính, Bộ Y tế</citation> hướng dẫn",
    '<citation doc_type="Thông tư" number=8/2015/TT-BTC issuer="Bộ Tài chính">Thông tư số 8/2015/TT-BTC của Bộ Tài chính'
    "</citation>, Bộ Y tế đã họp",
    '<citation doc_type="Kế hoạch" number=4-KH/BCĐ issuer="Ban Chỉ đạo phát triển thủy sản, du lịch và đề án 30">Kế hoạch số '
    "4-KH/BCĐ của Ban Chỉ đạo phát triển thủy sản, du lịch và đề án 30</citation> về nuôi tôm",
    '<citation doc_type="Kế hoạch" number=88/KH-UBND issuer="Ủy ban nhân dân Thành phố Hải Phòng">Kế hoạch số 88/KH-UBND của '
    "UBND TP. Hải Phòng</citation> ban hành",
    '<citation doc_type="Kế hoạch" number=88/KH-UBND issuer="Ủy ban nhân dân tỉnh Lào cai">Kế hoạch số 88/KH-UBND của UBND tỉnh '
    "Lào cai</citation> về đường",
    '<citation doc_type="Báo cáo thẩm tra" number=12/BC-BPC>Báo cáo thẩm tra số 12/BC-BPC</citation>',
    # damage
    '<citation doc_type="Quyết định" number=512/QĐ-TTg>Quyết định số: 512 /QĐ- TTg</citation> nêu',
    '<citation doc_type="Quyết định" number=512/QĐ-TTg>Quyết định số\n512/QĐ-TTg</citation> nêu',
    '<citation doc_type="Nghị quyết" number=57-NQ/TW>Nghị quyết số 57 - NQ/TW</citation> nêu',
    '<citation doc_type="Quyết định" number=12/QĐUBND>Quyết định số 12/QĐUBND</citation> nêu',
    '<citation doc_type="Quyết định" number=0130/2001/QĐ-UB date=2001-05-06>Quyết định số 0130/2001/QĐ-UB ngày 06.5.2001'
    "</citation> nêu",
    '<citation doc_type="Nghị quyết" number=66.2/2025/NQ-CP>Nghị quyết số 66.2/2025/NQ-CP</citation> nêu',
    '<citation doc_type="Nghị quyết" number=30a/2008/NQ-CP>Nghị quyết số 30a/2008/NQ-CP</citation> nêu',
    '<citation doc_type="Kế hoạch" number=99/KH-UBND date=2014-05-06>Kế hoạch số 99/KH-UBND ngày 6/5/014</citation> nêu',
    '<citation doc_type="Quyết định" number=/QĐ-UBND date=2026-04 issuer="Ủy ban nhân dân tỉnh">Quyết định số        /QĐ-UBND '
    "ngày     tháng 4 năm 2026 của UBND tỉnh</citation>",
    '<citation doc_type="Quyết định" number=/QĐ-UBND date="2026">Quyết định số ....../QĐ-UBND ngày ..../..../2026</citation>',
    '<citation doc_type="Tờ trình" number=95/TTr-SNN-CCTL>Tờ trình số 95/TTr- SNN-CCTL</citation> nêu',
    '<citation doc_type="Công văn" number=35/BNV-CTTN&BĐG>Công văn số 35/BNV-CTTN&amp;BĐG</citation> nêu',
    # the type word in letters, a number without letters
    'Tại <citation doc_type="Quyết định" number=12/QĐ-BCT>QĐ số 12/QĐ-BCT</citation>, '
    '<citation doc_type="Nghị định" number=7/2018/NĐ-CP>NĐ 7/2018/NĐ-CP</citation>',
    'Theo <citation doc_type="Nghị quyết" number="128" issuer="Chính phủ">Nghị quyết số 128 của Chính phủ</citation>.',
    # several numbers under one type word
    'Các <citation doc_type="Quyết định" number=1/QĐ-TTg>Quyết định số 1/QĐ-TTg</citation> và '
    '<citation doc_type="Quyết định" number=2/QĐ-TTg>số 2/QĐ-TTg</citation>',
    'Các <citation doc_type="Quyết định" number=1/QĐ-BYT date=2020-04-03>Quyết định số: 1/QĐ-BYT ngày 3/4/2020</citation>, '
    '<citation doc_type="Quyết định" number=5/QĐ-BYT>5/QĐ-BYT</citation> và '
    '<citation doc_type="Quyết định" number=7/QĐ-BYT issuer="Bộ Y tế">7/QĐ-BYT của Bộ Y tế</citation> nêu',
    # provisions
    'Theo <citation doc_type="Nghị định" number=5/2020/NĐ-CP provisions="điểm b khoản 2 Điều 7">điểm b khoản 2 Điều 7 '
    "Nghị định số 5/2020/NĐ-CP</citation>",
    'Theo <citation doc_type="Thông tư" number=5/2020/TT-BYT provisions="Điều 3;Điều 4">Điều 3 và Điều 4 của Thông tư số '
    "5/2020/TT-BYT</citation>",
    'Theo <citation doc_type="Quyết định" number=5/QĐ-BYT provisions="Phụ lục III">Phụ lục III Quyết định 5/QĐ-BYT</citation>',
    # standards
    'Đạt <citation doc_type="Tiêu chuẩn" number=TCVNISO9001:2015>tiêu chuẩn TCVN ISO 9001:2015</citation>',
    'Đạt <citation doc_type="Quy chuẩn" number=QCVN08-MT:2015/BTNMT>QCVN 08-MT:2015/BTNMT</citation>.',
]

LAWS = [
    'Căn cứ <citation doc_type="Luật" name="Luật Thủy sản" date=2017-11-21>Luật Thủy sản ngày 21 tháng 11 năm 2017</citation>;',
    'Căn cứ <citation doc_type="Luật" name="Luật thủy sản" date="2017">Luật thủy sản năm 2017</citation>;',
    'Căn cứ <citation doc_type="Luật" name="Luật Thủy sản" number=18/2017/QH14 issuer="Quốc hội">Luật Thủy sản số '
    "18/2017/QH14 của Quốc hội</citation>;",
    'Theo <citation doc_type="Luật" name="Luật Thủy sản" date="2017">Luật Thủy sản (2017)</citation> và các luật khác',
    'Theo <citation doc_type="Bộ luật" name="Bộ luật Dân sự" date="2015">Bộ luật Dân sự 2015</citation>.',
    'Góp ý <citation doc_type="Luật" name="Luật Thú y (sửa đổi)">Luật Thú y (sửa đổi)</citation>, trình Quốc hội',
    'Theo <citation doc_type="Luật" name="Luật Phòng, chống thiên tai">Luật Phòng, chống thiên tai</citation> và '
    '<citation doc_type="Luật" name="Luật Đê điều">Luật Đê điều</citation>;',
    '<citation doc_type="Luật" name="Luật Giá">Luật Giá</citation>, <citation doc_type="Luật" name="Luật Đầu tư công">Luật Đầu tư '
    'công</citation>; <citation doc_type="Pháp lệnh" name="Pháp lệnh Dân số">Pháp lệnh Dân số</citation> để rà soát',
    'Theo <citation doc_type="Luật" name="Luật sửa đổi, bổ sung một số điều của Luật Giá và Luật Dược" date=2023-06-19>'
    "Luật sửa đổi, bổ sung một số điều của Luật Giá và Luật Dược ngày 19/6/2023</citation>;",
    'Theo <citation doc_type="Luật" number=62/2020/QH14 name="Luật sửa đổi, bổ sung một số điều của Luật Xây dựng">Luật sửa đổi, '
    "bổ sung một số điều của Luật Xây dựng số 62/2020/QH14</citation>;",
    'Theo <citation doc_type="Luật" name="Luật sửa đổi, bổ sung một số điều của Luật Giá số 16/2023/QH15 và Luật Dược số '
    '105/2016/QH13">Luật sửa đổi, bổ sung một số điều của Luật Giá số 16/2023/QH15 và Luật Dược số 105/2016/QH13</citation>;',
    'Theo <citation doc_type="Luật" name="Luật sửa đổi, bổ sung một số điều của 37 Luật có liên quan đến quy hoạch" '
    "date=2018-11-20>Luật sửa đổi, bổ sung một số điều của 37 Luật có liên quan đến quy hoạch ngày 20/11/2018</citation>;",
    'Theo <citation doc_type="Luật" number=65/2020/QH14>Luật số 65/2020/QH14</citation>.',
    'Theo <citation doc_type="Luật" name="Luật Giá" provisions="khoản 1 Điều 4">khoản 1 Điều 4 Luật Giá</citation>.',
    # laws that no list has
    'Soạn <citation doc_type="Luật" name="Luật Kinh tế ban đêm">Luật Kinh tế ban đêm</citation> để trình Quốc hội.',
    'Soạn <citation doc_type="Luật" name="Luật Bảo vệ, phát triển nghề gốm">Luật Bảo vệ, phát triển nghề gốm</citation> và các '
    "văn bản hướng dẫn.",
    'Soạn <citation doc_type="Luật" name="Luật Gốm sứ, Thêu ren và Đan lát">Luật Gốm sứ, Thêu ren và Đan lát</citation>.',
]

NO_CITATIONS = [
    "Số: 12/KH-UBND",
    "Điều 3 Quyết định này có hiệu lực từ ngày ký; Kế hoạch này thay thế kế hoạch cũ.",
    "Kế hoạch 5 năm 2021 - 2025; Chương trình 135; Đề án 06; Dự án 7; báo cáo 6 tháng.",
    "Ban hành quyết định 15 người, chỉ thị 2 nội dung, thông báo 03 trường hợp.",
    "Chiến lược phát triển thủy sản đến năm 2030 và Chương trình nghị sự 2030.",
    "Tuyên truyền pháp luật đất đai, kỷ luật lao động, quy luật giá trị; PHÁP LUẬT THUẾ.",
    "Các luật có liên quan; dự thảo Luật của Quốc hội; Luật này.",
    "Chương trình công nghệ số/khu công nghiệp; khoản 2 Điều 5 nêu trên.",
    "Đạt tiêu chuẩn quốc gia mức độ 2; tiêu chuẩn nông thôn mới.",
    "Tổ chức 04 chương trình/năm; kế hoạch 2 lần/năm; hướng dẫn 3 lớp/xã.",
]


@pytest.mark.parametrize("line", NUMBERED + LAWS)
def test_a_citation_is_read(reader: Extractor, line: str) -> None:
    assert faults(reader, line) == []


@pytest.mark.parametrize("line", NUMBERED + LAWS)
def test_nothing_else_is_cited(reader: Extractor, line: str) -> None:
    text, marked = parse_markup(line)
    assert len(reader.extract(text).citations) == len(marked)


@pytest.mark.parametrize("line", NO_CITATIONS)
def test_what_names_no_document_is_left(reader: Extractor, line: str) -> None:
    assert reader.extract(line).citations == []


@pytest.mark.parametrize(
    ("following", "subject"),
    [
        ("về việc trồng tre;", "trồng tre"),
        ("V/v: trồng tre.", "trồng tre"),
        ("về việc phê duyệt “Đề án trồng tre”, Sở Xây dựng báo cáo", "phê duyệt “Đề án trồng tre”"),
        ("về “Trồng tre, nuôi cá”.", "Trồng tre, nuôi cá"),
        ("ban hành Quy chế trồng tre, nuôi cá đến năm 2030, tầm nhìn 2045;", None),
        ("quy định chi tiết Luật Giá và Luật Dược, UBND xã thực hiện", "quy định chi tiết Luật Giá và Luật Dược"),
        ("về trồng tre và Quyết định số 6/QĐ-TTg về nuôi cá", "trồng tre"),
        ("về trồng tre (giai đoạn 1) được sửa đổi, bổ sung năm 2020;", "trồng tre (giai đoạn 1)"),
        (") và kế hoạch khác", ""),
        ("ban hành ngày 3/4/2020", ""),
    ],
)
def test_the_subject_follows(reader: Extractor, following: str, subject: str | None) -> None:
    wanted = following.rstrip(";") if subject is None else subject or None
    assert (
        reader.extract(f"KẾ HOẠCH\nTrồng tre\n\nI. CĂN CỨ\n\nTheo Quyết định số 5/QĐ-TTg {following}")
        .citations[0]
        .subject
        == wanted
    )


PLAN = """KẾ HOẠCH
Trồng tre năm 2026

Căn cứ Luật Lâm nghiệp ngày 15/11/2017;

Căn cứ Nghị định số 156/2018/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Lâm nghiệp;

Thực hiện Quyết định số 5/QĐ-TTg về trồng tre; Quyết định số 6/QĐ-TTg về nuôi cá, UBND xã ban hành Kế hoạch thực hiện Quyết định số 5/QĐ-TTg như sau:

I. MỤC ĐÍCH

Thực hiện Quyết định số 5/QĐ-TTg.

(Kèm theo Quyết định số 9/QĐ-UBND)
"""


def test_why_a_document_is_cited(reader: Extractor) -> None:
    cited = [(citation.number or citation.name, citation.relation) for citation in reader.extract(PLAN).citations]
    assert cited == [
        ("Luật Lâm nghiệp", "basis"),
        ("156/2018/NĐ-CP", "basis"),
        ("Luật Lâm nghiệp", "mention"),
        ("5/QĐ-TTg", "basis"),
        ("6/QĐ-TTg", "basis"),
        ("5/QĐ-TTg", "mention"),
        ("5/QĐ-TTg", "mention"),
        ("9/QĐ-UBND", "promulgation"),
    ]
