"""Questions to an extracted corpus: queries, reports, the graph."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from lxml import etree
from rich.console import Console
from typer.testing import CliRunner, Result

from extractor import Extractor
from extractor.asking.answers import print_table
from extractor.asking.charts import bars, columns, figure
from extractor.asking.corpus import open_corpus
from extractor.asking.graph import graphml, node_link
from extractor.asking.page import page
from extractor.asking.queries import Answer, ask
from extractor.asking.reports import make_reports
from extractor.cli import app
from extractor.tables import TABLES
from extractor.tables.parquet import write_part

VIEWS = {
    "places", "stated_totals", "cited", "plan_documents", "plan_citations", "documents", "leads", "activity_quarters",
    "graph_nodes", "graph_links",
}  # fmt: skip


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def write_corpus(folder: Path, *parts: list[tuple[str, dict[str, Any]]]) -> Path:
    for number, plans in enumerate(parts):
        write_part(folder / "parquet", number, plans)
    return folder


def plan(**fields: Any) -> dict[str, Any]:
    """A plan as the JSON has it, with what a test says of it."""
    source = {
        "sha256": "0", "media_type": "text/plain", "bytes": 1, "extractor_version": "0", "grammar_hash": "0"
    }  # fmt: skip
    return {"schema_version": "1.0", "source": source, "text": "", "header": {}, **fields}


def mention(place: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"m{place}", "start": place, "end": place, "text": "", "rule": "r", "source": "rule", **fields}


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with open_corpus(folder) as connection:
        return list(ask(connection, sql).rows)


@pytest.fixture(scope="session")
def corpus(reader: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plans of corpus/ in two parts, with what Spark leaves beside its files."""
    plans = [(path.name, reader.extract_file(path).to_dict()) for path in sorted((ROOT / "corpus").glob("*.txt"))]
    folder = write_corpus(tmp_path_factory.mktemp("asking") / "o'[u]t", plans[:20], plans[20:])
    (folder / "parquet" / "plans" / "_SUCCESS").touch()
    (folder / "parquet" / "plans" / ".part-00000.parquet.crc").write_bytes(b"crc")
    (folder / "parquet" / "plans" / ".hidden.parquet").write_bytes(b"no Parquet")
    return folder


# ── query ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_table_and_view_can_be_asked(corpus: Path) -> None:
    for name in (*TABLES, *VIEWS):
        assert rows(corpus, f"SELECT count(*) FROM {name}")[0][0] > 0, name
    shown = {name for (name,) in rows(corpus, "SHOW TABLES")}
    assert shown == {*TABLES, *VIEWS, "provinces", "central_bodies", "ministries", "local_codes", "total_words"}


def test_json_is_an_array_of_objects(corpus: Path) -> None:
    result = run(
        "query", corpus, "SELECT plan, lead FROM activities WHERE len(lead) > 1 ORDER BY ALL LIMIT 3", "-f", "json"
    )
    answer = json.loads(result.stdout)
    assert len(answer) == 3
    assert all(len(one["lead"]) > 1 for one in answer)
    assert run("query", corpus, "FROM plans WHERE false", "--format", "json").stdout == "[]\n"
    odd = "SELECT date '2020-01-02' AS day, 'nan'::DOUBLE AS nan, {'a': [1.5, 'inf'::DOUBLE]} AS record, MAP {1: 2} AS map"
    assert json.loads(run("query", corpus, odd, "-f", "json").stdout) == [
        {"day": "2020-01-02", "nan": None, "record": {"a": [1.5, None]}, "map": {"1": 2}}
    ]


def test_csv_can_be_read_back_and_is_no_formula(corpus: Path) -> None:
    result = run("query", corpus, "SELECT 1 AS n, 'a, \"b\"' AS words, '=1+1' AS formula, NULL AS nothing", "-f", "csv")
    found = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert found == [{"n": "1", "words": 'a, "b"', "formula": "'=1+1", "nothing": ""}]
    many = run("query", corpus, "SELECT range AS n, repeat('đ', 50) AS w FROM range(20_000)", "-f", "csv").stdout
    assert [line.split(",")[0] for line in many.splitlines()[1:]] == [str(number) for number in range(20_000)]


