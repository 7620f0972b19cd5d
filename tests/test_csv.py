"""Tables as CSV: what is written is read again, nothing of it is a formula, and parts join to one file."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import CORE_PLANS
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.tables import TABLES, Column, rows_of
from extractor.tables.csv_files import header_line, join_parts, part_path, unescape, write_part, write_rows

csv.field_size_limit(2**31 - 1)  # the texts of whole documents are cells
SIGNS = "=+-@＝＋－＠'\t\r\n \"\\,;\0\ufeff\u200b\xa0aẮ𝄞"
TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "yes_no": "BOOLEAN"}


@pytest.fixture(scope="module")
def plans(reader: Extractor) -> list[tuple[str, dict[str, Any]]]:
    return [(path.name, reader.extract_file(path).to_dict()) for path in CORE_PLANS]


@pytest.fixture(scope="module")
def folder(plans: list[tuple[str, dict[str, Any]]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus in three parts, the middle one without a plan, and joined."""
    where = tmp_path_factory.mktemp("csv")
    for number, part in enumerate((plans[:5], [], plans[5:])):
        write_part(where / "parts", number, part)
    join_parts(where, where / "parts", 3)
    return where


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def evaluated(cell: str) -> bool:
    """Whether a spreadsheet may take the cell for a formula: by its first sign that is neither blank nor unseen."""
    seen = next((sign for sign in cell if unicodedata.category(sign)[0] not in "ZC"), "")
    return seen in set("=+-@＝＋－＠") or cell[:1] in set("\t\r\n")


def value(column: Column, cell: str) -> Any:
    """What a cell holds, by the column's kind; None where it is empty."""
    if not cell:
        return None
    if column.depth or column.fields:
        return json.loads(cell)
    return unescape(cell) if column.kind == "text" else json.loads(cell)


def test_everything_is_read_again(plans: list[tuple[str, dict[str, Any]]], folder: Path) -> None:
    expected = [rows_of(key, plan) for key, plan in plans]
    for name, columns in TABLES.items():
        header, *lines = read(folder / f"{name}.csv")
        assert header == [column.name for column in columns]
        found = [
            {c.name: v for c, cell in zip(columns, line, strict=True) if (v := value(c, cell)) is not None}
            for line in lines
        ]
        whole = [json.loads(json.dumps(row)) for rows in expected for row in rows[name]]
        assert found == [{field: value for field, value in row.items() if value != ""} for row in whole]


def test_the_parts_are_joined_under_one_header(folder: Path) -> None:
    for name in TABLES:
        data = (folder / f"{name}.csv").read_bytes()
        parts = [part_path(folder / "parts", name, number).read_bytes() for number in range(3)]
        assert data == b"\xef\xbb\xbf" + header_line(name).encode() + b"".join(parts)
        assert not parts[1]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*(f"{name}.csv" for name in TABLES), "parts"])


def test_lines_of_plans_are_no_formulas(plans: list[tuple[str, dict[str, Any]]], folder: Path) -> None:
    cells = [
        cell
        for name, columns in TABLES.items()
        for line in read(folder / f"{name}.csv")[1:]
        for column, cell in zip(columns, line, strict=True)
        if column.kind == "text"
    ]
    assert not [cell for cell in cells if evaluated(cell)]
    assert any(cell.startswith("'") for cell in cells), "no line of the corpus begins with a sign: nothing was tested"


def test_duckdb_reads_the_types(plans: list[tuple[str, dict[str, Any]]], folder: Path) -> None:
    def kind(column: Column) -> str:
        return "JSON" if column.depth or column.fields else TYPES[column.kind or ""]

    for name, columns in TABLES.items():
        types = {column.name: kind(column) for column in columns}
        table = duckdb.read_csv(str(folder / f"{name}.csv"), header=True, dtype=types, max_line_size=2**24)
        assert [str(kind) for kind in table.types] == list(types.values())
        assert len(table) == sum(len(rows_of(key, plan)[name]) for key, plan in plans)
    amounts = duckdb.read_csv(str(folder / "amounts.csv"), header=True)
    total = sum(amount.get("value", 0) for _, plan in plans for amount in plan["amounts"])
    assert amounts.sum("value").fetchall() == [(pytest.approx(total),)]


@given(st.lists(st.text() | st.text(SIGNS), min_size=2, max_size=2))
def test_any_text_comes_back(texts: list[str]) -> None:
    file = io.StringIO(newline="")
    write_rows(file, "abbreviations", [{"short": texts[0], "long": texts[1], "start": -5}])
    file.seek(0)
    [cells] = csv.reader(file, strict=True)
    row = dict(zip((column.name for column in TABLES["abbreviations"]), cells, strict=True))
    assert [unescape(row["short"]), unescape(row["long"])] == texts
    assert row["start"] == "-5"
    for cell in (row["short"], row["long"]):
        assert not evaluated(cell)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("- Mở 05 lớp", "'- Mở 05 lớp"),
        ("'90", "''90"),
        (" \xa0=1+1", "' \xa0=1+1"),
        ("\u200b＝1", "'\u200b＝1"),
        ("thôn A - B", "thôn A - B"),
        ("", ""),
    ],
)
def test_the_escape(text: str, cell: str) -> None:
    file = io.StringIO(newline="")
    write_rows(file, "abbreviations", [{"short": text}])
    assert next(csv.reader([file.getvalue()]))[-2] == cell
    assert unescape(cell) == text


def test_only_texts_are_quoted() -> None:
    file = io.StringIO(newline="")
    row = {
        "plan": "a.txt",
        "id": "g1",
        "start": 7,
        "confidence": 0.5,
        "generic": True,
        "boxes": [[1, 0.5, 2.0, 3.0, 4.0]],
    }
    write_rows(file, "agencies", [row])
    columns = [column.name for column in TABLES["agencies"]]
    line = dict(
        zip(columns, file.getvalue().removesuffix("\r\n").replace("[[1,0.5,2.0,3.0,4.0]]", "*").split(","), strict=True)
    )
    assert {name: cell for name, cell in line.items() if cell} == {
        "plan": '"a.txt"',
        "id": '"g1"',
        "start": "7",
        "confidence": "0.5",
        "generic": "true",
        "boxes": '"*"',
    }


def test_half_a_surrogate_pair_is_replaced() -> None:
    file = io.StringIO(newline="")
    write_rows(file, "citations", [{"subject": "a\ud800b", "provisions": ["\udfff"]}])
    assert '"a\ufffdb"' in file.getvalue()
    assert '"[""\ufffd""]"' in file.getvalue()


def test_what_breaks_off_leaves_nothing(plans: list[tuple[str, dict[str, Any]]], tmp_path: Path) -> None:
    def broken() -> Any:
        yield plans[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_part(tmp_path, 0, broken())
    assert not list(tmp_path.iterdir())
    write_part(tmp_path / "parts", 0, plans[:1])
    with pytest.raises(FileNotFoundError):
        join_parts(tmp_path, tmp_path / "parts", 2)
    assert [path.name for path in tmp_path.iterdir()] == ["parts"]
