"""``make scale``: batches against the size of the corpus, on this machine and on Spark, and what a million would take.

The plans are those of tests/varied.py. What is compared is measured in one run, in turns; memory is looked at in /proc.
Prints the tables of docs/scale.md.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor import Extractor
from tests.varied import write_plans
from tests.watched import Failed, Run, run

VNPLAN = str(Path(sys.executable).parent / "vnplan")
SAMPLE = 2000
"""Plans that the bare extraction reads at most."""
SMALL = 1000
"""Up to so many plans, each way is measured ``TURNS`` times, in turns, and the best is taken."""
TURNS = 2
FORMATS = ("jsonl", "parquet", "csv", "duckdb")
MILLION = 1_000_000
NODES = (10, 100)
CORES = 16
"""Of a node: an assumption, as are the next three."""
STARTING = 60.0
"""Seconds until a cluster works: nodes are given, the archive of vnplan is unpacked, executors start."""
SLOWEST = 2.0
"""How many times as long as a usual one the last task takes: slow nodes, long documents."""
TASK = 100
"""Plans that one core of a cluster is given at a time."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one size of corpus gave; times in seconds."""

    count: int
    megabytes: float
    """Of the plans' texts."""
    bare: Run
    """One process that reads texts in memory, one after the other; from a sample."""
    one: Run
    two: Run
    resumed: Run
    formats: Sequence[tuple[str, float, float]]
    """Format, seconds, megabytes."""
    disk: Sequence[tuple[str, float]]
    """What, megabytes."""
    spark: Run | str
    """Or why there is none."""