def test_a_table_keeps_to_the_terminal(corpus: Path) -> None:
    with open_corpus(corpus) as connection:
        output = io.StringIO()
        console = Console(file=output, width=80, force_terminal=True, color_system=None)
        print_table(ask(connection, "FROM plans"), console)
    lines = output.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert "No room for name, sha256, media_type" in output.getvalue()


def test_a_table_says_what_it_leaves_out_and_obeys_no_escape() -> None:
    output = io.StringIO()
    print_table(
        Answer(["n", "chữ"], iter([(number, "\x1b[31mđỏ\n") for number in range(300)])), Console(file=output, width=60)
    )
    assert "\x1b[31m" not in output.getvalue()
    assert "More than 200 rows" in output.getvalue()
    assert len(output.getvalue().splitlines()) == 202


def test_a_pipe_gets_whole_lines(corpus: Path) -> None:
    lines = run("query", corpus, "SELECT plan, issuer, title FROM plans ORDER BY plan").stdout.splitlines()
    assert len(lines) == 55
    assert re.match(r"bac-giang-2019-bao-cao-nong-thon-moi\.txt +Ủy ban nhân dân tỉnh Bắc Giang +Kết quả ", lines[1])
    assert "…" not in lines[1]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("FROM nothing", "There is no table nothing; there are plans, sections, citations"),
        ("SELECT nothing FROM plans", '"nothing" not found'),
        ("SELEC 1", "syntax error"),
        ("SELECT 'a'::INT FROM plans", "Could not convert string 'a'"),
        ("", "one statement that reads"),
        ("SELECT 1; DROP VIEW plans", "one statement that reads"),
        ("COPY plans TO '{folder}/parquet/new.parquet'", "one statement that reads"),
        ("EXPLAIN ANALYZE COPY plans TO '{folder}/parquet/new.parquet'", "one statement that reads"),
        ("CREATE TABLE more (n INT)", "one statement that reads"),
        ("ATTACH '{folder}/new.db'", "one statement that reads"),
        ("SET enable_external_access = true", "one statement that reads"),
        ("FROM read_text('{secret}')", "disabled by configuration"),
        ("FROM glob('/*')", "disabled by configuration"),
        ("FROM read_parquet('https://example.org/plans.parquet')", "disabled by configuration"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(corpus: Path, tmp_path: Path, sql: str, said: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("không", "utf-8")
    before = sorted(corpus.rglob("*"))
    result = run("query", corpus, sql.format(folder=str(corpus).replace("'", "''"), secret=secret))
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert sorted(corpus.rglob("*")) == before


def test_reading_statements_of_every_kind(corpus: Path) -> None:
    for sql in (
        "WITH a AS (FROM plans) FROM a",
        "PIVOT citations ON relation USING count(*) GROUP BY doc_type",
        "DESCRIBE plans",
        "SUMMARIZE times",
        "-- a remark\nFROM plans;",
    ):
        assert rows(corpus, sql), sql


@pytest.mark.parametrize("command", [["query", "FROM plans"], ["report"], ["graph", "-f", "json"]])
def test_a_folder_without_parquet_says_how_to_make_it(tmp_path: Path, command: list[str]) -> None:
    result = run(command[0], tmp_path, *command[1:])
    assert result.exit_code == 1
    assert f"`vnplan extract PLANS -o {tmp_path} --resume --format parquet`" in result.stderr
    write_corpus(tmp_path, [("a.txt", plan())])
    (tmp_path / "parquet" / "plans" / "part-00001.parquet").write_bytes(b"no Parquet")
    result = run(command[0], tmp_path, *command[1:])
    assert result.exit_code == 1
    assert "part-00001.parquet" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_without_duckdb_a_sentence_says_what_to_install(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = run("report", corpus)
    assert (result.exit_code, result.stderr) == (1, "vnplan: DuckDB is not installed: pip install 'vnplan[tables]'.\n")


# ── what the reports count ───────────────────────────────────────────────────────────────────────────────────────────


def test_places(tmp_path: Path) -> None:
    own = {"name": "Sở Y tế tỉnh Hà Tĩnh", "canonical": "Sở Y tế tỉnh Hà Tĩnh"}
    other = {"name": "Sở Y tế", "canonical": "Sở Y tế thành phố Huế"}
    headers = {
        "a": plan(header={"jurisdiction": "tỉnh Hòa Bình", "issuer": "Ủy ban nhân dân tỉnh Hòa Bình"}),
        "b": plan(header={"issuer": "Sở Y tế tỉnh Đăk Lăk"}),
        "c": plan(header={"issuer": "Bộ Y tế"}),
        "d": plan(header={"jurisdiction": "huyện Hòa Bình"}),
        "e": plan(header={"jurisdiction": "huyện Can Lộc"}, agencies=[mention(1, **own), mention(2, name="Sở Y tế")]),
        "f": plan(header={"jurisdiction": "xã Tân Hội"}, agencies=[mention(1, **own), mention(2, **other)]),
        "g": plan(header={"issuer": "Thủ tướng Chính phủ"}, agencies=[mention(1, **own)]),
    }
    assert rows(write_corpus(tmp_path, list(headers.items())), "FROM places ORDER BY plan") == [
        ("a", "Hòa Bình", "jurisdiction"),
        ("b", "Đắk Lắk", "issuer"),
        ("c", "Trung ương", "central"),
        ("d", None, None),
        ("e", "Hà Tĩnh", "bodies"),
        ("f", None, None),
        ("g", "Trung ương", "central"),
    ]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Tổng kinh phí: 5 tỷ đồng, ngân sách 3 tỷ đồng.", ["5 tỷ đồng"]),
        ("Tổng nhu cầu\nvốn năm 2019 là 5 tỷ đồng.", ["5 tỷ đồng"]),
        ("TỔNG CỘNG 5 tỷ đồng; tổng kinh phí 7 tỷ đồng", ["5 tỷ đồng", "7 tỷ đồng"]),
        ("GRDP đạt 118.600 tỷ đồng. Doanh thu 5 tỷ đồng.", []),
        ("Tổng kinh phí do tỉnh cấp. Mua xe 5 tỷ đồng.", []),
        ("Tổng kinh phí\n\nMua xe 5 tỷ đồng.", []),
        ("Xây cảng (4 bến, tổng vốn 5 tỷ đồng).", []),
        ("Xây cảng (4 bến), tổng vốn 5 tỷ đồng.", ["5 tỷ đồng"]),
        ("Tổng kinh phí 5 tỷ đồng/năm.", []),
        ("Tổng kinh phí 5 - 6 tỷ đồng.", []),
        ("Tổng kinh phí 5.000 USD.", []),
        ("tổng kinh phíx 5 tỷ đồng", []),
    ],
)
def test_stated_totals(reader: Extractor, tmp_path: Path, text: str, amounts: list[str]) -> None:
    folder = write_corpus(tmp_path, [("a.txt", reader.extract(text).to_dict())])
    found = rows(folder, "SELECT text FROM stated_totals ORDER BY start")
    assert [" ".join(words.split()) for (words,) in found] == amounts


def cite(folder: Path, *citations: tuple[str, dict[str, Any]], **headers: dict[str, Any]) -> Path:
    """A corpus of plans that make these citations."""
    plans = {name: plan(header=header) for name, header in headers.items()}
    for number, (name, citation) in enumerate(citations):
        whole = plans.setdefault(name, plan(header={"jurisdiction": f"tỉnh {name}"}))
        whole.setdefault("citations", []).append(mention(number, relation="mention", **citation))
    return write_corpus(folder, list(plans.items()))


def decision(number: str, **fields: Any) -> dict[str, Any]:
    return {"doc_type": "Quyết định", "number": number, **fields}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (decision("45/2012/QĐ-TTg", date="2012-01-02"), decision("45/2012/QÐ-TTG"), True),
        (decision("09/QĐ-TTg", date="2012-01-02"), decision("9/QĐ-TTg", date="2012"), True),
        (decision("9/QĐ-TTg", date="2012-01-02"), decision("9/QĐ-TTg"), True),
        (decision("9/QĐ-TTg", date="2012-01-02"), decision("9/QĐ-TTg", date="2013-01-02"), False),
        (decision("9/QĐ-TTg", date="2012"), {"doc_type": "Chỉ thị", "number": "9/QĐ-TTg", "date": "2012"}, False),
        # of provinces
        (decision("9/QĐ-UBND", date="2012-01-02"), decision("9/QĐ-UBND", date="2012-01-02"), False),
        (
            decision("9/QĐ-UBND", date="2012-01-02", issuer="Ủy ban nhân dân tỉnh"),
            decision("9/QĐ-UBND", date="2012-01-02", issuer="Ủy ban nhân dân tỉnh Hà Nam"),
            True,
        ),
        # laws
        ({"doc_type": "Luật", "name": "Luật Phòng, chống ma túy", "date": "2021-03-30"},
         {"doc_type": "Luật", "name": "Luật phòng, chống ma tuý", "date": "2021"}, True),
        ({"doc_type": "Luật", "name": "Luật Đất đai", "date": "2013"},
         {"doc_type": "Luật", "name": "Luật Đất đai", "date": "2024"}, False),
        ({"doc_type": "Luật", "name": "Luật Đất đai", "date": "2024"}, {"doc_type": "Luật", "name": "Luật Đất đai"}, False),
        ({"doc_type": "Luật", "name": "Luật Đất đai", "number": "31/2024/QH15"},
         {"doc_type": "Luật", "number": "31/2024/QH15"}, True),
    ],
)  # fmt: skip
def test_which_citations_mean_one_document(
    tmp_path: Path, first: dict[str, Any], second: dict[str, Any], same: bool
) -> None:
    folder = cite(tmp_path, ("Hà Nam", first), ("Gia Lai", second))
    assert len(rows(folder, "FROM documents")) == (1 if same else 2)


