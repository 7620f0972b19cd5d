"""Agencies: where their names end, what is a group, how names are written out."""

from __future__ import annotations

import pytest
from conftest import faults

from extractor import Extractor
from extractor.evaluation.markup import parse_markup

NAMED = [
    # councils and committees of the people, of every tier, with every way to say the territory
    '<agency name="Ủy ban nhân dân tỉnh Lai Châu">UBND tỉnh Lai Châu</agency> trình <agency name="Hội đồng nhân dân tỉnh">'
    "HĐND tỉnh</agency>",
    '<agency name="Ủy ban nhân dân Thành phố Vinh">UBND TP. Vinh</agency>, <agency name="Ủy ban nhân dân thị xã Cửa Lò">UBND '
    "thị xã Cửa Lò</agency> rà soát",
    '<agency>Uỷ ban nhân dân huyện Krông Bông</agency> và <agency name="Ủy ban nhân dân xã Cư Drăm">UBND xã Cư Drăm</agency>',
    'giao <agency name="Ủy ban nhân dân Quận 7">UBND Quận 7</agency>, <agency name="Ủy ban nhân dân phường 12">UBND phường '
    "12</agency>",
    '<agency name="Ủy ban nhân dân huyện đảo Lý Sơn">UBND huyện đảo Lý Sơn</agency> bố trí tàu',
    '<agency name="Ủy ban nhân dân huyện Kỳ Sơn">UBND huyện Kỳ Sơn</agency>, <agency name="Ủy ban nhân dân huyện Quế Phong">'
    'huyện Quế Phong</agency> và <agency name="Ủy ban nhân dân thành phố Vinh">thành phố Vinh</agency> báo cáo',
    '<agency name="Ủy ban nhân dân tỉnh">Ủy nhân dân tỉnh</agency> họp; <agency name="Ủy ban nhân dân tỉnh">UBND tỉnh</agency>, '
    '<agency name="Công an tỉnh">CA tỉnh</agency>',
    'Phó Chủ tịch <agency name="Ủy ban nhân dân tỉnh">UBND tỉnh</agency> Phạm Thị Hoa ký',
    # departments: every name of two decades, every way to shorten it
    "<agency>Sở Công Thương tỉnh Bình Phước</agency>, <agency>Sở Y tế Hà Nội</agency>, <agency>sở tư pháp</agency>",
    '<agency name="Sở Lao động - Thương binh và Xã hội">Sở LĐ-TB&XH</agency>; <agency name="Sở Lao động - Thương binh và Xã '
    'hội">Sở LĐTBXH</agency>; <agency name="Sở Văn hóa, Thể thao và Du lịch">Sở VH, TT&DL</agency>',
    '<agency name="Sở Nông nghiệp và Phát triển nông thôn">Sở NN-PTNT</agency> bàn giao <agency name="Sở Nông nghiệp và Môi '
    'trường">Sở NN&MT</agency>',
    "<agency>Sở Thương mại - Du lịch</agency> nay là <agency>Sở Văn hóa và Thể thao</agency>",
    '<agency name="Sở Thông tin và Truyền thông">Sở Thông tin & Truyền thông</agency> tham mưu',
    'các Sở: <agency name="Sở Xây dựng">Xây dựng</agency>, <agency name="Sở Văn hóa, Thể thao và Du lịch">Văn hóa, Thể thao và '
    'Du lịch</agency>, <agency name="Sở Nội vụ">Nội vụ</agency>; <agency>Báo Bến Tre</agency>',
    'Giám đốc các <agency>Sở Tài chính</agency>, <agency name="Sở Khoa học và Công nghệ">Khoa học và Công nghệ</agency> và '
    '<agency name="Sở Tư pháp">Tư pháp</agency> ký',
    'Sở: <agency name="Sở Giáo dục và Đào tạo">GD&ĐT</agency>, <agency name="Sở Y tế">YT</agency>, <agency name="Sở Tài chính">'
    "TC</agency>;",
    'Các phòng: <agency name="phòng Kinh tế - Hạ tầng">KT&HT</agency>, <agency name="phòng Tư pháp">TP</agency> và đoàn xã',
    # ministries before and after March 2025
    '<agency>Bộ Nông nghiệp và Môi trường</agency> thay <agency name="Bộ Tài nguyên và Môi trường">Bộ TN&MT</agency>',
    'các <agency>Bộ Quốc phòng</agency>, <agency name="Bộ Công an">Công an</agency>, <agency>Thanh tra Chính phủ</agency>',
    'Bộ trưởng <agency>Bộ Ngoại giao</agency>, <agency name="Bộ Công an">BỘ CÔNG AN</agency>',
    "<agency>Cục Kiểm tra văn bản</agency>, <agency>Vụ Kế hoạch - Tài chính</agency>, <agency>Thanh tra Bộ</agency> đề xuất",
    # the centre and the Party
    "báo cáo <agency>Thủ tướng Chính phủ</agency>, các Phó Thủ tướng <agency>Chính phủ</agency>, <agency>Chủ tịch nước</agency>",
    "<agency>Bộ Chính trị</agency>, <agency>Ban Bí thư</agency> và <agency>Ủy ban Thường vụ Quốc hội</agency> kết luận",
    '<agency name="Thường trực Tỉnh ủy">TT. Tỉnh ủy</agency>, <agency name="Thường trực Hội đồng nhân dân tỉnh">TT.HĐND '
    "tỉnh</agency>, <agency>Ban Thường vụ Huyện ủy</agency>",
    "<agency>Ban Tuyên giáo và Dân vận Tỉnh ủy</agency>; <agency>Ủy ban Kiểm tra Thành ủy</agency>; <agency>Ban Chấp hành Đảng "
    "bộ tỉnh Hà Giang</agency>",
    '<agency name="Đảng ủy Ủy ban nhân dân tỉnh">Đảng ủy UBND tỉnh</agency>, <agency name="Văn phòng Đảng ủy Ủy ban nhân dân '
    'tỉnh">Văn phòng Đảng ủy UBND tỉnh</agency>',
    '<agency name="Văn phòng Đoàn Đại biểu Quốc hội và Hội đồng nhân dân Thành phố">Văn phòng Đoàn ĐBQH & HĐND TP</agency>',
    # police, army, courts, mass organisations
    '<agency>Công an phường Tân An</agency>, <agency name="Bộ Chỉ huy quân sự tỉnh">BCHQS tỉnh</agency>, <agency>Bộ Tư lệnh '
    "Quân khu 9</agency>, <agency>Lữ đoàn 25</agency>",
    '<agency name="Tòa án nhân dân tỉnh">TAND tỉnh</agency> và <agency>Viện kiểm sát nhân dân tối cao</agency>',
    '<agency name="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh">UBMTTQVN tỉnh</agency>, <agency name="Hội Liên hiệp Phụ nữ huyện">Hội '
    'LHPN huyện</agency>, <agency name="Liên đoàn Lao động tỉnh">LĐLĐ tỉnh</agency>',
    "Đề nghị <agency>Mặt trận Tổ quốc</agency>, <agency>Hội Cựu chiến binh</agency>, <agency>đoàn thanh niên</agency> vận động",
    # units with an open name: where it ends
    "<agency>Trung tâm Khuyến nông</agency> xây dựng kế hoạch; <agency>Chi cục Thủy sản</agency> quản lý tàu cá",
    "<agency>Trung tâm Kiểm soát bệnh tật tỉnh</agency> lấy mẫu, <agency>Bệnh viện Đa khoa khu vực Thủ Đức</agency> điều trị",
    "<agency>Ban Quản lý dự án đầu tư xây dựng huyện</agency> và <agency>Ban quản lý Khu kinh tế mở Chu Lai</agency> bàn giao",
    '<agency name="Ban Quản lý các Khu công nghiệp, Cụm công nghiệp">BQL các KCN, Cụm công nghiệp</agency> rà soát',
    "<agency>Ban Chỉ đạo phòng, chống tham nhũng, tiêu cực tỉnh</agency> cho ý kiến; <agency>Tổ công tác Đề án 06</agency> họp",
    '<agency name="Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn huyện">BCH PCTT&TKCN huyện</agency> trực ban',
    "<agency>Viện Nghiên cứu Hải sản</agency>, <agency>Cục Quản lý nhà và thị trường bất động sản</agency> khảo sát",
    "<agency>Trung tâm Văn hóa, Thông tin và Thể thao huyện</agency> mở chuyên mục",
    "do <agency>Trung tâm sưu tầm giống lúa</agency> thực hiện",
    '<agency name="Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện">Trung tâm GDNN - GDTX huyện</agency> dạy nghề',
    '<agency>Trường Cao đẳng Du lịch Huế</agency>, <agency name="Trường Trung học phổ thông Lê Lợi">Trường THPT Lê Lợi</agency> '
    "tuyển sinh",
    "<agency>Hiệp hội Doanh nghiệp nhỏ và vừa tỉnh</agency>, <agency>Hội Kiến trúc sư Việt Nam</agency> phản biện",
    "<agency>Phòng Cảnh sát giao thông</agency> điều tiết; <agency>Đội Quản lý thị trường số 3</agency> kiểm tra",
    # press, enterprises, banks
    '<agency>Đài Phát thanh - Truyền hình Trà Vinh</agency>, <agency>Báo Lao động Nghệ An</agency>, <agency name="Thông tấn xã '
    'Việt Nam">TTXVN</agency>, <agency>VTV</agency>',
    "<agency>đài truyền thanh huyện</agency> phát tin; <agency>Báo và Phát thanh, Truyền hình tỉnh</agency>",
    "<agency>Ngân hàng Nhà nước chi nhánh tỉnh Sơn La</agency>, <agency>Chi nhánh Ngân hàng Chính sách xã hội tỉnh</agency>, "
    "<agency>Kho bạc Nhà nước khu vực XI</agency>",
    "<agency>Công ty Cổ phần Môi trường đô thị Huế</agency> vận chuyển; <agency>Tập đoàn Điện lực Việt Nam</agency> đầu tư",
    '(<agency>VNPT Sơn La</agency>, <agency>Viettel</agency>), <agency name="Bảo hiểm xã hội tỉnh">BHXH tỉnh</agency>',
    "<agency>Thuế tỉnh Cà Mau</agency>, <agency>Cục Thống kê tỉnh</agency>, <agency>Chi cục Hải quan khu vực V</agency>",
    # heads of the field, places behind closed names, names that nobody has listed
    "<agency>Đội Cảnh sát giao thông - trật tự</agency> tuần tra; <agency>Hạt Kiểm lâm Tủa Chùa</agency> kiểm tra rừng",
    "<agency>Kho bạc Nhà nước Phù Yên</agency>, <agency>Điện lực Mường Tè</agency> và <agency>Xí nghiệp nước sạch Cam Lộ</agency>",
    "<agency>Công ty cổ phần mía đường Tuy Hòa</agency> ký hợp đồng với <agency>Nhà máy đường Sơn Hòa</agency>",
    "<agency>Trung tâm Kiểm nghiệm thuốc, mỹ phẩm, thực phẩm tỉnh</agency> lấy mẫu",
    "<agency>Trung tâm Quy hoạch, Thiết kế nông lâm nghiệp</agency> đo đạc; <agency>Chi cục Kiểm lâm</agency> và nhân dân",
    "<agency>Tạp chí Rừng và Môi trường</agency>, <agency>Báo Sức khỏe và Đời sống</agency> và <agency>Sở Y tế</agency>",
    "<agency>Ban Giám sát đầu tư của cộng đồng</agency>; <agency>Chi bộ Trường Mầm non Hoa Sen</agency>",
    '<agency name="Ngân hàng Thương mại cổ phần Ngoại thương Việt Nam - Chi nhánh Hạ Long">Ngân hàng TMCP Ngoại thương Việt '
    "Nam - Chi nhánh Hạ Long</agency> cho vay",
    "<agency>Trường THPT Lý Thái Tổ</agency>".replace(
        "<agency>", '<agency name="Trường Trung học phổ thông Lý Thái Tổ">'
    ),
    "<agency>Quỹ Phát triển khoa học và công nghệ tỉnh</agency> cho vay; <agency>Hội đồng thẩm định giá tỉnh</agency> họp",
    # lists that share a head
    'các <agency>Vụ Pháp chế</agency>, <agency name="Vụ Tổ chức cán bộ">Tổ chức cán bộ</agency> và <agency>Văn phòng Bộ</agency>',
    'Các Viện: <agency name="Viện Dầu khí">Dầu khí</agency>, <agency name="Viện Năng lượng">Năng lượng</agency> rà soát',
    '<agency name="Ủy ban nhân dân huyện Thọ Xuân">UBND huyện Thọ Xuân</agency>, <agency name="Ủy ban nhân dân huyện Yên Định">Yên '
    "Định</agency> bố trí đất",
    'các <agency>Trạm Khuyến nông huyện Mai Sơn</agency>, <agency name="Trạm Khuyến nông huyện Sông Mã">Sông Mã</agency> mở lớp',
    # capitals, wraps, signs
    '3. <agency name="Sở Kế hoạch và Đầu tư">SỞ KẾ HOẠCH VÀ ĐẦU TƯ</agency>',
    "<agency>Phòng Văn hóa – Thông tin</agency> treo băng rôn",
    '1. <agency name="Sở Tài chính">SỞ TÀI CHÍNH</agency>',
    'KẾ HOẠCH CỦA <agency name="Ủy ban nhân dân huyện Như Xuân">ỦY BAN NHÂN DÂN HUYỆN NHƯ XUÂN</agency> NĂM 2020',
    'TRÁCH NHIỆM CỦA <agency name="Trung tâm dịch vụ việc làm tỉnh">TRUNG TÂM DỊCH VỤ VIỆC LÀM TỈNH</agency>',
    'gửi <agency name="Sở Nông nghiệp và Môi trường">Sở Nông\nnghiệp và Môi\ntrường</agency> để tổng hợp',
    '**<agency name="Ủy ban nhân dân thành phố Hải Phòng">Ủy ban nhân dân** **thành phố Hải Phòng</agency>** quyết định',
]

