"""Blanks that a copy has lost are read as if they stood there; the text stays as it is."""

from __future__ import annotations

import unicodedata

import pytest

from extractor import Extractor
from extractor.grammar import load_grammar
from extractor.language.lost_blanks import Syllables
from extractor.language.view import make_view
from tests.conftest import REAL, needs_real

KNOWN = Syllables(load_grammar().words("syllables"))


def apart(text: str) -> str:
    """A text with a bar where a blank is missing."""
    pieces, done = [], 0
    for place in KNOWN.find_lost_blanks(text):
        pieces.append(text[done:place])
        done = place
    return "|".join([*pieces, text[done:]])


@pytest.mark.parametrize(
    "words",
    [
        "tổ chức thực|hiện kế hoạch",
        "(BAN|HÀNH kèm theo)",
        "UBND|tỉnh, Sở Tài|chính",
        "giáo|dục|phổ|thông",
        "tại tỉnh|Lào Cai;",
        "công|an thành|phố",
        "thực|hiện và thực|hiện",
    ],
)
def test_lost_blanks_are_found(words: str) -> None:
    assert apart(words.replace("|", "")) == words


@pytest.mark.parametrize(
    "words",
    [
        "camera, radio, karaoke, internet, website",
        "Đắk Lắk, Krông Pa, Ea Súp, Mường Nhé, Kbang",
        "số 12/QĐ-UBND, THPT Ngô Quyền, QCVN 01:2009/BYT",
        "nghiêng, khuỷu, quyết, giếng, thuyền, rượu",
        "https://vinhphuc.gov.vn/kếhoạch1.pdf",
        "Công ty VietinBank, PetroViệt",
    ],
)
def test_words_that_are_one_stay_one(words: str) -> None:
    assert apart(words) == words


@needs_real
def test_the_real_texts_have_lost_no_blanks() -> None:
    """A word that is taken apart wrongly would show here: of 1.2 million letters a copy has run one word together."""
    texts = [path.read_text("utf-8") for folder in ("text", "unlabelled") for path in (REAL / folder).glob("*.txt")]
    assert sum(map(len, texts)) > 1_000_000
    assert sum(len(KNOWN.find_lost_blanks(unicodedata.normalize("NFC", text))) for text in texts) <= 1


def test_mentions_stand_where_the_text_has_them(reader: Extractor) -> None:
    text = "KẾ HOẠCH\n\nGiao SởTài chính phốihợp với UBNDtỉnh mở 05lớp, 12 cuộchọp trướcngày 05/6/2021.\n"
    plan = reader.extract(text)
    assert plan.text == text
    assert [(one.text, one.name, one.role) for one in plan.agencies] == [
        ("SởTài chính", "Sở Tài chính", "lead"),
        ("UBNDtỉnh", "Ủy ban nhân dân tỉnh", "coordinate"),
    ]
    assert [(one.text, one.unit) for one in plan.quantities][-1] == ("12 cuộchọp", "cuộc họp")
    assert [(one.text, one.values) for one in plan.times] == [("trướcngày 05/6/2021", ["../2021-06-05"])]
    for mention in (*plan.agencies, *plan.quantities, *plan.times):
        assert text[mention.start : mention.end] == mention.text


def test_a_blank_is_a_place_of_the_next_letter() -> None:
    view = make_view("mở thựchiện", KNOWN)
    assert view.plain == "mở thực hiện"
    assert view.span(3, 7) == (3, 7)
    assert view.span(8, 12) == (7, 11)
    assert view.span(0, 12) == (0, 11)