def test_a_number_of_two_years_is_not_lent_to_a_citation_without_one(tmp_path: Path) -> None:
    folder = cite(
        tmp_path,
        ("Hà Nam", decision("9/QĐ-TTg", date="2012-01-02")),
        ("Gia Lai", decision("9/QĐ-TTg", date="2019-01-02")),
        ("Cà Mau", decision("9/QĐ-TTg")),
    )
    assert rows(folder, "SELECT label FROM documents ORDER BY label") == [
        ("Quyết định 9/QĐ-TTg",), ("Quyết định 9/QĐ-TTg (2012)",), ("Quyết định 9/QĐ-TTg (2019)",)
    ]  # fmt: skip


def test_a_plan_counts_once_and_blank_numbers_never(tmp_path: Path) -> None:
    folder = cite(
        tmp_path,
        ("Hà Nam", decision("9/QĐ-TTg", date="2012-01-02")),
        ("Hà Nam", decision("9/QĐ-TTg", refers_to="m0")),
        ("Hà Nam", decision("/QĐ-TTg", date="2012-01-02")),
        ("Gia Lai", decision("9/QĐ-TTg", date="2012-01-02")),
    )
    assert rows(folder, "SELECT label, plans, mentions FROM documents") == [("Quyết định 9/QĐ-TTg (2012)", 2, 3)]


