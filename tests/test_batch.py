"""Batches: what a run of many documents gives, and what it gives when workers, the parent or the disk fail it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from conftest import ROOT

from extractor import Extractor
from extractor.batch.store import Store
from extractor.batch.work import Outcome, pack
from tests.pdf_files import pdf, words
from tests.processes import children, command_of, wait_until

VNPLAN = [sys.executable, "-m", "extractor.cli"]
RULES = ("--tagger", "rules")
PLAN = "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Y tế tổ chức 05 lớp trước ngày 15/6/2025.\n"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has processes die with their parent, and /proc")


def extract(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*VNPLAN, "extract", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)


def begin(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*VNPLAN, "extract", *map(str, arguments)], stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True
    )


def names(folder: Path) -> list[str]:
    """The JSON files of a folder, and whatever else is there that is not the store's."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in files if path.parts[0] != ".vnplan")


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def workers(pid: int) -> list[int]:
    """The workers of a run (its other child only tracks their semaphores)."""
    return [child for child in children(pid) if b"spawn_main" in command_of(child)]


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred plans in two folders: enough work to be killed in the midst of."""
    folder = tmp_path_factory.mktemp("plans")
    texts = sorted((ROOT / "corpus").glob("*.txt"))
    for number in range(100):
        text = texts[number % len(texts)]
        place = folder / ("một" if number % 2 else "hai") / f"{number:03}-{text.name}"
        place.parent.mkdir(exist_ok=True)
        place.write_text(text.read_text("utf-8") + f"\nBản số {number}.\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run that nothing happened to."""
    output = tmp_path_factory.mktemp("undisturbed")
    assert extract(plans, "-o", output, "-f", "json,jsonl", "--jobs", "2", *RULES, "--quiet").returncode == 0
    return output


def same(output: Path, undisturbed: Path) -> None:
    """Nothing is lost, nothing doubled, and every byte is what it would have been."""
    assert names(output) == names(undisturbed)
    for name in names(output):
        assert (output / name).read_bytes() == (undisturbed / name).read_bytes(), name


def test_a_batch_gives_what_one_document_alone_gives(plans: Path, undisturbed: Path) -> None:
    extractor = Extractor(tagger="rules")
    files = sorted(plans.rglob("*.txt"))
    assert len(names(undisturbed)) == len(files) + 1
    records = {record.pop("file"): record for record in lines(undisturbed / "plans.jsonl")}
    assert list(records) == sorted(file.relative_to(plans).as_posix() for file in files)
    for file in files[::7]:
        plan = extractor.extract_file(file).to_json()
        key = file.relative_to(plans)
        assert (undisturbed / key.with_suffix(".json")).read_text("utf-8") == plan
        assert records[key.as_posix()] == json.loads(plan)


def test_one_worker_gives_the_same_as_two(plans: Path, undisturbed: Path, tmp_path: Path) -> None:
    assert extract(plans, "-o", tmp_path, "-f", "json", "-f", "jsonl", "--jobs", "1", *RULES).returncode == 0
    same(tmp_path, undisturbed)


@LINUX
def test_a_worker_that_is_killed_loses_nothing(plans: Path, undisturbed: Path, tmp_path: Path) -> None:
    run = begin(plans, "-o", tmp_path, "-f", "json,jsonl", "--jobs", "2", *RULES)
    for seen in (1, 20, 40):
        wait_until(lambda seen=seen: len(list(tmp_path.rglob("*.json"))) >= seen)
        os.kill(workers(run.pid)[0], signal.SIGKILL)
    assert "100 of 100 documents written" in run.communicate(timeout=120)[1]
    assert run.returncode == 0
    same(tmp_path, undisturbed)


@LINUX
def test_a_run_that_is_killed_goes_on_where_it_was(plans: Path, undisturbed: Path, tmp_path: Path) -> None:
    for seen in (1, 30, 60):
        run = begin(plans, "-o", tmp_path, "-f", "json,jsonl", "--jobs", "2", *RULES, "--resume")
        wait_until(lambda seen=seen: len(list(tmp_path.rglob("*.json"))) >= seen)
        below = children(run.pid)
        run.kill()
        run.communicate()
        wait_until(
            lambda below=below: not any(b"extractor" in command_of(pid) or b"spawn" in command_of(pid) for pid in below)
        )
    last = extract(plans, "-o", tmp_path, "-f", "json,jsonl", "--jobs", "2", *RULES, "--resume")
    assert last.returncode == 0
    assert "known from before" in last.stderr
    same(tmp_path, undisturbed)


