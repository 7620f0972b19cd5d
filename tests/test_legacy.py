"""Plans in the old font encodings TCVN3 and VNI come out in Unicode; what is in no old encoding is never touched."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.errors import InputError
from extractor.language.legacy import Encoding, font_encoding, guess_encoding, to_unicode, with_lost_letters
from extractor.reading import read_bytes
from tests.conftest import CORE_PLANS, REAL, needs_real
from tests.legacy_fonts import LETTERS, plain_tcvn3, to_tcvn3, to_vni
from tests.test_reading import to_cp1258

PLANS = {path.stem: unicodedata.normalize("NFC", path.read_text("utf-8")) for path in CORE_PLANS}
ALL_PLANS = "\n".join(PLANS.values())
every_plan = pytest.mark.parametrize("text", PLANS.values(), ids=PLANS)

EUROPEAN = {
    "fr": "Le préfet a décidé à Noël : l'élève âgé a été reçu où ça ? Thé glacé, né là, clé cassée, forêt, maïs, île, côté, hôtel, "
    "sûr, dû, août, français, leçon, garçon, très, près, père, mère, même, fête, bête, tête, être, naïf, œuvre, cœur",
    "de": "Die Größe der Straße überprüfen, Bäume, Häuser, Tür, für, hört, schön, Öl, Übung, müßig, Maß, heiß, Äpfel, Köln, süß",
    "pt": "Não há ações nem coração; é à noite, são João, lá, já, só, pé, avó, avô, você, três, mês, pão, mãe, põe, ínfimo, útil, açúcar",
    "es": "El niño está aquí: ¿qué más? Él dirá sí, también mañana, año, señor, así, después, según, café, país, día, tú, mí, té, sé, dé, vergüenza",
    "is": "Það er í lagi að fá sér súpu á morgun, ný tré, þú, hér, sé, mér, fé, lá, já, hún, ég, við, það, þá, sú, ær, öll, bók, ól",
    "it": "La città è più bella perché c'è già il caffè, lunedì, così, può, là, lì, né, sé, però, virtù, qualità, età, felicità",
    "sv": "Är det så på ön där små får går? Två år, nå, gå, må, få, också, först, då, blå, höst, kött, bär, är, älg, öl, önskar, värld",
    "da": "Før påske gør æblerne små børn glade på øen; så får de også rød grød, kål, blå, hår, år, ærter, øl, æg, må, tå",
    "ga": "Tá sé mór, bhí sí óg agus d'ól mé tae; níl á fhios agam, cá bhfuil tú, féin, lá, bán, dún, súil, ré, fíor, é, í, ó",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy; má dám tě, já, být, více, dál, též, až, už, něco",
}  # fmt: skip


def latin(words: str) -> bytes:
    """As an old program saved it: signs of the fonts are bytes, the quotes and dashes those of Windows."""
    return b"".join(sign.encode("cp1252", "ignore") or sign.encode("latin-1", "replace") for sign in words)


# --- the tables -------------------------------------------------------------------------------------------------


def test_every_letter_comes_back() -> None:
    assert len(set(LETTERS)) == 134
    for letter in LETTERS:
        ((sign, high),) = to_tcvn3(letter)
        assert to_unicode(sign, "tcvn3", high) == letter
        assert to_unicode(to_vni(letter), "vni") == letter


@pytest.mark.parametrize(
    ("words", "encoding", "read"),
    [
        ("KÕ ho¹ch", "tcvn3", "Kế hoạch"),
        ("§éc lËp - Tù do - H¹nh phóc", "tcvn3", "Độc lập - Tự do - Hạnh phúc"),
        ("C\u00ado qu\u00adan \u00ad\u00adu ti\u00aan", "tcvn3", "Cưo quưan ưưu tiên"),
        ("\x93®Çu t\xad\x94 \x96 n\xadíc\x85", "tcvn3", "“đầu tư” – nước…"),
        ("“®Çu t\xad” – n\xadíc", "tcvn3", "“đầu tư” – nước"),
        ("Keá hoaïch", "vni", "Kế hoạch"),
        ("KEÁ HOAÏCH ÑÒNH KYØ", "vni", "KẾ HOẠCH ĐỊNH KỲ"),
        ("YÙ kieán, Aán Ñoä, AÁn Ñoä", "vni", "Ý kiến, Ấn Độ, Ấn Độ"),
        ("kyõ sö, tyû leä, lyù do, thuûy lôïi, ñòa lyï", "vni", "kỹ sư, tỷ lệ, lý do, thủy lợi, địa lỵ"),
        ("ngöôøi \x93\xf1\xf6\xf4\xefc\x94", "vni", "người “được”"),
        ("ùõ uâ iá", "vni", "ùõ uâ iá"),
        ("plain ASCII 2007, 100%", "tcvn3", "plain ASCII 2007, 100%"),
        ("kế hoạch có", "tcvn3", "kế hoạch có"),
        ("m² 30° 5×4", "vni", "m² 30° 5×4"),
        ("", "vni", ""),
    ],
)
def test_words(words: str, encoding: Encoding, read: str) -> None:
    assert to_unicode(words, encoding) == read


def test_small_letters_of_a_font_of_capitals_are_capitals() -> None:
    assert to_unicode("kÕ ho¹ch n¨m 2007", "tcvn3", capitals=True) == "KẾ HOẠCH NĂM 2007"
    assert to_unicode("plan", "tcvn3", capitals=True) == "PLAN"


@every_plan
def test_bytes_that_were_taken_for_windows_1258(text: str) -> None:
    """Where "é" of TCVN3 is not there: it is shown as "Đ", which in "QĐ" is what it seems."""
    text = "".join(letter for letter in text if (letter in LETTERS or letter.isascii()) and letter not in "éÉ")
    for encoding, signs in (("tcvn3", plain_tcvn3(text)), ("vni", to_vni(text))):
        shown = latin(signs).decode("cp1258")
        assert to_unicode(shown, encoding).casefold() == text.casefold()  # type: ignore[arg-type]


@given(st.sampled_from(["tcvn3", "vni"]), st.text())
def test_any_text_may_be_turned(encoding: Encoding, words: str) -> None:
    turned = to_unicode(words, encoding)
    if words.isascii():
        assert turned == words
    assert to_unicode(words, encoding, capitals=True) == turned.upper() or turned == words


# --- names of fonts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [".VnTime", ".VNTime", "ABCDEF+.VnTime", "#2EVnTime", ".VnTime,Bold", "VnTime", "VnTime-Bold", ".VnArial Narrow", "VnHelvetIns",
     ".VnCentury Schoolbook", ".VnSouthern", ".VnTifani Heavy", "ABCDEF+VnArial,Italic", ".Vn3D", ".VnBook-Antiqua", '".VnTime"'],
)  # fmt: skip
def test_fonts_of_tcvn3(name: str) -> None:
    assert font_encoding(name) == ("tcvn3", False)


@pytest.mark.parametrize(
    "name",
    [".VnTimeH", ".VNTIMEH", ".VnTimeh", "ABCDEF+.VnTimeH", "#2EVnTimeH,Bold", "VnTimeH-Bold", ".VnArialH", ".VnArial NarrowH",
     ".VnBook-AntiquaH", ".VnCentury SchoolbookH", ".VnTimeHBold", "VnArialH-BoldItalic", ".VnTifani HeavyH"],
)  # fmt: skip
def test_fonts_of_capitals(name: str) -> None:
    assert font_encoding(name) == ("tcvn3", True)


@pytest.mark.parametrize(
    "name", ["VNI-Times", "VNI Times", "VNI-Times-Bold", "Vni-Times", "ABCDEF+VNI-Helve", "VNI-Helve-Condense", "VniHelvetica"]
)  # fmt: skip
def test_fonts_of_vni(name: str) -> None:
    assert font_encoding(name) == ("vni", False)


@pytest.mark.parametrize(
    "name",
    ["", "Times New Roman", "VNtimes new roman", "VNTimesNewRoman", "VnTimes", "VNarial", "UVN Bay Buom", "UTM Avo", "SVN-Times", "VNF-Futura",
     "Vni", "VNI", "Univers", "Unikey VNI-Times", "My.VnTime", "vnexpress", ".VPSTimes", "Vntime", "VnExpress", "Arial", "Vnuniverse"],
)  # fmt: skip
def test_other_fonts(name: str) -> None:
    assert font_encoding(name) is None


@given(st.text())
def test_any_name_may_be_asked(name: str) -> None:
    assert font_encoding(name) is None or "vn" in name.lower()


# --- text without fonts -----------------------------------------------------------------------------------------


@every_plan
def test_plans_in_old_bytes_are_read(text: str) -> None:
    tcvn3 = read_bytes(latin(plain_tcvn3(text)), "plan.txt")
    assert tcvn3.text.casefold() == text.casefold()
    assert tcvn3.encoding == "tcvn3"
    vni = read_bytes(latin(to_vni(text)), "plan.txt")
    assert (vni.text, vni.encoding) == (text, "vni")


@every_plan
def test_old_signs_that_were_saved_as_utf8_are_read(text: str) -> None:
    for encoding, signs in (("tcvn3", plain_tcvn3(text)), ("vni", to_vni(text))):
        document = read_bytes(signs.encode("utf-8"), "plan.txt")
        assert (document.text.casefold(), document.encoding) == (text.casefold(), encoding)


def test_a_reading_of_old_signs_carries_one_fault() -> None:
    text = next(iter(PLANS.values()))
    (fault,) = read_bytes(latin(to_vni(text)), "plan.txt").faults
    assert (fault.code, fault.start, fault.end) == ("legacy-encoding", None, None)
    assert fault.message == (
        "The text was in the old font encoding VNI and was turned into Unicode: compare names and numbers with the file."
    )
    (fault,) = read_bytes(latin(plain_tcvn3(text)), "plan.txt").faults
    assert "TCVN3" in fault.message
    assert fault.message.endswith("Capitals that only its font showed may be small letters.")


def test_the_warning_stands_in_the_plan(reader: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(latin(to_vni(PLANS["quang-tri-2023-ke-hoach-chong-rac-thai-nhua"])))
    plan = reader.extract_file(path)
    assert plan.header.doc_type == "Kế hoạch"
    assert plan.source.encoding == "vni"
    assert [one.code for one in plan.warnings].count("legacy-encoding") == 1


@pytest.mark.parametrize(
    "signs", ["KÕ ho¹ch n¨m 2007", "Keá hoaïch naêm 2007", "KÕ ho¹ch " * 100, "ñöôïc " * 50], ids=["few", "vni", "same", "same vni"]
)  # fmt: skip
def test_a_few_words_are_refused_with_the_likely_cause(signs: str) -> None:
    with pytest.raises(InputError, match=r"not UTF-8: byte 0x.*old font encoding \(TCVN3, VNI\).*Unikey"):
        read_bytes(latin(signs), "plan.txt")


# --- what is in no old encoding -----------------------------------------------------------------------------------


@every_plan
def test_unicode_is_never_touched(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    windows = to_cp1258(text).decode("cp1258") if all(_fits(letter) for letter in text) else text
    for words in (text, text.upper(), decomposed, windows, *text.split("\n"), *text.split("\n\n")):
        assert guess_encoding(words) is None
    assert read_bytes(text.encode("utf-8"), "plan.txt").text == text
    assert read_bytes(text.encode("utf-8"), "plan.txt").faults == ()


def _fits(letter: str) -> bool:
    return letter in LETTERS or bool(letter.encode("cp1258", "ignore"))


@needs_real
def test_real_plans_are_never_touched() -> None:
    found = [*(REAL / "text").glob("*.txt"), *(REAL / "unlabelled").glob("*.txt")]
    assert found
    assert [path.name for path in found if guess_encoding(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("words", EUROPEAN.values(), ids=EUROPEAN)
def test_other_languages_are_never_touched(words: str) -> None:
    for text in (words, words.upper(), words * 20, f"{words}\n{ALL_PLANS[:3000]}"):
        assert guess_encoding(text) is None
        assert read_bytes(text.encode("utf-8"), "plan.txt").text == text
    if words.encode("cp1252", "ignore").decode("cp1252") == words:
        with pytest.raises(InputError):
            read_bytes(words.encode("cp1252"), "plan.txt")


FOREIGN_WORDS = sorted(set(" ".join(EUROPEAN.values()).split()))
LATIN_WORDS = sorted({word for word in ALL_PLANS.split() if not word.isascii() and all(ord(one) < 256 for one in word)})


@given(st.lists(st.sampled_from(FOREIGN_WORDS), min_size=8, max_size=60))
def test_any_words_of_other_languages_are_never_touched(words: list[str]) -> None:
    assert guess_encoding(" ".join(words)) is None


@given(st.lists(st.sampled_from(LATIN_WORDS), min_size=8, max_size=60))
def test_vietnamese_words_that_latin_1_has_are_never_touched(words: list[str]) -> None:
    assert guess_encoding(" ".join(words)) is None


@given(st.integers(0, len(ALL_PLANS)), st.integers(0, 2000))
def test_any_part_of_a_plan_is_never_touched(start: int, length: int) -> None:
    assert guess_encoding(ALL_PLANS[start : start + length]) is None


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_is_never_touched(words: str) -> None:
    assert guess_encoding(words) is None


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_any_signs_of_latin_1_are_never_touched(words: str) -> None:
    assert guess_encoding(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "± 5 °C, 12 m², ½ «a» · § 3 ¶ © ® ¥ £ ¢ ¿ ¡ × ÷ µ " * 30,
        "| **Mục** | § 1 |\n|---|---|\n| ½ | 30° |\n" * 30,
        "№ 12; 1\u00a0000\u00a0000 đồng – “100%” " * 30,
        "KHÔNG; CÓ; KHÔNG; TÔI; CÔNG; THÔNG; HÔM; CÔ; MÔN; SÔNG; ĐÔNG; XÉT",
        "Điều\u0301 qua\u0309n ly\u0301",
    ],
)
def test_figures_signs_and_short_texts_are_never_touched(words: str) -> None:
    assert guess_encoding(words) is None
    assert read_bytes(words.encode("utf-8"), "plan.md").text == words


def test_a_text_that_was_cut_in_a_letter_is_still_refused() -> None:
    with pytest.raises(InputError, match="not UTF-8"):
        read_bytes(ALL_PLANS.encode("utf-8") + b"\xe1\xba", "plan.txt")


def test_a_text_half_in_unicode_stays() -> None:
    half = PLANS["quang-tri-2023-ke-hoach-chong-rac-thai-nhua"] + to_vni(PLANS["tan-lac-2017-ke-hoach-tiem-phong"])
    assert read_bytes(half.encode("utf-8"), "plan.txt").text == half


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("đ-ợc tr-ờng ph-ờng n-ớc", "được trường phường nước"),
        ("-u tiên T- pháp", "ưu tiên Tư pháp"),
        ("TR-ỜNG", "TRƯỜNG"),
        ("QĐ-UBND, KH-UBND, TB-BTC, NĐ-CP, CTr-HĐND", "QĐ-UBND, KH-UBND, TB-BTC, NĐ-CP, CTr-HĐND"),
        ("5-10 xã, Hà Nội-Huế, kinh tế-xã hội, 2020-2025", "5-10 xã, Hà Nội-Huế, kinh tế-xã hội, 2020-2025"),
        ("-thực hiện - ban hành", "-thực hiện - ban hành"),
    ],
)
def test_a_letter_that_a_pdf_gives_as_a_hyphen(shown: str, meant: str) -> None:
    assert with_lost_letters(shown) == meant
