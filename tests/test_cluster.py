"""The cluster gives what the local run gives, also when one of its nodes is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

from extractor.batch.work import Settings
from extractor.cluster.files import find_documents, place_of, why_unread
from extractor.cluster.session import ClusterError, missing, open_session
from extractor.errors import InputError
from extractor.reading import Limits
from extractor.tables.columns import TABLES
from tests.processes import children, command_of, wait_until

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

VNPLAN = [sys.executable, "-m", "extractor.cli", "extract"]
SPARK = pytest.mark.skipif(missing() is not None, reason=str(missing()))
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory, and has processes die together")
PLAN = "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Y tế tổ chức 05 lớp trước ngày 15/6/2025.\n"
HERE = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "127.0.0.1"}
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # Java for a minute, not for days
DEFAULTS = f"""
spark.driver.extraJavaOptions    {QUICK}
spark.executor.extraJavaOptions  {QUICK}
spark.driver.host         127.0.0.1
spark.driver.memory       512m
spark.executor.memory     512m
spark.ui.enabled          false
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a small Spark that needs no network."""
    folder = tmp_path_factory.mktemp("conf")
    (folder / "spark-defaults.conf").write_text(DEFAULTS)
    known = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
    return {**known, **HERE, "SPARK_CONF_DIR": str(folder), "SPARK_DAEMON_JAVA_OPTS": QUICK, "LC_ALL": "POSIX"}


def rows(output: Path) -> dict[str, list[str]]:
    """Table → its rows as lines of JSON, sorted."""
    from pyarrow import parquet

    files = {table: sorted((output / "parquet" / table).glob("*.parquet")) for table in TABLES}
    assert all(files.values())
    return {
        table: sorted(
            json.dumps(row, ensure_ascii=False, sort_keys=True)
            for path in paths
            for row in parquet.ParquetFile(path).read().to_pylist()
        )
        for table, paths in files.items()
    }


def plan_lines(*paths: Path) -> list[str]:
    """The plans as lines of JSON, sorted."""
    return sorted(line for path in paths for line in path.read_text("utf-8").split("\n") if line)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Plans with names that are easily mistaken, and documents that fail, each in its way."""
    folder = tmp_path / "Kế hoạch [2025] 100%"
    texts = sorted((ROOT / "corpus").glob("*.txt"))[:20]
    names = (
        "a.txt",
        "một/Kế hoạch số 1.TXT",
        "một/50%25 kinh phí.md",
        "hai/#1? {bản} [2] + ~ & =.txt",
        "hai/_nháp.txt",
        "hai/.ẩn.txt",
        "hai/Quyết định\nhai dòng.Md",
    )
    for name, text in zip(names, texts, strict=False):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(text, folder / name)
    for text in texts[len(names) :]:
        shutil.copy(text, folder)
    (folder / "bảng.csv").write_text("no plan")
    (folder / "hai" / "rỗng.txt").touch()
    (folder / "ảnh.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "hỏng.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "treo.txt").write_text("KẾ HOẠCH\nThực hiện treo " + "a" * 60 + " năm 2025.\n", "utf-8")
    (folder / "nặng.txt").write_text("1. Sở Y tế tổ chức 05 lớp trước ngày 15/6/2025.\n" * 125_000, "utf-8")
    with (folder / "quá lớn.doc").open("wb") as file:
        file.truncate(64 * 1024**2)
    return folder


@pytest.fixture
def hanging(tmp_path: Path) -> Path:
    """The grammars with a rule that takes for ever on one document."""
    folder = tmp_path / "grammars"
    shutil.copytree(ROOT / "grammars", folder)
    times = folder / "times.yaml"
    rule = "{id: time.hang, about: hangs, starts: [treo], pattern: 'treo (?P<points>(?:a+)+b)', form: point}"
    times.write_text(times.read_text("utf-8").replace("rules:\n", f"rules:\n  - {rule}\n", 1), "utf-8")
    return folder