def test_an_interrupted_run_says_how_to_go_on(plans: Path, undisturbed: Path, tmp_path: Path) -> None:
    run = begin(plans, "-o", tmp_path, "-f", "json,jsonl", "--jobs", "2", *RULES)
    wait_until(lambda: len(list(tmp_path.rglob("*.json"))) >= 10)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does it: to all of the group
    said = run.communicate(timeout=30)[1]
    assert run.returncode == 130
    assert "go on with --resume" in said
    assert "Traceback" not in said
    assert extract(plans, "-o", tmp_path, "-f", "json,jsonl", *RULES, "--resume", "--quiet").returncode == 0
    same(tmp_path, undisturbed)


@LINUX
def test_an_interrupt_while_workers_load_is_silent_too(plans: Path, tmp_path: Path) -> None:
    for pause in (0.0, 0.1, 0.2):
        run = begin(plans, "-o", tmp_path, "--jobs", "2")
        wait_until(lambda run=run: workers(run.pid))
        time.sleep(pause)
        os.killpg(run.pid, signal.SIGINT)
        said = run.communicate(timeout=30)[1]
        assert (run.returncode, "Traceback" in said) == (130, False), said


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(PLAN, "utf-8")
    rules = ("--tagger", "rules", "--resume")
    assert "2 of 2 documents written" in extract(folder, "-o", output, *rules).stderr
    assert "(2 known from before)" in extract(folder, "-o", output, *rules).stderr
    (folder / "a.txt").write_text(PLAN.replace("05 lớp", "06 lớp"), "utf-8")
    (folder / "b.txt").touch()
    assert "(1 known from before)" in extract(folder, "-o", output, *rules).stderr
    assert json.loads((output / "a.json").read_text("utf-8"))["quantities"][0]["value"] == 6
    assert "known" not in extract(folder, "-o", output, *rules, "--fields", "times").stderr
    assert "quantities" not in json.loads((output / "a.json").read_text("utf-8"))
    assert "known" not in extract(folder, "-o", output, "--tagger", "rules").stderr  # without --resume: anew
    assert "(2 known from before)" in extract(folder, "-o", output, *rules, "--pretty").stderr
    assert (output / "b.json").read_text("utf-8").startswith('{\n "schema_version"')
    (folder / "b.txt").write_text("", "utf-8")
    assert extract(folder, "-o", output, *rules).returncode == 3
    assert names(output) == ["a.json", "failures.jsonl"]  # nothing is left of what b.txt said before
    assert (output / "a.json").read_text("utf-8").count("\n") == 1


def test_other_formats_are_made_without_reading_again(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(PLAN, "utf-8")
    assert extract(folder, "-o", output, "-f", "jsonl", "--tagger", "rules").returncode == 0
    assert names(output) == ["plans.jsonl"]
    more = extract(folder, "-o", output, "-f", "json,jsonl,csv,xlsx,parquet,duckdb", "--tagger", "rules", "--resume")
    assert "(2 known from before)" in more.stderr
    assert {"a.json", "b.json", "plans.jsonl", "plans.xlsx", "plans.duckdb", "csv/activities.csv"} <= set(names(output))
    assert "parquet/activities/part-00000.parquet" in names(output)
    (output / "a.json").unlink()
    assert extract(folder, "-o", output, "--tagger", "rules", "--resume").returncode == 0
    assert json.loads((output / "a.json").read_text("utf-8"))["text"] == PLAN


@pytest.fixture
def trouble(tmp_path: Path) -> Path:
    """Documents that cannot be read, each in its way, and one that can."""
    folder = tmp_path / "trouble"
    folder.mkdir()
    (folder / "sound.txt").write_text(PLAN, "utf-8")
    (folder / "empty.txt").touch()
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "hanging.txt").write_text("KẾ HOẠCH\nThực hiện treo " + "a" * 60 + " năm 2025.\n", "utf-8")
    (folder / "huge.txt").write_text("1. Sở Y tế tổ chức 05 lớp trước ngày 15/6/2025.\n" * 60_000, "utf-8")
    return folder


@pytest.fixture
def hanging(tmp_path: Path) -> Path:
    """The grammars with a rule that takes for ever on one document."""
    folder = tmp_path / "grammars"
    shutil.copytree(ROOT / "grammars", folder)
    times = folder / "times.yaml"
    rule = (
        "rules:\n  - {id: time.hang, about: hangs, starts: [treo], pattern: 'treo (?P<points>(?:a+)+b)', form: point}\n"
    )
    times.write_text(times.read_text("utf-8").replace("rules:\n", rule, 1), "utf-8")
    return folder