GROUPS = [
    "<agency generic=true>các sở, ban, ngành, đoàn thể tỉnh</agency>",
    "<agency generic=true>UBND các huyện, thị xã An Nhơn và thành phố Quy Nhơn</agency>",
    "<agency generic=true>Ủy ban nhân dân xã, phường, đặc khu</agency>",
    "<agency generic=true>UBND cấp xã</agency> và <agency generic=true>Công an các xã, phường</agency>",
    "<agency generic=true>HĐND các cấp</agency>",
    "<agency generic=true>các cơ quan, đơn vị liên quan</agency>",
    "<agency generic=true>từng sở, ngành</agency>",
    "<agency generic=true>các Trung tâm Y tế</agency>",
    "<agency generic=true>cơ quan có thẩm quyền</agency>",
    "<agency generic=true>Đài Truyền thanh các xã, thị trấn</agency>",
    "<agency generic=true>các phòng Kinh tế - Hạ tầng các huyện</agency>",
    "theo đề nghị của <agency generic=true>Ban Chỉ đạo</agency>",
    "<agency generic=true>UBND các tỉnh, thành phố trực thuộc trung ương</agency>",
]

NOTHING = [
    "Ban hành kế hoạch phòng, chống dịch và tổ chức thực hiện",
    "Báo cáo kết quả; Hội nghị, hội thảo, hội viên; Trường hợp cần thiết",
    "khu vực trung tâm huyện, trung tâm Hà Nội, cơ sở y tế tư nhân",
    "Bộ luật Lao động, Bộ tiêu chí, Bộ chỉ số, bộ phận, cán bộ xây dựng",
    "sở hữu trí tuệ, trụ sở tài chính, cơ sở dữ liệu",
    "Vụ Đông Xuân, vụ lúa, Cục diện, cục bộ, Viện trợ, Trạm bơm",
    "Phòng ngừa, phòng cháy, phòng họp, quốc phòng, Hải Phòng và Sơn La",
    "nhà nước, Trung ương, tỉnh Đồng Nai, địa phương, doanh nghiệp, các công ty",
    "báo, đài phát thanh, truyền hình; các cấp, các ngành; các địa phương",
    "thành phố Hội An, phường Hội Thương, ấp Tân Hội",
    "xây dựng Chính phủ điện tử, Chính phủ số, các tổ chức phi chính phủ",
    "KINH TẾ - XÃ HỘI CHỦ YẾU, ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC",
    "thuế thu nhập doanh nghiệp, thống kê số liệu, bảo hiểm xã hội cho người lao động",
    "Đội ngũ, Đoàn kết, Đài Loan, Tổ quốc, Tổ dân phố, Đại hội Đảng bộ tỉnh",
    "tỉnh ủy quyền cho các địa phương",
    "các đồng chí Huyện ủy viên, Tỉnh ủy viên; thị trấn Nông trường Mộc Châu; Công ty thuê đất tại Hòa Bình",
    "Thuế Giá trị gia tăng, Bưu điện Văn hóa xã; Quỹ Đền ơn đáp nghĩa; Kênh N5, Đội trưởng, Nhà máy ngừng chạy",
]


