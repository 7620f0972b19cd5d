"""Old font encodings of Vietnamese, TCVN3 (ABC) and VNI: which font is in one, and its signs as Unicode.

Their texts are bytes that only a font shows as Vietnamese; programs of today take them for Latin-1, so that "Kế hoạch"
is "KÕ ho¹ch" in TCVN3 and "Keá hoaïch" in VNI. TCVN3 has a sign for every small letter, and for no capital with a tone:
those are small letters in a font whose name ends in "H". VNI puts one sign for all marks behind the vowel.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

Encoding = Literal["tcvn3", "vni"]

_TCVN3_CAPITALS: Final = "¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ"
_TCVN3_SMALL: Final = (
    "µà ¶ả ·ã ¸á ¹ạ ¨ă »ằ ¼ẳ ½ẵ ¾ắ Æặ ©â Çầ Èẩ Éẫ Êấ Ëậ ®đ Ìè Îẻ Ïẽ Ðé Ñẹ ªê Òề Óể Ôễ Õế Öệ ×ì Øỉ Üĩ Ýí Þị "
    "ßò áỏ âõ ãó äọ «ô åồ æổ çỗ èố éộ ¬ơ êờ ëở ìỡ íớ îợ ïù ñủ òũ óú ôụ \u00adư õừ öử ÷ữ øứ ùự úỳ ûỷ üỹ ýý þỵ"
)
_VNI_LETTERS: Final = "ôơ öư ñđ íí ìì æỉ óĩ òị îỵ"
_VNI_VOWELS: Final = {"a": "aâă", "e": "eê", "o": "oô", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
"""The vowels of VNI, and those that a mark behind them can show: without a sign of its own, with a hat, with a bow."""
_VNI_MARKS: Final = ("ùøûõï", "âáàåãä", "êéèúüë")
"""The marks behind a vowel without, with a hat, with a bow; hat and bow without a tone come first."""
_TONES: Final = "\u0301\u0300\u0309\u0303\u0323"

_CP1258: Final = str.maketrans("ÃÌÒÕÝÞãìðòõýþ", "Ă\u0300\u0309ƠƯ\u0303ă\u0301đ\u0323ơư₫")
"""How a program shows the bytes that takes them for Windows-1258. "Đ" is missing: it rather is one, as in "QĐ"."""
_CP1252: Final = {chr(byte): sign for byte in range(0x80, 0xA0) if (sign := bytes([byte]).decode("cp1252", "ignore"))}
"""Quotes and dashes that a program shows as control signs which takes the bytes for Latin-1."""
_IN_UNICODE: Final = re.compile("[\u1ea0-\u1ef9]")

_SUBSET: Final = re.compile(r"[A-Z]{6}\+")
_TCVN3_FONT: Final = re.compile(
    r"\.vn\w"
    r"|(?-i:Vn(?=[A-Z]))(?!times)(?:3D|Arial|Aristote|Avant|Baham|Black|Bodoni|Book|Centur|Clarendon|Commercial|Cooper"
    r"|Courier|Exotic|Free|Gothic|Helvet|Koala|Linus|Lucida|Memorandum|Monotype|Mystical|Park|Present|Revue|Shelley"
    r"|Southern|Stamp|Teknical|Tifani|Time|Univers|Vogue)",
    re.IGNORECASE,
)
"""Without their dot (names in a PDF have none) only families that are known: "VNtimes new roman" is of a third kind."""
_VNI_FONT: Final = re.compile(r"vni(?:[-_ ]\w|times|helve)", re.IGNORECASE)
_CAPITAL_FONT: Final = re.compile(r"(?:H|(?i:(?<=time)h|(?<=arial)h))(?![A-Za-z])|H(?=Bold|Italic)")

_LEAST_WORDS: Final = 10
"""Different words beyond ASCII that a text must hold for its encoding to be guessed."""
_LEAST_SHARE: Final = 0.9
_MOST_BEFORE: Final = 0.5
"""Share of the words that may be Vietnamese as they stand: more, and the text is in Unicode."""

_WORD: Final = re.compile("(?:[^\\W\\d_]|\ufffd)+")
_HYPHENED: Final = re.compile(r"(?<![\w-])(?:[^\W\d_]+-[^\W\d_]*|-[^\W\d_]+)(?![\w-])")
_VOWEL: Final = re.compile("[aăâeêioôơuưy]")
_SYLLABLE: Final = re.compile(
    "(?:ngh|gh|k|ng|g|c|qu|gi|ch|đ|kh|nh|ph|th|tr|[bdghlmnprstvx])??"
    "(?:(?<!k)(?<!gh)(?:o?a(?:n[gh]?|[ptmyuio]|ch?)?|o?ă(?:ng?|[cptm])|u?â(?:ng?|[cptmuy])|o(?:o?c|o?ng|[nptmi])?"
    "|[ôơ](?:ng?|[cptmi])?|uơ|u(?:ng?|[cptmai])?|uô(?:ng?|[cptmi])?|ư(?:ng?|[ctmaiu])?|ươ(?:ng?|[cptmiu]))"
    "|o?e(?:ng?|[cptmo])?|u?ê(?:n[gh]?|[ptmu]|ch?)?|(?:i|u?y)ê(?:ng?|[cptmu])|i(?:nh?|[ptmua]|ch)?|u?y(?:nh?|[ptua]|ch)?)"
)
_STOPPED: Final = re.compile("(?:ch|[cpt])$")


def font_encoding(font: str) -> tuple[Encoding, bool] | None:
    """The old encoding that a font shows, by its name, and whether it shows small letters as capitals.

    ``None`` for every other font. The name may be one of a PDF: "ABCDEF+.VnTimeH", "#2EVnTime,Bold", "VnArialH-Bold".
    """
    name = _SUBSET.sub("", font.strip().strip("\"'").replace("#2E", ".").replace("#2e", "."), count=1)
    if _TCVN3_FONT.match(name):
        return "tcvn3", _CAPITAL_FONT.search(name) is not None
    return ("vni", False) if _VNI_FONT.match(name) else None


def to_unicode(text: str, encoding: Encoding, capitals: bool = False) -> str:
    """Text of a font in an old encoding as composed Unicode; ``capitals``: the font shows small letters so.

    Text that holds letters which no old font has is in Unicode already and stays, and so does every sign that the
    encoding has not.
    """
    if not text.isascii():
        if _IN_UNICODE.search(text):
            return text
        read = _READ[encoding]
        text = _PATTERNS[encoding].sub(lambda match: read.get(match[0], match[0]), text)
    return text.upper() if capitals else text


def with_lost_letters(text: str) -> str:
    """Text of TCVN3 from a PDF, where the sign of "ư" is that of a hyphen: "đ-ợc" is "được", "QĐ-UBND" stays."""
    return _HYPHENED.sub(lambda match: _with_u(match[0]), text)


def _with_u(word: str) -> str:
    meant = word.replace("-", "Ư" if word.isupper() and len(word) > 2 else "ư")
    return meant if _is_syllable(meant.lower()) else word


def with_capitals(text: str) -> str:
    """Text of TCVN3 whose fonts are lost, its letters with marks as capitals where the letters without say so.

    "KẾ HOạCH" is "KẾ HOẠCH"; of words with a single letter beside, as in "Hà", the rest of their line decides.
    """
    return "\n".join(map(_line_with_capitals, text.split("\n")))


def _line_with_capitals(line: str) -> str:
    if line.isascii():
        return line
    words = {word: _is_capital(word) for word in _WORD.findall(line) if not word.isascii()}
    told = [capital for capital in words.values() if capital is not None]
    of_line = bool(told) and all(told)
    raised = {word for word, capital in words.items() if capital or (capital is None and of_line)}
    return _WORD.sub(lambda match: match[0].upper() if match[0] in raised else match[0], line)


def _is_capital(word: str) -> bool | None:
    """Whether a word is in capitals by its letters without marks; ``None`` when there is but one, its first."""
    plain = [letter for letter in word if letter.isascii()]
    if any(letter.islower() for letter in plain):
        return False
    return True if len(plain) > 1 or (plain and word[0] != plain[0]) else None


def guess_encoding(text: str) -> Encoding | None:
    """The old encoding in which ``text`` surely is: nearly all its words beyond ASCII are Vietnamese if read so.

    ``None`` for everything else, and where there are too few words to be sure.
    """
    words = {word for word in text.split() if not word.isascii()}
    if len(words) < _LEAST_WORDS or 2 * sum(_IN_UNICODE.search(word) is not None for word in words) > len(words):
        return None
    if _vietnamese(words, None)[1] > _MOST_BEFORE:
        return None
    encodings: tuple[Encoding, ...] = ("tcvn3", "vni")
    for encoding in encodings:
        count, share = _vietnamese(words, encoding)
        if count >= _LEAST_WORDS and share >= _LEAST_SHARE:
            return encoding
    return None


def _vietnamese(words: set[str], encoding: Encoding | None) -> tuple[int, float]:
    """How many different words beyond ASCII are Vietnamese syllables, and what share, as they stand or decoded.

    Single letters and abbreviations without a vowel say nothing. A letter that the encoding has not spoils its word.
    """
    joined = " ".join(words)
    if encoding is not None:
        letters = _LETTERS[encoding]
        joined = _PATTERNS[encoding].sub(lambda match: letters.get(match[0]) or _unknown(match[0]), joined)
    found = {word for word in _WORD.findall(joined.lower()) if len(word) > 1 and not word.isascii()}
    told = [_is_syllable(word) for word in found if "\ufffd" in word or _has_vowel(word)]
    return sum(told), sum(told) / max(len(told), 1)


def _unknown(signs: str) -> str:
    return "".join("\ufffd" if sign.isalpha() or unicodedata.combining(sign) else sign for sign in signs)


def _has_vowel(word: str) -> bool:
    return _VOWEL.search(_without_tones(word)[0]) is not None


def _is_syllable(word: str) -> bool:
    """Whether a word in small letters is spelt as a Vietnamese syllable is: one tone, the right one before c, p, t."""
    plain, tones = _without_tones(word)
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not _STOPPED.search(plain) or tones in ("\u0301", "\u0323")


def _without_tones(word: str) -> tuple[str, str]:
    """A word without its tone marks, and these."""
    parts = unicodedata.normalize("NFD", word)
    plain = "".join(part for part in parts if part not in _TONES)
    return unicodedata.normalize("NFC", plain), "".join(part for part in parts if part in _TONES)


def _tcvn3() -> dict[str, str]:
    table = {pair[0]: pair[1] for pair in (_TCVN3_CAPITALS + " " + _TCVN3_SMALL).split()}
    return table | {"\u03bc": table["\u00b5"]}  # a PDF may have the Greek letter for the sign of a millionth


def _vni() -> dict[str, str]:
    """Signs and pairs of signs of VNI; the vowel alone says whether a letter is a capital."""
    small = {pair[0]: pair[1] for pair in _VNI_LETTERS.split()}
    for vowel, shown in _VNI_VOWELS.items():
        for base, marks in zip(shown, _VNI_MARKS, strict=False):
            tones = _TONES if base == shown[0] else "\0" + _TONES
            for mark, tone in zip(marks, tones, strict=True):
                small[vowel + mark] = unicodedata.normalize("NFC", base + tone.strip("\0"))
    table = dict(small)
    for signs, letter in small.items():
        first, mark = signs[0], signs[1:]
        table |= {first + mark.upper(): letter, first.upper() + mark: letter.upper(), signs.upper(): letter.upper()}
    return table


def _pattern(table: dict[str, str]) -> re.Pattern[str]:
    """Finds the pairs of a table, and every other sign beyond ASCII."""
    seconds: dict[str, str] = {}
    for signs in table:
        if len(signs) == 2:
            seconds[signs[0]] = seconds.get(signs[0], "") + signs[1]
    pairs = [f"{first}[{marks}]" for first, marks in seconds.items()]
    return re.compile("|".join([*pairs, "[^\0-\x7f]"]))


_LETTERS: Final[dict[Encoding, dict[str, str]]] = {"tcvn3": _tcvn3(), "vni": _vni()}
_READ: Final = {
    encoding: _CP1252 | {signs.translate(_CP1258): letter for signs, letter in letters.items()} | letters
    for encoding, letters in _LETTERS.items()
}
_PATTERNS: Final = {encoding: _pattern(read) for encoding, read in _READ.items()}