def bare(files: Sequence[Path], tagger: str) -> Run:
    """What it takes to get from the texts of these files to their plans' JSON, by one extractor in memory."""
    step = max(1, len(files) // SAMPLE)
    texts = [file.read_text("utf-8") for file in files[::step]]
    extractor = Extractor(tagger=tagger)
    extractor.extract(texts[0])
    begun, before = time.perf_counter(), time.process_time()
    for text in texts:
        extractor.extract(text).to_json()
    share = len(files) / len(texts)
    return Run((time.perf_counter() - begun) * share, (time.process_time() - before) * share, ())


def extract(folder: Path, output: Path, tagger: str, *options: str) -> Run:
    """``vnplan extract`` of a folder."""
    done = run([VNPLAN, "extract", str(folder), "-o", str(output), "--tagger", tagger, "--quiet", *options])
    print(f"{done.seconds:8.1f} s {folder} {' '.join(options)}", file=sys.stderr)  # long runs show that they live
    return done


def measure(count: int, tagger: str, place: Path) -> Measured:
    """Makes so many plans in ``place``, reads them in every way and removes them."""
    folder, output = place / "plans", place / "out"
    write_plans(folder, count)
    files = sorted(folder.rglob("*.txt"))
    bares, ones, twos = [], [], []
    for _ in range(TURNS if count <= SMALL else 1):
        bares.append(bare(files, tagger))
        shutil.rmtree(output, ignore_errors=True)
        ones.append(extract(folder, output, tagger, "--jobs", "1"))
        shutil.rmtree(output)
        twos.append(extract(folder, output, tagger, "--jobs", "2"))
    resumed = extract(folder, output, tagger, "--jobs", "2", "--resume")
    disk = [
        ("the texts", size(files)),
        ("JSON, one file a plan", size(output.glob("*/*.json"))),
        ("the store", size((output / ".vnplan").iterdir())),
    ]
    formats = []
    for name in FORMATS:
        seconds = extract(folder, output, tagger, "--jobs", "2", "--resume", "--format", name).seconds
        made = [path for path in output.glob(f"*{name}*/**/*") if path.is_file()] or output.glob(f"plans.{name}")
        formats.append((name, seconds, size(made)))
    measured = Measured(
        count,
        size(files),
        best(bares),
        best(ones),
        best(twos),
        resumed,
        formats,
        disk,
        on_spark(folder, place / "spark", tagger),
    )
    shutil.rmtree(place)
    return measured


def on_spark(folder: Path, output: Path, tagger: str) -> Run | str:
    """The same on Spark with two cores of this machine; or why there is none."""
    try:
        import pyspark  # noqa: F401

        return extract(folder, output, tagger, "--engine", "spark", "--master", "local[2]")
    except ImportError:
        return "pyspark is not installed"
    except Failed as error:
        return str(error)


def best(runs: Sequence[Run]) -> Run:
    """The shortest."""
    return min(runs, key=lambda one: one.seconds)


def size(files: Iterable[Path]) -> float:
    """Megabytes of files, as long as they say they are."""
    return sum(file.stat().st_size for file in files) / 1e6


def loading(tagger: str, place: Path) -> tuple[Run, Run | str]:
    """Two plans with one job, and on Spark: little but the start of processes."""
    write_plans(place / "plans", 2)
    runs = [extract(place / "plans", place / str(turn), tagger, "--jobs", "1") for turn in range(3)]
    spark = on_spark(place / "plans", place / "spark", tagger)
    shutil.rmtree(place)
    return best(runs), spark


def table(title: str, headings: str, rows: Iterable[Sequence[object]]) -> None:
    """Prints rows as a table of Markdown."""
    print(f"\n{title}\n\n| {headings} |\n|{'---|' * (headings.count('|') + 1)}")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def report(all_measured: Sequence[Measured], load: Run) -> None:
    """Prints all tables but the last."""
    table(
        f"Speed (a batch of two plans takes {load.seconds:.1f} s: the start of the main process and one worker)",
        "plans | way | s | docs/s | MB/s | 2 jobs / 1 job | over bare extraction | without the start | in processor time",
        [row for one in all_measured for row in speed_rows(one, load)],
    )
    table(
        "Memory, MB: the peak, and the peaks of the first and the last quarter of the run",
        "plans | way | main process | first | last | largest worker | first | last",
        [
            (f"{one.count:,}", way, *memory(taken, "main"), *memory(taken, "largest"))
            for one in all_measured
            for way, taken in (("1 job", one.one), ("2 jobs", one.two), ("Spark", one.spark))
            if isinstance(taken, Run)
        ],
    )
    table(
        "What comes after: seconds (2 jobs)",
        f"plans | resume, all known | {' | '.join(FORMATS)}",
        [
            (f"{one.count:,}", f"{one.resumed.seconds:.1f}", *(f"{seconds:.1f}" for _, seconds, _ in one.formats))
            for one in all_measured
        ],
    )
    table(
        "Disk, KB a plan",
        f"plans | {' | '.join(what for what, _ in all_measured[0].disk)} | {' | '.join(FORMATS)}",
        [
            (
                f"{one.count:,}",
                *(f"{megabytes * 1000 / one.count:.1f}" for _, megabytes in one.disk),
                *(f"{megabytes * 1000 / one.count:.1f}" for _, _, megabytes in one.formats),
            )
            for one in all_measured
        ],
    )


def speed_rows(one: Measured, load: Run) -> list[tuple[str, ...]]:
    """The rows of a size of corpus in the table of speeds."""
    ways = [("bare extraction, 1 core", one.bare.seconds), ("1 job", one.one.seconds), ("2 jobs", one.two.seconds)]
    further = {
        "1 job": (
            "",
            f"{one.one.seconds / one.bare.seconds - 1:+.0%}",
            f"{(one.one.seconds - load.seconds) / one.bare.seconds - 1:+.0%}",
            f"{(one.one.processor - load.processor) / one.bare.processor - 1:+.0%}",
        ),
        "2 jobs": (f"{one.one.seconds / one.two.seconds:.2f}", "", "", ""),
    }
    rows = [
        (
            f"{one.count:,}",
            way,
            f"{seconds:.1f}",
            f"{one.count / seconds:.1f}",
            f"{one.megabytes / seconds:.2f}",
            *further.get(way, [""] * 4),
        )
        for way, seconds in [*ways, *((("Spark, local[2]", one.spark.seconds),) if isinstance(one.spark, Run) else ())]
    ]
    if isinstance(one.spark, str):
        rows.append((f"{one.count:,}", f"Spark: {one.spark}", *[""] * 7))
    return rows


def memory(taken: Run, what: str) -> list[str]:
    """The peak of a run, of its first and of its last quarter."""
    return [f"{getattr(part, what):.0f}" for part in (taken, taken.quarter(0), taken.quarter(3))]


def forecast(one: Measured, load: Run, spark_load: Run | str) -> None:
    """Prints what a million plans would take, and how it comes by that."""
    rate = one.count / (one.one.seconds - load.seconds)
    kept = min(1.0, one.one.seconds / one.two.seconds / 2)
    doublings = CORES.bit_length() - 1
    core = rate * kept**doublings
    print(f"\nWhat {MILLION:,} plans would take, by the {one.count:,} of this run\n")
    print(f"- A core reads {rate:.1f} docs/s (1 job, without the start): alone it would take {hours(rate)}.")
    print(f"- Two cores of this machine read {one.count / one.two.seconds:.1f}: {hours(one.count / one.two.seconds)}.")
    print(f"- Each doubling of the cores of a node keeps {kept:.0%} of their speed (2 jobs / 1 job / 2).")
    print(f"- So each of {CORES} cores of a node reads {rate:.1f} × {kept:.3f}^{doublings} = {core:.1f} docs/s.")
    print(
        f"- T(nodes) = {STARTING:.0f} s + {MILLION:,} / (nodes × {CORES} × docs/s) + {SLOWEST:.0f} × {TASK} / docs/s:"
    )
    print(f"  start, work, and a last task of {TASK} plans that takes {SLOWEST:.0f} × as long as others.")
    rates = [("the batch", core)]
    if isinstance(one.spark, Run) and isinstance(spark_load, Run):
        work = max(one.spark.seconds - spark_load.seconds, 1.0)  # of a few plans this is no figure
        spark_core = one.count / work / 2 * kept ** (doublings - 1)
        rates.append(("Spark", spark_core))
        print(f"- By Spark's own run without its start of {spark_load.seconds:.0f} s it is {spark_core:.1f} docs/s.")
    table(
        "By these speeds, minutes:",
        f"docs/s of a core by | {' | '.join(f'{nodes} nodes' for nodes in NODES)}",
        [(way, *(f"{on_nodes(nodes, speed) / 60:.0f}" for nodes in NODES)) for way, speed in rates],
    )
    own = max(one.two.cpu - load.cpu, 0.01) / one.count
    print(
        f"\nThe main process of a batch takes {own * 1000:.2f} ms of processor time a plan (2 jobs): it would be busy"
    )
    print(f"at {1 / own:.0f} docs/s, with {1 / own / rate:.0f} workers of this speed.")


def hours(rate: float) -> str:
    """How long a million plans take at so many a second."""
    return f"{MILLION / rate / 3600:.1f} hours"


def on_nodes(nodes: int, speed: float) -> float:
    """Seconds for a million plans on so many nodes whose cores read ``speed`` plans a second."""
    return STARTING + MILLION / (nodes * CORES * speed) + SLOWEST * TASK / speed


def main() -> None:
    """Measures every size that is given, then prints all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--tagger", default="hybrid")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vnplan-scale-") as place:
        load, spark_load = loading(given.tagger, Path(place, "two"))
        all_measured = [measure(count, given.tagger, Path(place, str(count))) for count in given.counts]
    print(
        f"plans of tests/varied.py, mean {all_measured[-1].megabytes * 1000 / all_measured[-1].count:.1f} KB of UTF-8"
    )
    print(f"--tagger {given.tagger}")
    report(all_measured, load)
    forecast(all_measured[-1], load, spark_load)


if __name__ == "__main__":
    main()