@LINUX
def test_each_failure_is_a_record_and_stops_no_other(trouble: Path, hanging: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    options = ("--tagger", "rules", "--time-limit", "1", "--memory-limit", "64", "--jobs", "2")
    result = extract(trouble, "-o", output, "--grammars", hanging, *options)
    assert result.returncode == 3
    assert "1 of 7 documents written" in result.stderr
    assert "raise --time-limit" in result.stderr
    assert "--resume tries 3 of them again" in result.stderr
    assert "Traceback" not in result.stderr
    assert names(output) == ["failures.jsonl", "sound.json"]
    records = lines(output / "failures.jsonl")
    assert all(list(record) == ["file", "stage", "kind", "message", "retry"] for record in records)
    assert {str(record["file"]): (record["stage"], record["kind"], record["retry"]) for record in records} == {
        "broken.pdf": ("reading", "damaged", False),
        "empty.txt": ("reading", "empty", False),
        "gone.txt": ("reading", "missing", True),
        "hanging.txt": ("extracting", "time-limit", True),
        "huge.txt": ("extracting", "memory-limit", True),
        "picture.txt": ("reading", "other-format", False),
    }
    again = extract(trouble, "-o", output, "--grammars", hanging, *options, "--resume")
    assert again.returncode == 3
    assert "(4 known from before)" in again.stderr
    assert lines(output / "failures.jsonl") == records
    for name in records:
        (trouble / str(name["file"])).unlink()
    assert extract(trouble, "-o", output, "--grammars", hanging, *options, "--resume").returncode == 0
    assert names(output) == ["sound.json"]


def test_all_failed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").touch()
    assert extract(tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out").returncode == 1


def test_a_json_that_cannot_be_written_is_a_failure_of_its_own(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    for name in ("below/a.txt", "b.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PLAN, "utf-8")
    output.mkdir()
    (output / "below").write_text("in the way")
    assert extract(folder, "-o", output, "--tagger", "rules").returncode == 3
    assert [(record["file"], record["stage"], record["kind"]) for record in lines(output / "failures.jsonl")] == [
        ("below/a.txt", "writing", "unwritable")
    ]
    (output / "below").unlink()
    assert extract(folder, "-o", output, "--tagger", "rules", "--resume").returncode == 0
    assert names(output) == ["b.json", "below/a.json"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here: that needs root and a kernel that lets it")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("formats", ["json,jsonl", "jsonl"])
def test_a_full_disk_is_said_and_loses_nothing(formats: str, plans: Path, small_disk: Path, tmp_path: Path) -> None:
    output = small_disk / "out"
    result = extract(plans, "-o", output, "-f", formats, "--jobs", "2", *RULES)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "--resume" in result.stderr
    for path in output.rglob("*.json"):
        json.loads(path.read_text("utf-8"))  # what is there is whole
    assert "plans.jsonl" not in names(output)
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    again = extract(plans, "-o", output, "-f", formats, "--jobs", "2", *RULES, "--resume")
    assert again.returncode == 0, again.stderr
    assert extract(plans, "-o", tmp_path / "whole", "-f", formats, *RULES, "--quiet").returncode == 0
    same(output, tmp_path / "whole")


def test_one_run_at_a_time_writes_into_a_folder(plans: Path, tmp_path: Path) -> None:
    run = begin(plans, "-o", tmp_path, "--jobs", "1")
    wait_until(lambda: list(tmp_path.rglob("*.json")))
    second = extract(plans, "-o", tmp_path, "--resume")
    run.terminate()
    run.communicate()
    assert second.returncode == 1
    assert "another vnplan is writing there" in second.stderr


def test_a_damaged_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    store = tmp_path / "out" / ".vnplan" / "store.sqlite"
    store.parent.mkdir(parents=True)
    store.write_bytes(b"no database" * 1000)
    result = extract(tmp_path / "a.txt", "-o", tmp_path / "out", "--resume")
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
    assert "Begin anew without --resume" in result.stderr
    assert extract(tmp_path / "a.txt", tmp_path / "a.txt", "-o", tmp_path / "out", "-f", "jsonl").returncode == 0


def test_plans_that_differ_by_their_ending_both_have_a_json(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(PLAN, "utf-8")
    (folder / "a.md").write_text(PLAN, "utf-8")
    assert extract(folder, "-o", tmp_path / "out", "--tagger", "rules").returncode == 0
    assert names(tmp_path / "out") == ["a.md.json", "a.txt.json"]


def test_quiet_says_nothing_but_failures(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PLAN, "utf-8")
    arguments = (tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out", "--tagger", "rules")
    assert extract(*arguments, "--quiet").stderr == ""
    (tmp_path / "b.txt").write_text("", "utf-8")
    assert extract(*arguments, "--quiet").stderr.count("\n") == 1


def test_standard_input_may_be_one_of_many(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    command = [*VNPLAN, "extract", "-", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--tagger", "rules"]
    assert subprocess.run(command, input=PLAN.encode(), capture_output=True, cwd=ROOT).returncode == 0
    assert names(tmp_path / "out") == ["a.json", "stdin.json"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("-f", "docx"), "no such format: docx"),
        (("-f", ","), "no format is named"),
        (("-f", "xlsx"), "need a folder: -o OUT"),
        (("--resume",), "need a folder: -o OUT"),
        (("--jobs", "0"), "greater than or equal to 1"),
    ],
)
def test_wrong_usage(tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    result = extract(tmp_path / "a.txt", *options)
    assert result.returncode == 2
    assert message in " ".join(result.stderr.split())


def test_nothing_outside_the_output_is_touched(tmp_path: Path) -> None:
    """A folder in which there is nothing fails under its own name, beside which there may be a file of the user's."""
    (tmp_path / "in" / "2021").mkdir(parents=True)
    (tmp_path / "in" / "2021.json").write_text("mine")
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    for _ in range(2):
        result = extract(tmp_path / "in" / "2021", tmp_path / "a.txt", "-o", tmp_path / "out", *RULES, "--resume")
        assert result.returncode == 3
        assert (tmp_path / "in" / "2021.json").read_text() == "mine"
    assert names(tmp_path / "out") == ["a.json", "failures.jsonl"]


def test_outputs_follow_a_document_that_was_cut_off(tmp_path: Path) -> None:
    pages = [words(85, 100, f"{number}. Trong {number}5 ha rung.") for number in (1, 2, 3)]
    (tmp_path / "a.pdf").write_bytes(pdf(*pages))
    arguments = (tmp_path / "a.pdf", "-o", tmp_path / "out", "-f", "json,jsonl", *RULES, "--resume")
    assert extract(*arguments, "--page-limit", "1").returncode == 0
    assert len(lines(tmp_path / "out" / "plans.jsonl")[0]["quantities"]) == 1  # type: ignore[arg-type]
    assert extract(*arguments).returncode == 0
    assert len(lines(tmp_path / "out" / "plans.jsonl")[0]["quantities"]) == 3  # type: ignore[arg-type]
    assert len(json.loads((tmp_path / "out" / "a.json").read_text("utf-8"))["quantities"]) == 3


def test_json_files_follow_runs_that_wrote_none(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text(PLAN, "utf-8")
    assert extract(folder, "-o", output, *RULES).returncode == 0
    (folder / "a.txt").write_text(PLAN.replace("05 lớp", "06 lớp"), "utf-8")
    assert extract(folder, "-o", output, *RULES, "--resume", "-f", "jsonl").returncode == 0
    assert extract(folder, "-o", output, *RULES, "--resume").returncode == 0
    assert json.loads((output / "a.json").read_text("utf-8"))["quantities"][0]["value"] == 6
    (folder / "a.md").write_text(PLAN, "utf-8")
    assert extract(folder, "-o", output, *RULES, "--resume").returncode == 0
    assert names(output) == ["a.md.json", "a.txt.json", "plans.jsonl"]
    (folder / "a.md").unlink()
    assert extract(folder, "-o", output, *RULES, "--resume").returncode == 0
    assert "a.json" in names(output)
    assert "a.txt.json" not in names(output)
    (output / "a.json").unlink()
    (output / "a.json").mkdir()
    blocked = extract(folder, "-o", output, *RULES, "--resume", "--pretty")
    assert blocked.returncode == 1
    assert lines(output / "failures.jsonl")[0]["kind"] == "unwritable"


def test_links_of_the_workbook_lead_to_the_documents(tmp_path: Path) -> None:
    (tmp_path / "in" / "một").mkdir(parents=True)
    (tmp_path / "in" / "một" / "a.txt").write_text(PLAN, "utf-8")
    command = [*VNPLAN, "extract", "in", "-o", "out/here", "-f", "xlsx", *RULES]
    subprocess.run(command, check=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "here" / "plans.xlsx")["Hoạt động"]
    [target] = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    place = unquote(target.removeprefix("file:///")).replace("\\", "/")
    assert (tmp_path / "out" / "here" / place).resolve() == tmp_path / "in" / "một" / "a.txt"


def test_a_row_that_says_done_has_its_plan(tmp_path: Path) -> None:
    """Whatever interrupts the store between its two rows."""

    class Interrupted:
        def __init__(self, database: sqlite3.Connection) -> None:
            self.database = database

        def execute(self, question: str, values: tuple[object, ...]) -> None:
            if "INTO documents" in question:
                raise KeyboardInterrupt
            self.database.execute(question, values)

    with Store(tmp_path, keep=False) as store:
        database, store._database = store._database, Interrupted(store._database)  # type: ignore[assignment]
        with pytest.raises(KeyboardInterrupt):
            store.add(Outcome("a.txt", "0" * 64, pack("{}")), "x", "", None)
        store._database = database
        store.commit()
        assert store.done() == {}