def test_leads_without_their_territory(tmp_path: Path) -> None:
    names = [
        "Sở Y tế tỉnh Hà Nam", "Ủy ban nhân dân thị xã Duy Tiên", "Liên minh Hợp tác xã Việt Nam",
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Công an thành phố Hồ Chí Minh",
    ]  # fmt: skip
    activity = {"id": "x1", "start": 0, "end": 1, "lead": [*names, names[0]]}
    folder = write_corpus(tmp_path, [("a", plan(header={"jurisdiction": "thị xã Duy Tiên"}, activities=[activity]))])
    assert dict(rows(folder, "SELECT lead, body FROM leads")) == {
        names[0]: "Sở Y tế tỉnh",
        names[1]: "Ủy ban nhân dân thị xã",
        names[2]: names[2],
        names[3]: names[3],
        names[4]: "Công an thành phố",
    }
    assert len(rows(folder, "FROM leads")) == 5


@pytest.mark.parametrize(
    ("times", "quarters"),
    [
        (["2019-Q2"], ["2019-Q2"]),
        (["2019-05"], ["2019-Q2"]),
        (["2019-12-25"], ["2019-Q4"]),
        (["2019-H2"], ["2019-Q3", "2019-Q4"]),
        (["../2019-12-25"], ["2019-Q4"]),
        (["../2019-H1"], ["2019-Q2"]),
        (["2019-11/2020-02"], ["2019-Q4", "2020-Q1"]),
        (["2019-Q3/2020-Q2"], ["2019-Q3", "2019-Q4", "2020-Q1", "2020-Q2"]),
        (["2019-Q3/2020-Q3"], []),
        (["2020-Q2/2019-Q2"], []),
        (["2019-04-01", "2019-05", "../2019-06-30"], ["2019-Q2"]),
        (["2019", "2016/2020", "2019-03/..", "P3M", "XXXX-Q2", "../XXXX-12-15", "../2019", "2019/2020-Q1"], []),
    ],
)
def test_quarters(tmp_path: Path, times: list[str], quarters: list[str]) -> None:
    activity = {"id": "x1", "start": 0, "end": 1, "times": times}
    folder = write_corpus(tmp_path, [("a", plan(activities=[activity]))])
    assert rows(folder, "FROM activity_quarters ORDER BY ALL") == [("a", "x1", quarter) for quarter in quarters]


