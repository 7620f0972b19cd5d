"""The view has the length of the text and says where everything stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.folding import fold, fold_tones
from extractor.language.view import MASK, make_view, mask

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
texts = st.text(
    st.sampled_from(
        VIETNAMESE + VIETNAMESE.upper() + " \n\r\t.,;:|*#<>-–—“”\u00a0\u200b\u00ad\u0301\u0309\ufeff0123456789/()İßﬀ"
    )
)


@given(texts | st.text())
def test_every_place_of_the_view_is_a_place_of_the_text(text: str) -> None:
    view = make_view(text)
    assert len(view.plain) == len(view.lower) == len(view.composed)
    invisible = tuple("\u200b\u200c\u200d\u2060\ufeff\u00ad")
    assert view.span(0, len(view.plain)) == (0, len(text)) or text.startswith(invisible) or text.endswith(invisible)
    places = [view.span(place, len(view.plain))[0] for place in range(len(view.plain) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


def test_a_place_at_the_end_of_a_line_holds_no_sign_that_the_view_drops() -> None:
    text = "Sở Y tế\u200b\r\nlo"
    view = make_view(text)
    assert [text[slice(*view.span(0, end))] for end in (6, 7, 10)] == ["Sở Y t", "Sở Y tế", text]


@given(st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + " .,;\n*1")))
def test_the_words_of_a_decomposed_text_are_those_of_the_composed_one(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    view, other = make_view(text), make_view(decomposed)
    assert view.plain == other.plain
    assert view.lower == other.lower
    for place in range(len(view.plain)):
        start, end = other.span(place, place + 1)
        assert unicodedata.normalize("NFC", decomposed[start:end]) == text[place]


def test_carriage_returns_change_nothing_but_places() -> None:
    text = "Căn cứ Quyết định số\n12/QĐ-TTg ngày\n05/3/2020;\n\n**I. MỤC\nĐÍCH**\n"
    damaged = text.replace("\n", "\r\n")
    view, other = make_view(text), make_view(damaged)
    assert other.plain == view.plain
    start, end = (view.plain.index("12/QĐ"), view.plain.index(" ngày"))
    assert damaged[slice(*other.span(start, end))] == "12/QĐ-TTg"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("hòa thủy khỏe Ủy ỦY HÒA", "hoà thuỷ khoẻ Uỷ UỶ HOÀ"),
        ("hoàn toàn quý loài thuận", "hoàn toàn quý loài thuận"),
        ("2016 – 2020 — “Chiến lược”", '2016 - 2020 - "Chiến lược"'),
        ("Ðồng Nai\u00a0ngày", "Đồng Nai ngày"),
        ("**I.** `x`", "  I.    x "),
        ("a<br/>b &nbsp;c", "a     b       c"),
    ],
)
def test_folding_keeps_the_length(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert len(folded) == len(written)
    assert fold_tones(folded) == folded


WRAPPED = (
    "Căn cứ Luật Thủy lợi ngày 19\ntháng 6 năm 2017 của Quốc hội và các văn bản\nhướng dẫn thi hành luật này;\n\n"
    "1. Sở Nông nghiệp và\nPhát triển nông thôn chủ trì thực hiện các nội\ndung sau đây:\n- Rà soát hồ\nchứa;\n- Lập danh\nmục.\n"
)


def test_a_hard_wrap_is_a_blank_and_a_new_item_is_not() -> None:
    lines = [line.strip() for line in make_view(WRAPPED).plain.split("\n") if line.strip()]
    assert [line[:12] for line in lines] == ["Căn cứ Luật ", "1. Sở Nông n", "- Rà soát hồ", "- Lập danh m"]
    assert lines[1].startswith("1. Sở Nông nghiệp và Phát triển nông thôn chủ trì thực hiện các nội dung")


def test_lines_of_a_text_that_is_not_wrapped_stay_apart() -> None:
    plain = make_view("1. Sở Y tế\nChủ trì kiểm tra các chợ trên địa bàn.\n2. Sở Nội vụ\nTham mưu khen thưởng.\n").plain
    assert [line for line in plain.split("\n") if line] == [
        "1. Sở Y tế",
        "Chủ trì kiểm tra các chợ trên địa bàn.",
        "2. Sở Nội vụ",
        "Tham mưu khen thưởng.",
    ]


def test_cells_between_lone_pipes_stay_apart() -> None:
    plain = make_view("|\nSở Y\ntế\n|\nQuý I\n|\n").plain
    assert plain.split("\n") == ["|", "Sở Y tế", "|", "Quý I", "|", ""]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_masking_hides_just_the_spans(text: str, spans: list[tuple[int, int]]) -> None:
    text = text.replace(MASK, "x")
    spans = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in spans]
    masked = mask(text, spans)
    hidden = {place for start, end in spans for place in range(start, end)}
    assert len(masked) == len(text)
    assert all((sign == MASK) == (place in hidden) for place, sign in enumerate(masked))
