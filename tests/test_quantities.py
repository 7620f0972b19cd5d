"""Quantities: what is counted and what is not, values, units, rates, bounds."""

from __future__ import annotations

import unicodedata

import pytest

from extractor import Extractor, extract
from extractor.evaluation.markup import parse_markup

FOUND = [
    # figures and units
    "Phát <q value=1500 unit=cuốn>1.500 cuốn</q> cẩm nang.",
    "Treo <q value=36 unit=pano>36 pano</q>, dán <q value=900 unit='áp phích'>900 áp phích</q>.",
    "Mở <q value=3 unit=lớp>03lớp</q> tại xã.",
    "Trồng <q value=2000000 unit='cây xanh'>2 triệu cây xanh</q>.",
    "Sản lượng đạt <q value=1250000 unit=tấn>1,25 triệu tấn</q>.",
    "Phát <q value=7340000000 unit=kwh>7.340 triệu kWh</q>.",
    "Đón <q value=80000 unit='lượt khách'>8 vạn lượt khách</q>.",
    "Gồm <q value=1234567 unit=người>1,234,567 người</q>, <q value=15300 unit=hộ>15,300 hộ</q>.",
    "Rừng <q value=12.5 unit=ha>12,500 ha</q>, nhà <q value=4200 unit=m2>4.200m2</q>.",
    "Đường dây <q value=110 unit=kv>110kV</q> dài <q value=3.5 unit=km>3,5 km</q>.",
    "Tổng công suất:\n<q value=3200 unit=mw>3.200 MW</q>",
    "Bảo quản ở <q min=2 max=8 unit='độ c'>2 - 8 độ C</q>.",
    "Sốt trên <q value=38.5 unit=°c bound=min>38,5°C</q>.",
    "Toàn huyện có <q value=41250 unit='nhân khẩu'>41 250 nhân khẩu</q>.",
    # shares
    "Chiếm <q value=41.27 unit=%>41,27 %</q>, tăng <q value=0.3 unit='điểm %'>0,3 điểm %</q>.",
    "<q value=100 unit=%>100%</q> hộ nghèo; <q value=5 unit=‰>5‰</q> trẻ.",
    "Giảm <q min=1 max=1.5 unit=% per=năm>1 - 1,5%/năm</q>; lãi <q value=0.6 unit=% per=tháng>0,6%/tháng</q>.",
    # ranges
    "Từ <q min=6 max=8 unit=người>06 - 08 người</q>, <q min=12 max=24 unit=giờ>12-24 giờ</q>.",
    "Chọn <q min=15 max=20 unit=hộ>15 đến 20 hộ</q>, <q min=3 max=5 unit=năm>3 năm đến 5 năm</q>.",
    "Từ <q min=2000000 max=3000000 unit=lượt>2 - 3 triệu lượt</q>.",
    "Từ <q min=5 max=10 unit=ha>5 đến dưới 10 ha</q>.",
    "Giảm từ <q value=30 unit=ngày>30 ngày</q> xuống <q value=18 unit=ngày>18 ngày</q>.",
    "Trẻ từ <q min=6 max=36 unit='tháng tuổi'>06 đến 36 tháng tuổi</q>.",
    # two numbers, one unit
    "Có <q value=512 unit=trường>512</q>/<q value=640 unit=trường>640 trường</q> đạt chuẩn.",
    "Mỗi đợt <q value=90 unit=cái per=đợt>90 cái</q>/<q value=9 unit='huyện thị'>9 Huyện thị</q>.",
    "Xếp thứ 7/<q value=34 unit=tỉnh>34 tỉnh</q>, thành phố.",
    # rates
    "Phát <q value=2 unit=số per=quý>02 số/ quý</q>.",
    "Dựng <q value=3 unit='chương trình' per=năm>03 chương trình / 1 năm</q>.",
    "Họp <q value=1 unit=lần per='6 tháng'>01 lần/6 tháng</q>, <q value=2 unit=lần per=tuần>2 lần mỗi tuần</q>.",
    "Cấp <q value=120 unit=lít per='người/ngày đêm'>120 lít/người/ngày đêm</q>.",
    "Giảng <q value=45 unit=tiết per=lớp>45 tiết học/lớp</q>.",
    "Đạt <q value=28 unit=giường per='vạn dân'>28 giường/vạn dân</q>.",
    "Đăng <q value=8 unit=tin per=tháng>08 tin/bài/tháng</q>.",
    "Hỗ trợ <q value=6 unit='doanh nghiệp'>06 doanh nghiệp</q>/cơ sở sản xuất.",
    # a round base below the slash belongs to the rate
    "Còn <q value=21 unit=ca per='1.000 phụ nữ'>21 ca sinh/1.000 phụ nữ</q> trong độ tuổi.",
    "Tỷ số dưới <q value=108 unit='bé trai' per='100 bé gái' bound=max>108 bé trai/100 bé gái</q>.",
    "Tử vong mẹ <q value=12 unit=trẻ per='100.000 trẻ'>12/100.000 trẻ</q> đẻ sống.",
    "Đạt <q value=9.5 unit='bác sĩ' per='10.000 dân'>9,5 bác sĩ / 10.000 dân</q>.",
    "Có <q value=5 unit='cán bộ' per='1000 dân'>5 cán bộ xã/1000 dân</q>.",
    "Giảm từ <q value=14 unit='vụ việc' per='100 hộ'>14 vụ việc/100 hộ</q> xuống <q value=9 unit='vụ việc'>9 vụ việc</q>.",
    "Cấp <q value=120 unit=cái>120 cái</q>/<q value=110 unit=xã>110 xã</q>.",
    "Có <q value=98 unit=hộ>98</q>/<q value=101 unit=hộ>101 hộ</q> ký cam kết.",
    # words that only end like the head of a provision
    "Xây dựng thí điểm <q value=2 unit='đề án'>02 đề án</q>, mỗi điểm <q value=3 unit=người per=điểm>03 người</q>.",
    "Đợt cao điểm <q value=30 unit=ngày>30 ngày</q>, tại điểm trường <q value=4 unit=lớp>4 lớp</q>.",
    "Tại <q value=9 unit=xã>09 xã</q>/phường/thị trấn.",
    "Tập huấn <q value=5 unit='cán bộ'>05 cán bộ</q> cấp huyện/xã.",
    "<q value=6 unit=lớp>6 lớp</q>, mỗi lớp gần <q value=45 unit=người per=lớp bound=approx per_total=270>45 người</q>",
    "Mỗi quận, huyện chọn ít nhất <q value=2 unit='mô hình' per='quận, huyện' bound=min>02 mô hình</q>.",
    "Mỗi tổ có <q value=3 unit='thành viên' per=tổ>03 thành viên</q> và <q value=2 unit=thợ per=tổ>02 thợ</q>.",
    "Mỗi xã <q value=2 unit=lớp per=xã>02 lớp</q>, toàn huyện <q value=30 unit=lớp>30 lớp</q>.",
    "Mở <q value=4 unit=lớp>04 lớp</q> x <q value=40 unit=người per=lớp>40 người/lớp</q>.",
    # words
    "Chia thành <q value=2 unit=đợt>hai đợt</q> tại <q value=25 unit=xã>hai mươi lăm xã</q>.",
    "Sau <q value=20 unit=năm>hai mươi năm</q>, cả <q value=3 unit=cấp>ba cấp</q> đều đạt.",
    "Kiểm tra ít nhất <q value=1 unit=lần per=năm bound=min>một lần/năm</q>.",
    "Mỗi quý họp <q value=1 unit=lần per=quý>một lần</q>; xong trong <q value=1 unit=tháng>một tháng</q>.",
    "Trong thời hạn <q value=10 unit=ngày>10 (mười) ngày</q> làm việc.",
    # bounds
    "Khoảng <q value=50 unit=người bound=approx>50 người</q>; tối thiểu <q value=3 unit=xã bound=min>03 xã</q>.",
    "Không quá <q value=20 unit=ngày bound=max>20 ngày</q>; ít nhất phải có <q value=2 unit=tổ bound=min>02 tổ</q>.",
    "Đạt từ <q value=95 unit=% bound=min>95%</q> trở lên, ≥<q value=80 unit=% bound=min>80%</q>.",
    "Đăng tải trên <q value=4 unit='nền tảng'>04 nền tảng</q> số.",
    "Đã có trên <q value=300 unit=bài bound=min>300 bài</q>.",
    # nouns before a number that counts
    "Kế hoạch <q value=5 unit=năm>5 năm</q>; giai đoạn <q value=3 unit=năm>3 năm</q> 2026 - 2028.",
    "Lớp <q value=50 unit='học viên'>50 học viên</q>; tổ <q value=7 unit=người>07 người</q>.",
    "Tổng số <q value=15 unit=xã>15 xã</q>; chuyên mục <q value=1 unit=số per=tuần>01 số/tuần</q>.",
    "Trong vòng <q value=24 unit=giờ>24 giờ</q>, trực <q value=12 unit=giờ per=ngày>12 giờ/ngày</q>.",
    "Viettel: <q value=21 unit=trạm>21 trạm</q>; • <q value=4 unit=xã>04 xã</q>.",
    "Thành lập <q value=2 unit='liên hiệp hợp tác xã'>02 Liên hiệp Hợp tác xã</q>.",
    "Mua <q value=25 unit='quạt điện'>25 quạt điện</q>.",
    "TỔ CHỨC <q value=5 unit=lớp>05 LỚP</q> CHO <q value=2 unit=htx>02 HTX</q>",
]

