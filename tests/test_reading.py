"""Bytes in, text out, or a sentence that says why not."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import InputError
from extractor.reading import Limits, read_bytes, read_file

PLAN = "KẾ HOẠCH\r\nThực hiện nhiệm vụ năm 2019, “đạt 100%” – ½ chỉ tiêu\nỦy ban nhân dân tỉnh Đồng Nai\n"
TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"


def to_cp1258(words: str) -> bytes:
    """Windows-1258 has letters such as ê, and tone marks that follow them."""
    data = b""
    for sign in unicodedata.normalize("NFC", words):
        try:
            data += sign.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", sign)
            letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONE_MARKS))
            data += (letter + "".join(part for part in parts if part in TONE_MARKS)).encode("cp1258")
    return data


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAN.encode(), "utf-8"),
        (PLAN.encode("utf-8-sig"), "utf-8"),
        (b"\xff\xfe" + PLAN.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + PLAN.encode("utf-16-be"), "utf-16-be"),
        (PLAN.encode("utf-16-le"), "utf-16-le"),
        (PLAN.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_read_as_it_stands(data: bytes, encoding: str) -> None:
    document = read_bytes(data, "plan.txt")
    assert document.text == PLAN
    assert document.encoding == encoding
    assert (document.bytes, document.sha256) == (len(data), sha256(data).hexdigest())


@pytest.mark.parametrize("words", [PLAN, "Kế hoạch", "PHẦN THỨ NHẤT: MỤC TIÊU", "Đồng Nai, ngày 02 tháng 4 năm 2019"])
def test_vietnamese_cp1258_is_recognised(words: str) -> None:
    document = read_bytes(to_cp1258(words), "plan.txt")
    assert document.encoding == "cp1258"
    assert unicodedata.normalize("NFC", document.text) == words


@pytest.mark.parametrize(
    "data",
    [
        "Le préfet a décidé : l'élève a été noté, ça va où ?".encode("cp1252"),
        "Die Größe der Straße überprüfen".encode("cp1252"),
        "План работы на год".encode("cp1251"),
        "中文计划和年度报告".encode("gb18030"),
        b"K\xd5 ho\xb9ch th\xf9c hi\xd6n nhi\xd6m v\xf4",  # TCVN3, too few words to be sure
        b"Ke\xe1 hoa\xefch th\xf6\xefc hie\xe4n nhie\xe4m vu\xef",  # VNI
        ("Kế hoạch " * 100).encode()[:-3] + b"\xe1\xba",  # UTF-8 cut in the middle of a letter
    ],
)
def test_other_encodings_are_refused_with_the_byte(data: bytes) -> None:
    with pytest.raises(
        InputError, match=r"plan\.txt is not UTF-8: byte 0x[0-9A-F]{2} at place \d+ \(line 1\).*Save it"
    ):
        read_bytes(data, "plan.txt")


def test_the_message_says_the_line() -> None:
    with pytest.raises(InputError, match=r"byte 0xFF at place 7 \(line 3\)"):
        read_bytes(b"ab\ncd\n\xff\n", "plan.txt")


def test_damaged_utf16_is_refused() -> None:
    with pytest.raises(InputError, match=r"UTF-16-LE but is damaged at byte 5"):
        read_bytes(b"\xff\xfea\x00b", "plan.txt")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00", "JPEG"),
        (b"II*\x00\x08", "TIFF"),
        (b"\x7fELF\x02\x01\x00\x00abc", "binary"),
        (b"plain words and one \x00 among them", "binary"),
    ],
)
def test_binary_files_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=f"plan.txt is .*{kind}"):
        read_bytes(data, "plan.txt")


def test_nothing_at_all_is_refused_and_blanks_are_not() -> None:
    with pytest.raises(InputError, match="is empty"):
        read_bytes(b"", "plan.txt")
    assert read_bytes(b" " * 1_000_000, "plan.txt").text == " " * 1_000_000


def test_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes(b"x" * 11)
    with pytest.raises(InputError, match="is larger than"):
        read_file(tmp_path / "plan.txt", Limits(bytes=10))
    assert read_file(tmp_path / "plan.txt", Limits(bytes=11)).bytes == 11


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a.md", "text/markdown"), ("A.MD", "text/markdown"), ("md", "text/plain")],
)
def test_the_name_decides_the_media_type(tmp_path: Path, name: str, media_type: str) -> None:
    (tmp_path / name).write_text(PLAN, "utf-8", newline="")
    document = read_file(tmp_path / name)
    assert (document.name, document.media_type, document.text) == (name, media_type, PLAN)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_file(tmp_path / "absent.txt")
    with pytest.raises(InputError, match="this is a folder"):
        read_file(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_file("a\0b")
    with pytest.raises(InputError, match="cannot be read"):
        read_file("x" * 5000)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root, as whom tests may run, may read everything
    with pytest.raises(InputError, match="no permission"):
        read_file(path)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_utf8_comes_back(words: str) -> None:
    assert read_bytes(words.encode("utf-8"), "plan.txt").text == words.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_give_text_or_a_sentence(data: bytes) -> None:
    try:
        document = read_bytes(data, "plan.txt")
    except InputError:
        return
    assert "\0" not in document.text
    document.text.encode("utf-8")