@pytest.mark.parametrize("line", NAMED)
def test_names(reader: Extractor, line: str) -> None:
    assert faults(reader, line) == []
    text, marked = parse_markup(line)
    named = {(agency.start, agency.end) for agency in reader.extract(text).agencies if not agency.generic}
    assert named == {(element.start, element.end) for element in marked}


@pytest.mark.parametrize("line", GROUPS)
@pytest.mark.parametrize("before", ["", "giao cho ", "Phối hợp với "])
def test_groups(reader: Extractor, before: str, line: str) -> None:
    assert faults(reader, f"{before}{line} rà soát.") == []


@pytest.mark.parametrize("text", NOTHING)
def test_no_agency_is_named(reader: Extractor, text: str) -> None:
    assert [agency.text for agency in reader.extract(text).agencies if not agency.generic] == []


def names(reader: Extractor, text: str) -> list[str]:
    return [agency.name for agency in reader.extract(text).agencies if not agency.generic]


def test_a_short_form_is_written_out_as_the_text_defines_it(reader: Extractor) -> None:
    text = "Phát triển nông nghiệp hữu cơ (NNHC).\n\nPhòng NNHC báo cáo Sở Y tế."
    assert names(reader, text) == ["Phòng nông nghiệp hữu cơ", "Sở Y tế"]


