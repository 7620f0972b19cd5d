"""Web pages: their words without the furniture, lists and tables kept."""

from __future__ import annotations

import pytest

from extractor import Extractor
from extractor.errors import InputError
from extractor.reading import read_bytes


def read(body: str) -> list[str]:
    document = read_bytes(f"<!doctype html><html><body>{body}</body></html>".encode(), "plan.htm")
    assert document.media_type == "text/html"
    return [line for line in document.text.splitlines() if line]  # an empty one may set paragraphs apart


def test_words_come_line_by_line_without_what_the_site_puts_round_them() -> None:
    page = (
        "<nav>Trang chủ</nav><script>var x = 1;</script><div>KẾ HOẠCH<p>Trồng <b>rừng</b>\n  năm&nbsp;2027</p>Hết<br>rồi</div>"
        "<footer>Bản quyền</footer>"
    )
    assert read(page) == ["KẾ HOẠCH", "Trồng rừng năm 2027", "Hết", "rồi"]


def test_items_have_the_numbers_that_a_browser_shows() -> None:
    page = (
        "<ol type=I><li>MỤC TIÊU<ol type=a start=2><li>Một</li><li>Hai<ul><li>gạch</li></ul></li></ol></li>"
        "<li><p>NHIỆM VỤ</p></li></ol>"
    )
    assert read(page) == ["I. MỤC TIÊU", "b) Một", "c) Hai", "- gạch", "II. NHIỆM VỤ"]


def test_cells_that_span_rows_and_columns_keep_their_place() -> None:
    page = (
        "<table><tr><th>TT<th>Nhiệm vụ<th>Chủ trì<th>Thời gian</tr>"
        "<tr><td rowspan=2>1<td>Rà soát<td rowspan=2>Sở Y tế<td>3/2027</tr><tr><td>Cắm mốc<td>4/2027</tr>"
        "<tr><td colspan=3>Nhóm<td>x</tr></table>"
    )
    assert read(page) == [
        "| TT | Nhiệm vụ | Chủ trì | Thời gian |",
        "|---|---|---|---|",
        "| 1 | Rà soát | Sở Y tế | 3/2027 |",
        "|  | Cắm mốc |  | 4/2027 |",
        "| Nhóm |  |  | x |",
    ]


def test_a_letterhead_laid_out_in_cells_is_read_cell_by_cell() -> None:
    page = (
        "<table><tr><td><p>ỦY BAN NHÂN DÂN<br>TỈNH SƠN LA</p><p>Số: 12/KH-UBND</p></td>"
        "<td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Sơn La, ngày 02 tháng 3 năm 2027</p></td></tr></table>"
        "<p>KẾ HOẠCH</p><p>Trồng rừng năm 2027</p>"
    )
    lines = read(page)
    assert lines[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH SƠN LA", "Số: 12/KH-UBND"]
    header = Extractor().extract("\n".join(lines)).header
    assert (header.number, header.date, header.issuer) == ("12/KH-UBND", "2027-03-02", "Ủy ban nhân dân tỉnh Sơn La")


def test_a_text_with_tags_in_it_stays_a_text() -> None:
    words = "<ul> - Mở 05 lớp </ul>\nKẾ HOẠCH"
    document = read_bytes(words.encode(), "plan.txt")
    assert (document.text, document.media_type) == (words, "text/plain")


def test_a_page_without_words_is_said() -> None:
    with pytest.raises(InputError, match="without any text"):
        read_bytes(b"<html><body><script>1</script></body></html>", "plan.html")


def test_entities_that_grow_stay_words() -> None:
    page = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body><p>Kế hoạch &b;</p></body></html>'
    assert len(read_bytes(page.encode(), "plan.html").text) < len(page)


def test_a_cell_over_rows_and_columns_keeps_the_cells_below_in_their_place() -> None:
    page = (
        "<table><tr><th>TT<th>Nhiệm vụ<th>Chủ trì<th>Thời gian</tr>"
        "<tr><td>1<td rowspan=2 colspan=2>Rà soát<td>3/2027</tr><tr><td>2<td>4/2027</tr></table>"
    )
    assert read(page)[2:] == ["| 1 | Rà soát |  | 3/2027 |", "| 2 |  |  | 4/2027 |"]


def test_what_the_page_calls_its_main_part_is_read() -> None:
    page = (
        '<div class="menu">Trang chủ</div><div id="breadcrumb">Văn bản</div><main><h1>KẾ HOẠCH</h1>'
        f"<p>{'Trồng rừng năm 2027. ' * 5}</p><div class='share'>Chia sẻ</div></main><div>Tin khác</div>"
    )
    assert read(page) == ["KẾ HOẠCH", ("Trồng rừng năm 2027. " * 5).strip()]


def test_a_small_main_part_is_not_believed() -> None:
    """Near miss: the words stand elsewhere."""
    assert read(f"<article>Tin mới</article><div>{'Trồng rừng. ' * 5}</div>")[0] == "Tin mới"


def test_running_heads_of_a_word_processor_are_left_out() -> None:
    assert read('<div title="header"><p>2</p></div><p>PHỤ LỤC II</p><div title="footer">Trang</div>') == ["PHỤ LỤC II"]


def test_a_class_that_only_begins_like_furniture_is_text() -> None:
    """Near miss: names of the page's own."""
    assert read('<div class="header-text menu-item">KẾ HOẠCH</div>') == ["KẾ HOẠCH"]


@pytest.mark.parametrize("between", ["</p><p>", "</p></div><div><p>"])
def test_paragraphs_that_would_read_as_one_are_set_apart(between: str) -> None:
    page = f"<html><body><div><p>CỦA BỘ TÀI CHÍNH{between}ỦY BAN NHÂN DÂN TỈNH</p></div></body></html>"
    assert read_bytes(page.encode(), "a.htm").text == "CỦA BỘ TÀI CHÍNH\n\nỦY BAN NHÂN DÂN TỈNH\n"


def test_a_line_break_within_a_paragraph_is_a_wrap() -> None:
    """Near miss."""
    page = "<html><body><p>ỦY BAN NHÂN DÂN<br>TỈNH SƠN LA</p><p>Hết.</p><p>Nơi nhận:</p></body></html>"
    assert read_bytes(page.encode(), "a.htm").text == "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n\nHết.\nNơi nhận:\n"


@pytest.mark.parametrize("name", ["class='header'", "class='comment'", "id='related'"])
def test_what_holds_the_plan_is_no_furniture(name: str) -> None:
    """Near miss: whatever its site calls it."""
    assert read(f"<div {name}><p>KẾ HOẠCH</p><p>Trồng rừng năm 2027.</p></div><p>Hết.</p>")[0] == "KẾ HOẠCH"
