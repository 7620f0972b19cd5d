"""Short forms where a text defines them."""

from __future__ import annotations

import pytest
from conftest import faults

from extractor import Extractor

DEFINED = [
    # the letters are those of the words before
    'Chăm sóc cây ăn quả (<abbreviation short=CAQ long="cây ăn quả">CAQ</abbreviation>) trái vụ.',
    'Chăm sóc cây ăn quả(<abbreviation short=CAQ long="cây ăn quả">CAQ</abbreviation>)trái vụ.',
    'Chăm sóc cây ăn quả *(*<abbreviation short=CAQ long="cây ăn quả">CAQ</abbreviation>)* trái vụ.',
    'Giao Ban Quản lý rừng (<abbreviation short=BQLR long="Ban Quản lý rừng">BQLR</abbreviation>) thực hiện.',
    'Theo Ủy ban nhân dân (<abbreviation short=UBND long="Ủy ban nhân dân">UBND</abbreviation>) xã.',
    'Ngành Nông nghiệp và Môi trường (<abbreviation short=NNMT long="Nông nghiệp và Môi trường">NNMT</abbreviation>).',
    'Ngành Nông nghiệp & Môi trường (<abbreviation short=NN&MT long="Nông nghiệp & Môi trường">NN&MT</abbreviation>).',
    'Ứng phó (<abbreviation short=BĐKH long="biến đổi khí hậu">BĐKH</abbreviation>): không.'.replace(
        "Ứng phó (", "Ứng phó biến đổi khí hậu ("
    ),
    'Hộ được cấp nước sạch và vệ sinh\nmôi trường (<abbreviation short=NSVSMT long="nước sạch và vệ sinh môi trường">'
    "NSVSMT</abbreviation>) nông thôn.",
    # the letters are foreign
    'Tốc độ tăng tổng sản phẩm trên địa bàn tỉnh (<abbreviation short=GRDP long="tổng sản phẩm trên địa bàn tỉnh">'
    "GRDP</abbreviation>) đạt khá.",
    'Thu hút hỗ trợ phát triển chính thức (<abbreviation short=ODA long="hỗ trợ phát triển chính thức">ODA</abbreviation>).',
    'KẾT NỐI VẠN VẬT (<abbreviation short=IOT long="KẾT NỐI VẠN VẬT">IOT</abbreviation>)',
    'Học viên của Trung tâm Khuyến nông vùng cao (<abbreviation short=HEC long="Trung tâm Khuyến nông vùng cao">'
    "HEC</abbreviation>) dự.",
    'Đào tạo tại 1. Học viện Tài nguyên nước (<abbreviation short=WRA long="Học viện Tài nguyên nước">WRA</abbreviation>).',
    # words beside letters
    'Giao Trạm Khuyến nông huyện (<abbreviation short="TKN huyện" long="Trạm Khuyến nông huyện">TKN huyện</abbreviation>).',
    'Có 5 tổ quản lý rừng (<abbreviation short="Tổ QLR" long="tổ quản lý rừng">Tổ QLR</abbreviation>) hoạt động.',
    # announced
    'Ban hành Đề án trồng tre (sau đây gọi tắt là <abbreviation short="Đề án" long="Đề án trồng tre">Đề án</abbreviation>).',
    'Ban hành Đề án trồng tre (sau đây gọi là “<abbreviation short="Đề án" long="Đề án trồng tre">Đề án</abbreviation>”).',
    'Lập Tổ giúp việc trồng tre, sau đây gọi tắt là <abbreviation short="Tổ giúp việc" long="Tổ giúp việc trồng tre">'
    "Tổ giúp việc</abbreviation>, gồm 5 người.",
    'Ban Chỉ huy Quân sự xã Bản Mù (gọi tắt là <abbreviation short="BCHQS xã" long="Ban Chỉ huy Quân sự xã Bản Mù">'
    "BCHQS xã</abbreviation>).",
    'Các khu bảo tồn (viết tắt: <abbreviation short=KBT long="khu bảo tồn">KBT</abbreviation>) của tỉnh.',
    'Giao các sở, ngành, đoàn thể (sau đây gọi chung là <abbreviation short="các đơn vị" long="các sở, ngành, đoàn thể">'
    "các đơn vị</abbreviation>) thực hiện.",
    'Theo Nghị quyết số 8-NQ/TU về trồng tre (sau đây viết tắt là <abbreviation short="Nghị quyết số 8-NQ/TU" '
    'long="Nghị quyết số 8-NQ/TU về trồng tre">Nghị quyết số 8-NQ/TU</abbreviation>).',
    # the other way round, and in a list
    'Ban <abbreviation short=QLR long="quản lý rừng">QLR</abbreviation> (quản lý rừng) họp.',
    'Chữ viết tắt:\n<abbreviation short=HTX long="Hợp tác xã">HTX</abbreviation>: Hợp tác xã\n'
    '<abbreviation short=GTNT long="Giao thông nông thôn">GTNT</abbreviation>\tGiao thông nông thôn',
]

NOT_DEFINED = [
    "Phân tích dữ liệu lớn (Big data) và chuỗi khối (Blockchain).",
    "Nhiệm vụ tại mục (IV) và phụ lục (II).",
    "Công suất (MW) và giá trị (USD) của dự án.",
    "Hoàn thành trong năm (2026).",
    "Báo cáo Sở (KH&CN).",
    "Báo cáo cấp trên (UBND tỉnh) và cơ quan chuyên môn (Phòng VHXH).",
    "Trồng cây (nếu có) và làm đường (đoạn qua xã).",
    "Sở Y tế (cơ quan thường trực) tổng hợp.",
    "Nội dung sẽ nói sau đây.",
    "UBND xã: chủ trì thực hiện.",
]


@pytest.mark.parametrize("line", DEFINED)
def test_a_definition_is_read(reader: Extractor, line: str) -> None:
    assert faults(reader, line) == []


@pytest.mark.parametrize("line", NOT_DEFINED)
def test_what_only_looks_like_a_definition_is_left(reader: Extractor, line: str) -> None:
    assert reader.extract(line).abbreviations == []


def test_a_definition_repeated_counts_again(reader: Extractor) -> None:
    found = reader.extract("Phát triển cây ăn quả (CAQ). Trồng mới cây ăn quả (CAQ).").abbreviations
    assert [(mention.short, mention.long) for mention in found] == [("CAQ", "cây ăn quả")] * 2


def test_codes_of_those_who_keep_a_copy_are_none(reader: Extractor) -> None:
    text = (
        "KẾ HOẠCH\nTrồng tre\n\nI. MỤC ĐÍCH\nTrồng tre.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT, Tổng hợp chung xã (THCX)."
    )
    assert reader.extract(text).abbreviations == []