def test_a_short_form_is_written_out_by_the_initials_of_a_name(reader: Extractor) -> None:
    text = "Giao Trung tâm Bảo tồn thiên nhiên lập hồ sơ.\n\nGiao Trung tâm BTTN báo cáo."
    assert names(reader, text)[1] == "Trung tâm Bảo tồn thiên nhiên"


def test_a_defined_short_form_is_no_mention_where_it_is_defined(reader: Extractor) -> None:
    text = "Ban Chỉ huy Phòng thủ dân sự tỉnh (BCH PTDS tỉnh) họp.\n\nSở Y tế tỉnh Lai Châu (sau đây gọi tắt là Sở Y tế) cử người."
    assert names(reader, text) == ["Ban Chỉ huy Phòng thủ dân sự tỉnh", "Sở Y tế tỉnh Lai Châu"]


def test_a_body_under_its_short_form_has_the_name_that_the_text_gives_it(reader: Extractor) -> None:
    text = "Vụ Thống kê và Kế hoạch (Vụ TK) họp.\n\nTập đoàn Điện lực Việt Nam (EVN) góp vốn.\n\nVụ TK và EVN báo cáo."
    assert names(reader, text) == 2 * ["Vụ Thống kê và Kế hoạch", "Tập đoàn Điện lực Việt Nam"]
    text = "Ban Chỉ đạo phòng, chống ma túy tỉnh (gọi tắt là BCĐ tỉnh) họp.\n\nGửi BCĐ tỉnh trước ngày 05/6."
    assert names(reader, text) == 2 * ["Ban Chỉ đạo phòng, chống ma túy tỉnh"]