NOTHING = [
    "Căn cứ khoản 2 Điều 9 quy định này",
    "Tại thôn 3 xã Bình Minh, các ấp 1, 2 và 3 xã Tân An",
    "Tổ dân phố số 4 phường Hòa Khánh",
    "Hội nghị lần thứ 8 của Ban Chấp hành, Nghị quyết Trung ương 5 khóa XII",
    "Đạt cấp độ 3 mức độ trưởng thành; đô thị hạng 2 tỉnh",
    "Đối tượng 4 tổ chức học tập; học sinh lớp 5 trường Tiểu học",
    "Đợt 1 năm 2025 và học kỳ 1 năm học này",
    "Quốc lộ 1 đoạn qua địa bàn, đường 3/2 phường Xuân Khánh",
    "Đề án 06 triển khai đồng bộ, Chương trình 135 xã",
    "Mạng 5G, camera AI, bảng 4K; phòng Covid-19 ca mới",
    "Trực 24/7, trực 24/24 giờ; lúc 8 giờ 30 phút; từ 7 giờ đến 17 giờ; trước 16 giờ hằng ngày",
    "Phương châm 4 tại chỗ, 3 sẵn sàng, 6 rõ",
    "Kinh phí 05 triệu đồng, 1,5 tỷ đồng",
    "Một số sở, ngành; một trong những xã; hợp tác giữa hai bên; tăng trưởng hai con số",
    "Sản phẩm nhựa dùng một lần, Chương trình mỗi xã một sản phẩm",
    "Điều tra 1 số nội dung, 2/3 số hộ, bằng 1/2 mức chi",
    "Hàng trăm hộ, hàng nghìn người, vài chục cuốn",
    "Khu công nghiệp Sóng Thần 3 đang mở rộng",
    "Theo khoản 1 Điều 9 Nghị định nêu trên",
    "(điểm a khoản 1 Điều 12 Nghị định của Chính phủ)",
    "Thực hiện khoản 1 Điều 6, 7 Nghị định này; Điều 8 Luật",
    "Người nêu tại khoản 1 Điều 5 người đứng đầu ký",
    "Nêu tại điểm 2 Nghị quyết, mục 1 chương 3 quy chế",
    "Phủ sóng 5G tại các thôn, nâng cấp 3G/4G",
    "1 Trung tâm Y tế huyện\n2 Trường Tiểu học An Bình",
    "2.1 xã An Bình\n2.2 xã An Hòa",
    "Công suất (10 3 tấn)",
    "Địa chỉ 17 Nguyễn Trãi, điện thoại 0903123456",
    "Năm 2025 tỉnh đã ban hành, giai đoạn 2016 - 2020 xã đã đạt",
    "| 1 | 25 | 300 |",
]


