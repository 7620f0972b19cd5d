"""The tables of a batch: what is in them is what the JSON says, for vnplan and for the programs that open them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from extractor.plan import Plan
from extractor.tables import PLAN_KEY, TABLES, rows_of
from extractor.tables.arrow import SCHEMAS, table_of

TOOLS = ROOT / ".venv-tools" / "bin" / "python"
READ_AS_SQL = "SELECT plan, id, start, text FROM"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every output of the corpus."""
    folder = tmp_path_factory.mktemp("out")
    command = [sys.executable, "-m", "extractor.cli", "extract", "corpus", "-o", str(folder), "--tagger", "rules"]
    subprocess.run([*command, "-f", "json,jsonl,parquet,csv,duckdb", "--quiet"], check=True, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def plans(output: Path) -> dict[str, dict[str, object]]:
    """Key → the JSON's object."""
    return {f"{path.stem}.txt": json.loads(path.read_text("utf-8")) for path in sorted(output.glob("*.json"))}


def bare(row: dict[str, object]) -> dict[str, object]:
    """A row without what it does not have."""
    return {name: value for name, value in row.items() if value is not None}


def test_every_field_of_the_json_has_a_column() -> None:
    properties = Plan.model_json_schema()["$defs"]
    for table, model in (("citations", "Citation"), ("amounts", "Amount"), ("activities", "Activity"), ("rows", "Row")):
        assert [column.name for column in TABLES[table]] == [PLAN_KEY, *properties[model]["properties"]]
    fields = {*properties["Source"]["properties"], *properties["Header"]["properties"], "schema_version", "text"}
    assert {column.name for column in TABLES["plans"]} == {PLAN_KEY, *fields}
    assert set(TABLES) == {"plans", *Plan.model_fields} - {"schema_version", "source", "text", "header"}


@pytest.mark.parametrize("table", TABLES)
def test_tables_say_what_the_json_says(table: str, output: Path, plans: dict[str, dict[str, object]]) -> None:
    wanted = [row for key, plan in plans.items() for row in rows_of(key, plan)[table]]
    found = pq.read_table(output / "parquet" / table).to_pylist()
    assert [bare(row) for row in found] == wanted
    keys = [(row[PLAN_KEY], row.get("id")) for row in wanted]
    assert len(set(keys)) == len(keys) > (len(plans) if table not in ("plans", "tables", "warnings") else 0)


@pytest.mark.parametrize("table", TABLES)
def test_the_database_holds_the_same(table: str, output: Path) -> None:
    parquet = pq.read_table(output / "parquet" / table)
    with duckdb.connect(str(output / "plans.duckdb"), read_only=True) as database:
        assert database.sql(f"SELECT * FROM {table}").to_arrow_table().to_pylist() == parquet.to_pylist()


def test_sections_of_mentions_are_sections(output: Path) -> None:
    question = """SELECT count(*), count(sections.id) FROM amounts LEFT JOIN sections
                  ON sections.plan = amounts.plan AND sections.id = amounts.section WHERE amounts.section IS NOT NULL"""
    with duckdb.connect(str(output / "plans.duckdb"), read_only=True) as database:
        [(mentions, found)] = database.sql(question).fetchall()
    assert mentions == found > 100


@pytest.mark.parametrize("program", ["pandas", "polars", "datasets"])
def test_other_programs_open_the_parquet(program: str, output: Path) -> None:
    if not TOOLS.exists():
        pytest.skip("the other programs are not installed: make tools")
    command = [str(TOOLS), str(ROOT / "tests" / "table_tools.py"), program, str(output), "amounts"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    parquet = str(output / "parquet" / "amounts" / "*.parquet")
    assert found == [list(row) for row in duckdb.sql(f"{READ_AS_SQL} '{parquet}'").fetchall()]


def test_the_csv_holds_the_same_places(output: Path) -> None:
    csv = str(output / "csv" / "amounts.csv")
    parquet = str(output / "parquet" / "amounts" / "*.parquet")
    places = "SELECT plan, id, start, value FROM"
    assert duckdb.sql(f"{places} '{csv}'").fetchall() == duckdb.sql(f"{places} '{parquet}'").fetchall()


NUMBERS = st.one_of(st.none(), st.integers(-(10**30), 10**30), st.floats(allow_nan=False, allow_infinity=False))


@given(st.lists(st.tuples(NUMBERS, st.text(st.characters(exclude_categories=["Cs"])))))
def test_numbers_and_texts_come_back_from_arrow(values: list[tuple[float | None, str]]) -> None:
    rows = [{PLAN_KEY: "p", "id": f"a{n}", "value": value, "text": text} for n, (value, text) in enumerate(values)]
    table = table_of("amounts", rows)
    assert table.schema == SCHEMAS["amounts"]
    doubles = [(None if value is None else float(value), text) for value, text in values]
    assert [(row["value"], row["text"]) for row in table.to_pylist()] == doubles


def test_a_number_of_any_length_has_a_place() -> None:
    rows = [{PLAN_KEY: "p", "id": "a1", "value": 10**400, "words_value": 10**30}]
    assert table_of("amounts", rows).to_pylist()[0]["value"] == float("inf")