@SPARK
@LINUX
def test_a_cluster_gives_what_the_local_run_gives(
    documents: Path, hanging: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    limits = ("--time-limit", "2", "--memory-limit", "64", "--size-limit", "8")
    options = ("--tagger", "rules", "--grammars", str(hanging), "--format", "parquet,jsonl", *limits)
    cluster, local = tmp_path / "cluster", tmp_path / "local"
    (cluster / "parquet" / "plans").mkdir(parents=True)
    (cluster / "parquet" / "plans" / "part-00000.parquet").write_text("of an earlier run")
    command = [*VNPLAN, str(documents), "-o"]
    spark = ("--engine", "spark", "--master", "local[2]")
    done = subprocess.run(
        [*command, str(cluster), *options, *spark], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 3, done.stderr
    assert "20 of 26 documents written" in done.stderr
    assert "Traceback" not in done.stderr
    subprocess.run([*command, str(local), *options, "--quiet"], cwd=ROOT, stderr=subprocess.DEVNULL)
    assert rows(cluster) == rows(local)
    assert plan_lines(*(cluster / "jsonl").glob("part-*")) == plan_lines(local / "plans.jsonl")
    failures = (cluster / "failures.jsonl").read_text("utf-8")
    assert failures == (local / "failures.jsonl").read_text("utf-8")
    kinds = {record["file"]: record["kind"] for record in map(json.loads, failures.splitlines())}
    assert kinds == {
        "hai/rỗng.txt": "empty",
        "hỏng.pdf": "damaged",
        "nặng.txt": "memory-limit",
        "quá lớn.doc": "too-large",
        "treo.txt": "time-limit",
        "ảnh.txt": "other-format",
    }
    assert not list((cluster / ".vnplan").iterdir())


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """So many plans that a node can be killed in the midst of them."""
    folder = tmp_path / "plans"
    folder.mkdir()
    texts = sorted((ROOT / "corpus").glob("*.txt"))
    for number in range(160):
        text = texts[number % len(texts)]
        (folder / f"{number:03}-{text.name}").write_text(text.read_text("utf-8") + f"\nBản số {number}.\n", "utf-8")
    return folder


class Cluster:
    """A master and two workers of Spark's own, each in a process group of its own."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        import pyspark

        self._command = str(Path(pyspark.__path__[0], "bin", "spark-class"))
        self._folder = folder
        self._environment = environment
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"spark://127.0.0.1:{port}"
        self._master = self._start("master.Master", "--port", str(port))
        wait_until(lambda: "New state: ALIVE" in self._log("master"))
        self.workers = [
            self._start("worker.Worker", "--cores", "1", "--memory", "512m", "--work-dir", str(folder), self.url)
            for _ in range(2)
        ]
        wait_until(lambda: self._log("master").count("Registering worker") == 2)

    def _start(self, name: str, *options: str) -> subprocess.Popen[bytes]:
        command = [self._command, f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1", "--webui-port", "0"]
        with (self._folder / name.split(".")[0]).open("ab") as log:
            return subprocess.Popen(
                [*command, *options], env=self._environment, stdout=log, stderr=log, start_new_session=True
            )

    def _log(self, name: str) -> str:
        return (self._folder / name).read_text("utf-8", "replace")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kills a node at once: the worker and its executor; Python's processes end when they are alone."""
        alone = children(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in alone))

    def stop(self) -> None:
        """Ends all that is left."""
        for process in (*self.workers, self._master):
            if process.poll() is None:
                self.kill(process)


def is_reading(worker: subprocess.Popen[bytes]) -> bool:
    """Whether a node has a process that reads documents."""
    return any(b"spawn_main" in command_of(pid) for pid in children(worker.pid))


@pytest.fixture
def cluster(tmp_path: Path, environment: dict[str, str]) -> Iterator[Cluster]:
    folder = tmp_path / "spark"
    folder.mkdir()
    found = Cluster(folder, environment)
    yield found
    found.stop()


@SPARK
@LINUX
def test_a_node_that_is_killed_loses_nothing(
    plans: Path, cluster: Cluster, environment: dict[str, str], tmp_path: Path
) -> None:
    output, local = tmp_path / "out", tmp_path / "local"
    command = [*VNPLAN, str(plans), "--tagger", "rules", "--format", "parquet", "-o"]
    run = subprocess.Popen(
        [*command, str(output), "--engine", "spark", "--master", cluster.url],
        env=environment,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    kept = output / ".vnplan" / "records" / "_temporary" / "0"
    wait_until(lambda: run.poll() is not None or (len(list(kept.glob("task_*"))) > 1 and all_read(cluster)))
    assert run.poll() is None
    assert len(list(kept.glob("task_*"))) < 6  # of ten: much is still to be read
    cluster.kill(cluster.workers[0])
    said = run.communicate(timeout=120)[1]
    assert (run.returncode, "160 of 160 documents written" in said) == (0, True), said
    subprocess.run([*command, str(local), "--quiet"], cwd=ROOT, check=True)
    assert rows(output) == rows(local)


def all_read(cluster: Cluster) -> bool:
    return all(map(is_reading, cluster.workers))


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    before = dict(os.environ)
    os.environ.update(HERE)
    with open_session("local[1]", progress=False) as session:
        yield session
    os.environ.clear()
    os.environ.update(before)


@SPARK
def test_keys_are_those_of_the_local_run(spark: SparkSession, tmp_path: Path) -> None:
    for name in ("x/một/a.txt", "x/b 1.md", "y [1]/c.HTM", "y [1]/d.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PLAN, "utf-8")
    assert sorted(find_documents(spark, f"{tmp_path}/x/").paths) == ["b 1.md", "một/a.txt"]
    assert sorted(find_documents(spark, f"{tmp_path}/y [1]").paths) == ["c.HTM"]
    assert sorted(find_documents(spark, f"{tmp_path}/x/b 1.md").paths) == ["b 1.md"]
    assert sorted(find_documents(spark, f"{tmp_path}/?*").paths) == ["b 1.md", "c.HTM", "một/a.txt"]
    assert sorted(find_documents(spark, tmp_path.as_uri() + "/x/*.md").paths) == ["b 1.md"]


@SPARK
def test_a_node_with_other_grammars_reads_nothing() -> None:
    from extractor.cluster.reading import Reading, read_documents

    with pytest.raises(ClusterError, match="another version of vnplan, of the grammars or of the model"):
        next(read_documents([], Reading(Settings(tagger="rules"), "another", {}, lines=False)))


@SPARK
def test_what_cannot_be_found_is_said(spark: SparkSession, tmp_path: Path) -> None:
    for name in ("x/a.txt", "y/a.txt", "none/a.csv"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(PLAN, "utf-8")
    with pytest.raises(InputError, match="there is no such file"):
        find_documents(spark, f"{tmp_path}/nowhere")
    with pytest.raises(InputError, match="there is no PDF, Word, HTML or text file"):
        find_documents(spark, f"{tmp_path}/none")
    with pytest.raises(InputError, match=r"would both be a\.txt; name the folder that holds both"):
        find_documents(spark, f"{tmp_path}/[xy]")
    gone, there = (why_unread(spark, f"file:{tmp_path}/{name}", name, Limits()) for name in ("gone.txt", "x/a.txt"))
    assert (gone.kind, there.kind) == ("missing", "unreadable")


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        ("file:/kế hoạch/a b.txt", "a b.txt", "in/a b.txt"),
        ("file:/kế hoạch/một/50%.pdf", "một/50%.pdf", "in/một/50%.pdf"),
        ("s3a://kho/2025/x.doc", "x.doc", "s3a://kho/2025/x.doc"),
    ],
)
def test_the_key_is_the_path_within_what_was_named(path: str, key: str, place: str) -> None:
    roots = {"file:/kế hoạch": "in", "s3a://kho/2025/x.doc": "s3a://kho/2025/x.doc"}
    assert place_of(path, roots) == (key, place)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--master", "local[2]"), "it is for --engine spark"),
        (("--engine", "spark"), "--engine spark needs a folder: -o OUT"),
        (("--engine", "spark", "-o", "out", "-"), "reads one folder, file or glob"),
        (("--engine", "spark", "-o", "out", "--resume", "--jobs", "2"), "--jobs, --resume: only --engine local"),
        (("--engine", "spark", "-o", "out", "--format", "csv,xlsx"), "a cluster does not write csv, xlsx"),
    ],
)
def test_wrong_usage(tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    result = subprocess.run([*VNPLAN, str(tmp_path), *options], capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())


def test_a_missing_java_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr("extractor.cluster.session.find_spec", lambda name: name)
    assert missing() == "Spark needs Java 17 or later, and here is none: install it, or set JAVA_HOME."
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    assert "here is Java 11" in str(missing())


def test_a_missing_pyspark_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.cluster.session.find_spec", lambda name: None)
    assert missing() == "PySpark is not installed: pip install 'vnplan[spark]'."