def read(reader: Extractor, text: str) -> list[dict[str, object]]:
    """The quantities of a text as the JSON has them."""
    return [quantity.model_dump(exclude_none=True) for quantity in reader.extract(text).quantities]


@pytest.mark.parametrize("line", FOUND)
def test_every_quantity_and_no_other(reader: Extractor, line: str) -> None:
    text, marked = parse_markup(line.replace("'", '"').replace("<q ", "<quantity ").replace("</q>", "</quantity>"))
    found = read(reader, text)
    assert [(item["start"], item["end"]) for item in found] == [(item.start, item.end) for item in marked], found
    for item, wanted in zip(found, marked, strict=True):
        fields = {name: item.get(name) for name in ("value", "min", "max", "per", "bound", *wanted.fields)}
        nothing = dict.fromkeys(("value", "min", "max", "per", "bound"))
        assert fields == {**nothing, **wanted.fields}


@pytest.mark.parametrize("text", NOTHING)
def test_names_ordinals_times_and_money_are_no_quantities(reader: Extractor, text: str) -> None:
    assert read(reader, text) == []


def test_a_hard_wrap_a_no_break_space_and_markdown_change_nothing(reader: Extractor) -> None:
    plain = "Trong năm sẽ tổ chức 05 lớp/năm cho cán bộ xã, mỗi lớp khoảng 50 người của các thôn.\n" * 3
    damaged = plain.replace("05 lớp", "**05**\u00a0lớp").replace("khoảng 50", "khoảng\n50")

    def values(text: str) -> list[tuple[object, ...]]:
        return [tuple(item.get(key) for key in ("value", "unit", "per", "bound")) for item in read(reader, text)]

    assert values(damaged) == values(plain) == [(5, "lớp", "năm", None), (50, "người", "lớp", "approx")] * 3


