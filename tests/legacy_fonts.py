"""Unicode into the old font encodings, as the programs wrote them: tables of their own, not those under test."""

from __future__ import annotations

import unicodedata
from itertools import groupby

LETTERS = (
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
    "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ"
)
"""All letters of Vietnamese that ASCII has not."""

# Code points of TCVN 5712:1993, second half, without the capitals that the fonts have not.
TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        [
            *range(0xA1, 0xAF),
            *range(0xB5, 0xBA), 0xBB, 0xBC, 0xBD, 0xBE, 0xC6, *range(0xC7, 0xCC),
            0xCC, 0xCE, 0xCF, 0xD0, 0xD1, *range(0xD2, 0xD7), 0xD7, 0xD8, 0xDC, 0xDD, 0xDE,
            0xDF, 0xE1, 0xE2, 0xE3, 0xE4, *range(0xE5, 0xEA), *range(0xEA, 0xEF),
            0xEF, 0xF1, 0xF2, 0xF3, 0xF4, *range(0xF5, 0xFA), *range(0xFA, 0xFF),
        ],
        strict=True,
    )
)  # fmt: skip

# VNI, after the list of signs in the manual of the program: by vowel, the tones in the order ` ? ~ ' .
VNI_SINGLE = {"ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}
VNI_ROWS = {
    "àảãáạ": ("a", "øûõùï"), "ăằẳẵắặ": ("a", "êèúüéë"), "âầẩẫấậ": ("a", "âàåãáä"),
    "èẻẽéẹ": ("e", "øûõùï"), "êềểễếệ": ("e", "âàåãáä"),
    "òỏõóọ": ("o", "øûõùï"), "ôồổỗốộ": ("o", "âàåãáä"), "ờởỡớợ": ("ô", "øûõùï"),
    "ùủũúụ": ("u", "øûõùï"), "ừửữứự": ("ö", "øûõùï"), "ỳỷỹý": ("y", "øûõù"),
}  # fmt: skip
VNI = VNI_SINGLE | {
    letter: vowel + mark
    for letters, (vowel, marks) in VNI_ROWS.items()
    for letter, mark in zip(letters, marks, strict=True)
}
VNI |= {letter.upper(): signs.upper() for letter, signs in VNI.items()}


def to_tcvn3(text: str) -> list[tuple[str, bool]]:
    """Runs of TCVN3 signs as Latin-1 shows them, and whether each stands in a font of capitals.

    A word that holds a capital without a sign of its own goes into such a font letter by letter.
    """
    signs = ((*_tcvn3(letter), letter) for letter in unicodedata.normalize("NFC", text))
    return [("".join(one[0] for one in run), capital) for capital, run in groupby(signs, key=lambda one: one[1])]


def _tcvn3(letter: str) -> tuple[str, bool]:
    if letter in TCVN3:
        return chr(TCVN3[letter]), False
    if letter.lower() in TCVN3:
        return chr(TCVN3[letter.lower()]), True
    return letter, False


def to_vni(text: str) -> str:
    """The signs of VNI as Latin-1 shows them."""
    return "".join(VNI.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def plain_tcvn3(text: str) -> str:
    """The signs of TCVN3 without their fonts, as a text file keeps them."""
    return "".join(run for run, _ in to_tcvn3(text))