# ── report ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_reports_of_the_corpus(corpus: Path) -> None:
    result = run("report", corpus)
    assert result.exit_code == 0
    for line in (
        r"Trung ương +6 *$",
        r"2009 +1 *$",
        r"Kế hoạch +35 *$",
        r"ninh-thuan-2019-ke-hoach-bien-doi-khi-hau\.txt +6240  Tổng nhu cầu vốn giai đoạn 2019 - 2025 là +6\.240 tỷ đồng",
        r"Luật Tổ chức chính quyền địa phương \(2025\) +3 +3",
        r"Quyết định 1719/QĐ-TTg \(2021\) +2 +2  Thủ tướng Chính phủ",
        r"2019-Q2 +\d+ +\d+ *$",
    ):
        assert re.search(line, result.stdout, re.MULTILINE), line


def test_the_page_is_whole_and_needs_nothing_else(corpus: Path, tmp_path: Path) -> None:
    assert run("report", corpus, "--html", tmp_path / "deep" / "page.html").exit_code == 0
    text = (tmp_path / "deep" / "page.html").read_text("utf-8")
    root = etree.HTML(text)
    sections = root.findall(".//section")
    assert len(sections) == 7
    assert all(section.find(".//svg") is not None and section.find(".//tbody/tr") is not None for section in sections)
    assert {link.get("href") for link in root.findall(".//nav/a")} == {f"#{one.get('id')}" for one in sections}
    assert "http" not in text
    assert "<script" not in text
    assert "$" not in text


def test_the_page_of_a_corpus_that_says_nothing(tmp_path: Path) -> None:
    with open_corpus(write_corpus(tmp_path, [])) as connection:
        text = page(make_reports(connection), "<rỗng>", 0)
    assert text.count("Nothing to show.") == 7
    assert "&lt;rỗng&gt;" in text


