"""Vietnamese number words both ways: "một tỷ, một trăm chín mươi tám triệu" ↔ 1198000000.

A numeral is a closed form: groups of at most three figures ("chín trăm năm mươi lăm"), each followed by its scale
(triệu, nghìn), the scales falling; all that stands before "tỷ" counts in milliards ("ba nghìn tỷ").
"""

from __future__ import annotations

import re
from typing import Final

LARGEST: Final = 10**15
"""The largest number that is read or written."""

_UNITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_DIGITS: Final = {word: value for value, word in enumerate(_UNITS)} | {"tư": 4, "bẩy": 7}
_AFTER_TEN: Final = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
"""Forms of a digit that show that tens stand before it, said or not ("hai mươi lăm", "hai lăm")."""
_SCALES: Final = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6}
_MILLIARD: Final = 10**9

_DIGIT: Final = "|".join(_DIGITS)
_LAST: Final = "|".join(_AFTER_TEN | _DIGITS)
_GROUP: Final = re.compile(
    rf"""(?:(?P<hundreds>{_DIGIT})[ ]trăm\b[ ]?)?
         (?:(?:linh|lẻ)[ ](?P<ones>{_LAST})
          | (?:(?P<tens>{_DIGIT})[ ])?(?P<ten>mươi|mười)(?:[ ](?P<after>{_LAST}))?
          | (?P<said>{_DIGIT})[ ](?P<shortly>{"|".join(_AFTER_TEN)})
          | (?P<bare>{_DIGIT})
          | (?P<half>rưỡi|rưởi))?\b[ ]?""",
    re.VERBOSE,
)
_SCALE: Final = re.compile(rf"(?P<name>{'|'.join(_SCALES)})\b[ ]?(?P<half>(?:rưỡi|rưởi)\b[ ]?)?")
_MILLIARDS: Final = re.compile(r"\b(?:tỷ|tỉ)\b ?(?P<half>(?:rưỡi|rưởi)\b ?)?")
_CURRENCY: Final = re.compile(r"(?: (?:đồng|đ|vnđ|vnd|chẵn|việt nam|đô la|mỹ|usd|euro))+\Z")
_BETWEEN: Final = re.compile(r"[\s.,;:/()\"\-]+")
_LONGEST: Final = 400


def read_words(words: str) -> int:
    """The number that ``words`` say: 0 … 10^15. A currency and "chẵn" at the end count for nothing.

    Case, commas, hyphens, brackets and blanks do not matter. Raises ``ValueError`` when they say no number.
    """
    bare = _CURRENCY.sub("", _BETWEEN.sub(" ", words.lower()).strip()) if len(words) <= _LONGEST else ""
    value = _read(bare) if bare else None
    if value is None or value > LARGEST:
        raise ValueError(f"not a number in words: {words[:80]!r}")
    return value


def write_words(number: int) -> str:
    """``number`` (0 … 10^15) in words, standard northern form: 1005 → "một nghìn không trăm linh năm"."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"not between 0 and 10^15: {number}")
    if number == 0:
        return _UNITS[0]
    milliards, rest = divmod(number, _MILLIARD)
    words = [*_write_below_milliard(milliards, follows=False), "tỷ"] if milliards else []
    return " ".join(words + _write_below_milliard(rest, follows=bool(milliards)))


def _read(text: str) -> int | None:
    milliards = _MILLIARDS.search(text)
    if milliards is None:
        return _read_falling(text, None)
    upper = _read_falling(text[: milliards.start()].strip(), None)
    lower = _read_falling(text[milliards.end() :], _MILLIARD)
    if not upper or lower is None:
        return None
    return upper * _MILLIARD + (_MILLIARD // 2 if milliards["half"] else 0) + lower


def _read_falling(text: str, scale: int | None) -> int | None:
    """The sum of groups with falling scales below ``scale``, the one named before them."""
    total = at = 0
    while at < len(text):
        group = _GROUP.match(text, at)
        value = _group_value(group) if group else None
        if group is None or value is None:
            return None
        at = group.end()
        named = _SCALE.match(text, at)
        if named is None:
            if at < len(text):
                return None
            # a bare digit after a scale is its tenth: "hai triệu tư"
            return total + (value * scale // 10 if scale and value and group["bare"] == group[0] else value)
        new_scale = _SCALES[named["name"]]
        if scale and new_scale >= scale:
            return None
        scale = new_scale
        total += value * scale + (scale // 2 if named["half"] else 0)
        at = named.end()
    return total


def _group_value(group: re.Match[str]) -> int | None:
    """The value of a group of at most three figures; ``None`` when it says nothing."""
    said = group.groupdict()
    hundreds = 100 * _DIGITS[said["hundreds"]] if said["hundreds"] else 0
    if said["ones"]:
        return hundreds + _digit(said["ones"])
    if said["ten"]:
        if not said["tens"] and said["ten"] == "mươi":
            return None
        return hundreds + 10 * _DIGITS[said["tens"] or "một"] + (_digit(said["after"]) if said["after"] else 0)
    if said["shortly"]:
        return hundreds + 10 * _DIGITS[said["said"]] + _AFTER_TEN[said["shortly"]]
    if said["bare"]:
        return hundreds + (10 if hundreds else 1) * _DIGITS[said["bare"]]
    if said["half"]:
        return hundreds + 50 if hundreds else None
    return hundreds if said["hundreds"] else None


def _digit(word: str) -> int:
    return _DIGITS[word] if word in _DIGITS else _AFTER_TEN[word]


def _write_below_milliard(number: int, *, follows: bool) -> list[str]:
    """The words of ``number`` below 10^9; ``follows`` when a larger scale was written before it."""
    words: list[str] = []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = number // scale % 1000
        if group:
            words += [*_write_group(group, follows=follows), name]
            follows = True
    return [word for word in words if word]


def _write_group(group: int, *, follows: bool) -> list[str]:
    """The words of 1 … 999; ``follows`` says the hundreds even when there are none."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [_UNITS[hundreds], "trăm"] if hundreds or follows else []
    if tens == 0:
        return words + ([*(["linh"] if words else []), _UNITS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [_UNITS[tens], "mươi"]
    if ones:
        words.append(
            {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(ones, _UNITS[ones])
        )
    return words