def test_a_brand_is_itself_where_the_text_does_not_define_it(reader: Extractor) -> None:
    assert names(reader, "Giao EVN đầu tư (VNPT, Viettel).") == ["EVN", "VNPT", "Viettel"]


def test_the_standing_members_of_a_council_among_the_recipients(reader: Extractor) -> None:
    close = "Nơi nhận:\n- TT Huyện ủy, HĐND huyện;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLê Văn An\n"
    found = names(reader, "KẾ HOẠCH\nTrồng rừng\n\nI. NỘI DUNG\n\n1. TT Huyện ủy, HĐND huyện giám sát./.\n\n" + close)
    assert found == [
        "Thường trực Huyện ủy",
        "Hội đồng nhân dân huyện",
        "Thường trực Huyện ủy",
        "Thường trực Hội đồng nhân dân huyện",
    ]


def test_small_words_at_the_begin_of_a_line_are_a_name_when_the_text_has_it_elsewhere(reader: Extractor) -> None:
    line = "Trung tâm dịch vụ chợ nổi đã hoạt động."
    assert names(reader, line) == []
    assert len(names(reader, f"{line}\n\nTỉnh giao cho Trung tâm dịch vụ chợ nổi việc này.")) == 2


def test_a_portal_is_a_body_among_the_recipients(reader: Extractor) -> None:
    body = "KẾ HOẠCH\nTrồng rừng\n\nI. NỘI DUNG\n\n1. Đăng trên Cổng TTĐT và báo chí./.\n\n"
    close = "Nơi nhận:\n- Cổng TTĐT;\n- Sở: TC, YT;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLê Văn An\n"
    assert names(reader, body + close) == ["Cổng Thông tin điện tử", "Sở Tài chính", "Sở Y tế"]