def test_charts() -> None:
    drawn = etree.fromstring(bars([("Sở <Y tế>", 10), ("x" * 100, 5.0)], "Ai & gì"))
    widths = [float(bar.get("width")) for bar in drawn.iter("{*}rect")]
    assert widths[0] == 2 * widths[1]
    assert [title.text for title in drawn.iter("{*}title")] == ["Sở <Y tế>: 10", f"{'x' * 100}: 5"]
    drawn = etree.fromstring(columns([("2019-Q1", 4), ("2019-Q2", 0), ("2019-Q3", 1)], "Quý"))
    heights = [float(bar.get("height")) for bar in drawn.iter("{*}rect")]
    assert heights == [4 * heights[2], 0, heights[2]]
    assert [figure(value) for value in (0, 1234567, 0.1485, 16.76)] == ["0", "1\u202f234\u202f567", "0.148", "16.8"]


# ── graph ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two plans: the second carries out the first, and both a decision; the first names itself."""
    number = {"doc_type": "Kế hoạch", "number": "7/KH-UBND", "date": "2018-01-05"}
    return cite(
        tmp_path,
        ("one", {**number, "issuer": "Ủy ban nhân dân tỉnh Hà Nam"}),
        ("one", decision("9/QĐ-TTg", date="2012-01-02", subject="a\x00b & <c>")),
        ("two", {**number, "number": "07/KH-UBND"}),
        ("two", decision("9/QĐ-TTg", date="2012-01-02")),
        ("two", decision("9/QĐ-TTg", refers_to="m3")),
        one={**number, "jurisdiction": "tỉnh Hà Nam"},
        two={"jurisdiction": "tỉnh Hà Nam", "number": "/KH-UBND", "title": "Dạy nghề"},
    )


LINKS = [
    ("plan:one", "document:quyết định 9/QĐ-TTG 2012", "mention", 1),
    ("plan:two", "document:quyết định 9/QĐ-TTG 2012", "mention", 2),
    ("plan:two", "plan:one", "mention", 1),
]


def test_node_link_json(small: Path) -> None:
    found = json.loads(run("graph", small, "--format", "json").stdout)
    assert [(node["id"], node["kind"], node["label"]) for node in found["nodes"]] == [
        ("plan:one", "plan", "Kế hoạch 7/KH-UBND"),
        ("plan:two", "plan", "Dạy nghề"),
        ("document:quyết định 9/QĐ-TTG 2012", "document", "Quyết định 9/QĐ-TTg (2012)"),
    ]
    assert [tuple(link.values()) for link in found["links"]] == LINKS


def graphml_links(text: str) -> Iterator[tuple[str, str, str, int]]:
    root = etree.fromstring(text.encode())
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert root.tag == f"{space}graphml"
    assert [child.tag.removeprefix(space) for child in root] == ["key"] * (len(root) - 1) + ["graph"]
    keys = {(key.get("id"), key.get("for")) for key in root.iter(f"{space}key")}
    nodes = [node.get("id") for node in root.iter(f"{space}node")]
    assert len(nodes) == len(set(nodes))
    for one in root.iter(f"{space}node", f"{space}edge"):
        assert {(data.get("key"), one.tag.removeprefix(space)) for data in one} <= keys
    edges = list(root.iter(f"{space}edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
        yield edge.get("source"), edge.get("target"), edge[0].text, int(edge[1].text)


def test_graphml(small: Path, tmp_path: Path) -> None:
    assert run("graph", small, "--format", "graphml", "-o", tmp_path / "graph.graphml").exit_code == 0
    text = (tmp_path / "graph.graphml").read_text("utf-8")
    assert list(graphml_links(text)) == LINKS
    assert "a\ufffdb &amp; &lt;c&gt;" in text


def test_the_graph_of_the_corpus_is_the_same_each_time(corpus: Path) -> None:
    texts = []
    for _ in range(2):
        with open_corpus(corpus) as connection:
            texts.append(("".join(graphml(connection)), "".join(node_link(connection))))
    assert texts[0] == texts[1]
    found = json.loads(texts[0][1])
    assert {link["relation"] for link in found["links"]} == {"basis", "promulgation", "mention"}
    links = [tuple(link.values()) for link in found["links"]]
    assert list(graphml_links(texts[0][0])) == links


def test_a_format_must_be_named(small: Path) -> None:
    assert run("graph", small).exit_code == 2
    assert run("graph", small, "--format", "dot").exit_code == 2
