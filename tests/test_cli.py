"""The command line: what is printed, what is written, and what the exit status says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractor import pipeline
from extractor.cli import app
from extractor.errors import OutputError
from extractor.plan import Plan
from extractor.writing.files import write_text

PLAN = """KẾ HOẠCH
Tập huấn năm 2021

I. MỤC TIÊU
Tổ chức 03 lớp trong Quý II, kinh phí 15.000.000 đồng.
"""
LISTS = [name for name in Plan.model_fields if name not in ("schema_version", "source", "text", "header")]


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def vnplan(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "extractor.cli", *map(str, arguments)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two plans, one below the other, and a file that is no text."""
    place = tmp_path / "plans"
    (place / "below").mkdir(parents=True)
    (place / "one.txt").write_text(PLAN, "utf-8")
    (place / "below" / "two.md").write_text(PLAN, "utf-8")
    (place / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    return place


def test_one_file_is_printed(folder: Path) -> None:
    result = run("extract", folder / "one.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    plan = json.loads(result.stdout)
    assert plan["text"] == PLAN
    assert plan["source"]["name"] == "one.txt"
    assert result.stdout == pipeline.extract_file(folder / "one.txt").to_json()


def test_a_file_and_standard_input_give_one_text(folder: Path) -> None:
    result = run("extract", "-", stdin=PLAN)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["text"] == PLAN
    assert json.loads(result.stdout)["source"]["name"] == "stdin"


def test_pretty_no_text_and_fields(folder: Path) -> None:
    result = run("extract", folder / "one.txt", "--pretty", "--no-text", "--fields", "times, amounts")
    assert list(json.loads(result.stdout)) == ["schema_version", "source", "amounts", "times"]
    assert result.stdout.startswith('{\n "schema_version"')


@pytest.mark.parametrize("names", ["times,figures", "text", ""])
def test_unknown_fields_are_wrong_usage(folder: Path, names: str) -> None:
    result = run("extract", folder / "one.txt", "--fields", names)
    assert result.exit_code == 2
    message = " ".join(result.stderr.split())
    assert ", ".join(LISTS[:3]) in message


def test_a_folder_is_written_with_its_paths(folder: Path, tmp_path: Path) -> None:
    result = run("extract", folder, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout == ""
    written = sorted(path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.json"))
    assert written == [Path("below/two.json"), Path("one.json")]
    assert json.loads((tmp_path / "out" / "one.json").read_text("utf-8"))["text"] == PLAN


def test_globs_and_duplicates(folder: Path, tmp_path: Path) -> None:
    os.symlink(folder / "one.txt", folder / "link.txt")  # noqa: PTH211
    arguments = [folder / "*.txt", folder / "one.txt", folder / "below" / ".." / "one.txt"]
    assert run("extract", *arguments, "-o", tmp_path / "out").exit_code == 0
    assert [path.name for path in (tmp_path / "out").glob("*.json")] == ["link.json"]


def test_one_input_may_name_its_file(folder: Path, tmp_path: Path) -> None:
    assert run("extract", folder / "one.txt", "-o", tmp_path / "deep" / "plan.json").exit_code == 0
    assert json.loads((tmp_path / "deep" / "plan.json").read_text("utf-8"))["text"] == PLAN
    assert run("extract", folder / "one.txt", "-o", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "one.json").exists()


def test_several_inputs_need_a_folder(folder: Path, tmp_path: Path) -> None:
    result = run("extract", folder)
    assert result.exit_code == 2
    assert "2 documents need a folder" in result.stderr
    (tmp_path / "file").write_text("x")
    assert run("extract", folder, "-o", tmp_path / "file").exit_code == 2


def test_two_inputs_never_share_an_output(folder: Path, tmp_path: Path) -> None:
    (folder / "below" / "one.txt").write_text("khác", "utf-8")
    result = run("extract", folder / "one.txt", folder / "below" / "one.txt", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "would both be written" in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(PLAN, "utf-8")
    assert run("extract", tmp_path / "plan.json", "-o", tmp_path).exit_code == 2
    assert (tmp_path / "plan.json").read_text("utf-8") == PLAN


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.txt", "there is no such file"),
        ("*.none", "there is no such file"),
        ("plans/picture.png", "is a PNG image"),
        ("empty", "there is no PDF, Word, HTML or text file in this folder"),
        ("empty.txt", "is empty"),
    ],
)
def test_what_cannot_be_read_fails_with_a_sentence(folder: Path, tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.txt").touch()
    result = run("extract", tmp_path / name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("vnplan: ")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_some_failed(folder: Path, tmp_path: Path) -> None:
    result = run("extract", tmp_path / "absent.txt", folder, folder / "picture.png", "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert "absent.txt" in result.stderr
    assert "picture.png" in result.stderr
    assert "2 of 4 documents written" in result.stderr
    assert (tmp_path / "out" / "one.json").exists()
    assert run("extract", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out").exit_code == 1


def test_a_fault_of_ours_is_a_sentence_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(pipeline.Extractor, "extract_document", stumble)
    result = run("extract", folder / "one.txt")
    assert result.exit_code == 1
    assert "unforeseen KeyError" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("--debug", "extract", folder / "one.txt").stderr
    assert run("show", folder / "one.txt").exit_code == 1


def test_a_text_without_a_plan_is_an_empty_plan(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text(" \n" * 500_000, "utf-8")
    result = run("extract", tmp_path / "blank.txt", "--no-text")
    assert result.exit_code == 0
    plan = json.loads(result.stdout)
    assert plan["header"] == {}
    assert all(plan[name] == [] for name in LISTS)


def test_no_or_wrong_arguments() -> None:
    assert run("extract").exit_code == 2
    assert run("extract", "--nonsense").exit_code == 2
    assert run("nonsense").exit_code == 2
    assert run("--help").exit_code == 0
    assert run("--version").stdout.startswith("vnplan ")


def test_schema_describes_the_plan() -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["title"] == "Plan"
    assert set(schema["properties"]) == set(Plan.model_fields)


def test_show(folder: Path, tmp_path: Path) -> None:
    result = run("show", folder / "one.txt")
    assert result.exit_code == 0
    assert "Tổ chức 03 lớp" in result.stdout
    assert run("show", folder / "one.txt", "--html", tmp_path / "plan.html").exit_code == 0
    assert "Tổ chức" in (tmp_path / "plan.html").read_text("utf-8")
    assert run("show", tmp_path / "absent.txt").exit_code == 1


def test_grammars_check() -> None:
    result = run("grammars", "check")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_broken_grammar_folder_is_named(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "grammars"
    broken.mkdir()
    (broken / "citations.yaml").write_text("rules: [", "utf-8")
    for command in (["grammars", "check"], ["extract", str(folder / "one.txt")]):
        result = run(*command, "--grammars", broken)
        assert result.exit_code == 1
        assert str(broken) in result.stderr or "citations.yaml" in result.stderr
        assert "unforeseen" not in result.stderr


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder of gold for one.txt that asks for one time that is there, and one that is not."""
    start = PLAN.index("Quý II")
    entities = [
        {"type": "time", "start": start, "end": start + 6, "text": "Quý II", "values": ["2021-Q2"], "kind": "point"},
        {"type": "time", "start": 0, "end": 2, "text": "KẾ", "values": ["1999"], "kind": "point"},
    ]
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "one.gold.json").write_text(json.dumps({"header": {}, "entities": entities}), "utf-8")
    return folder


def prediction(gold: Path) -> Path:
    """A folder with a plan that finds the first time of the gold."""
    entities = json.loads((gold / "one.gold.json").read_text("utf-8"))["entities"]
    (gold / "one.json").write_text(json.dumps({"text": PLAN, "times": entities[:1]}), "utf-8")
    return gold


def test_evaluate_prints_a_table_and_the_faults(gold: Path) -> None:
    result = run("evaluate", gold, "--pred", prediction(gold), "--errors")
    assert result.exit_code == 0
    assert "time: 1 missed" in result.stdout
    assert "one:1  KẾ" in result.stdout
    assert "time.value" in result.stdout
    assert "macro.value" in result.stdout


def test_evaluate_writes_json(gold: Path, tmp_path: Path) -> None:
    result = run("evaluate", gold, "--pred", prediction(gold), "--json", "-")
    assert json.loads(result.stdout)["time.value"]["r"] == 0.5
    run("evaluate", gold, "--pred", gold, "--json", tmp_path / "figures.json")
    assert json.loads((tmp_path / "figures.json").read_text("utf-8")) == json.loads(result.stdout)


def test_evaluate_extracts_texts(gold: Path, folder: Path) -> None:
    result = run("evaluate", gold, "--text", folder, "--json", "-")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["time.value"]["gold"] == 2


def test_evaluate_minimum(gold: Path) -> None:
    arguments = ["evaluate", str(gold), "--pred", str(prediction(gold))]
    assert run(*arguments, "--min", "time.value=0.66").exit_code == 0
    result = run(*arguments, "--min", "time.value=0.6", "--min", "time.strict=0.67")
    assert result.exit_code == 1
    assert "time.strict is 0.6667, below the 0.67 asked for" in result.stderr
    for wrong in ("nonsense=0.5", "time.value", "time.value=95"):
        assert run(*arguments, "--min", wrong).exit_code == 2


def test_evaluate_wrong_usage_and_faults(gold: Path, folder: Path, tmp_path: Path) -> None:
    assert run("evaluate", gold).exit_code == 2
    assert run("evaluate", gold, "--text", folder, "--pred", folder).exit_code == 2
    assert run("evaluate", tmp_path / "absent", "--text", folder).exit_code == 2
    result = run("evaluate", folder, "--text", folder)
    assert result.exit_code == 1
    assert "there is no NAME.gold.json" in result.stderr
    (tmp_path / "nothing").mkdir()
    assert run("evaluate", gold, "--pred", tmp_path / "nothing").exit_code == 1


def test_writing_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.json"
    write_text(target, "old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_text(target, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]
    assert target.read_text() == "old"
    write_text(target, "new")
    assert target.read_text() == "new"
    with pytest.raises(OutputError, match="cannot be written"):
        write_text(tmp_path, "x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_text(target / "below.json", "x")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_broken_pipe_is_silent(tmp_path: Path, unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    (tmp_path / "long.txt").write_text(PLAN * 2_000, "utf-8")
    with subprocess.Popen(
        vnplan("extract", tmp_path / "long.txt"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")
def test_an_interrupt_is_silent(tmp_path: Path) -> None:
    with subprocess.Popen(
        vnplan("extract", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        time.sleep(2)  # it waits for its input
        process.send_signal(signal.SIGINT)
        assert process.communicate() == (b"", b"")
        assert process.returncode == 130


def test_the_locale_does_not_matter(folder: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    for command in ("extract", "show"):
        done = subprocess.run(vnplan(command, folder / "one.txt"), capture_output=True, env=environment, check=True)
        assert "Tổ chức".encode() in done.stdout


def test_a_cold_start_imports_nothing_heavy(folder: Path) -> None:
    script = (
        "import sys; from extractor.cli import app\n"
        f"try: app(['extract', {str(folder / 'one.txt')!r}])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'underthesea', 'pdfplumber', 'rich', 'extractor.evaluation', 'extractor.writing.page'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