def test_decomposed_letters_give_the_same_values_and_places_in_the_text(reader: Extractor) -> None:
    text = "Hỗ trợ 12 hợp tác xã, mỗi hợp tác xã khoảng 30 hộ."
    decomposed = unicodedata.normalize("NFD", text)
    plan = reader.extract(decomposed)
    assert [quantity.value for quantity in plan.quantities] == [12, 30]
    assert plan.quantities[1].per_total == 360
    assert all(decomposed[quantity.start : quantity.end] == quantity.text for quantity in plan.quantities)


def test_the_item_is_what_goes_on_after_the_unit(reader: Extractor) -> None:
    text = "Sáp nhập 14 xã, phường; 100% số hộ nghèo được cấp thẻ; nâng cấp 20 trạm bơm điện; có 80% đạt."
    found = read(reader, text)
    assert [item.get("item") for item in found] == ["xã, phường", "hộ nghèo", "trạm bơm điện", None]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_rate_refers_to_the_quantity_it_speaks_of(form: str) -> None:
    text = unicodedata.normalize(form, "Mở 05 lớp tại 03 xã, mỗi lớp từ 40 - 50 người.\n\nMỗi lớp 30 ngày.")
    plan = extract(text)
    assert [quantity.per_ref for quantity in plan.quantities] == [None, None, "q1", None]


def test_units_are_in_the_documents_own_spelling(reader: Extractor) -> None:
    found = read(reader, "Mở 02 khoá học và 03 khóa học.")
    assert [item["unit"] for item in found] == ["khoá học", "khóa học"]