PLAN = "ỦY BAN NHÂN DÂN\n{home}\n-------\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nTrồng rừng năm 2024\n\nI. NỘI DUNG\n\n{text}\n"


def test_the_kind_of_a_lower_territory_alone_is_a_group_in_a_wider_plan(reader: Extractor) -> None:
    wide = reader.extract(PLAN.format(home="TỈNH SƠN LA", text="Giao UBND xã, giao UBND tỉnh."))
    assert [(agency.text, bool(agency.generic)) for agency in wide.agencies] == [
        ("UBND xã", True),
        ("UBND tỉnh", False),
    ]
    own = reader.extract(PLAN.format(home="XÃ TÂN LẬP", text="Giao UBND xã, giao UBND tỉnh."))
    assert [bool(agency.generic) for agency in own.agencies] == [False, False]


def test_the_committee_of_the_party_in_a_city(reader: Extractor) -> None:
    assert "Thường trực Thành ủy" in names(reader, PLAN.format(home="THÀNH PHỐ CẦN THƠ", text="Báo cáo TT. TU."))
    assert "Thường trực Tỉnh ủy" in names(reader, PLAN.format(home="TỈNH SƠN LA", text="Báo cáo TT. TU."))


@pytest.mark.parametrize("unit", ["UBND các xã, phường, ", "Văn phòng ", "Sở Y tế, Nội vụ, ", "Trung tâm ", "các sở, "])
def test_long_lists_come_to_an_end(reader: Extractor, unit: str) -> None:
    plan = reader.extract(unit * 3000)
    assert all(plan.text[agency.start : agency.end] == agency.text for agency in plan.agencies)
    ends = [0, *(agency.end for agency in plan.agencies)]
    assert all(agency.start >= end for agency, end in zip(plan.agencies, ends, strict=False))
