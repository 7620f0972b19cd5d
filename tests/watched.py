"""A command run to its end, and what its processes took meanwhile. Linux only: it looks into /proc.

``python -m tests.watched COMMAND …`` prints seconds and the peaks of memory, MB, by quarter of the run.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from tests.processes import children

EVERY = 0.5
"""Seconds from look to look."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Look:
    """What the first process and the largest other hold at one moment, megabytes, and the processor time of the first one until then."""

    main: float
    largest: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Run:
    """How a command went."""

    seconds: float
    processor: float
    """Seconds of processor time of all its processes."""
    looks: Sequence[Look]

    @property
    def cpu(self) -> float:
        """Processor seconds of the first process alone, up to the last look."""
        return max((look.cpu for look in self.looks), default=0.0)

    @property
    def main(self) -> float:
        """The most that the first process held, MB."""
        return max((look.main for look in self.looks), default=0.0)

    @property
    def largest(self) -> float:
        """The most that another process held, MB."""
        return max((look.largest for look in self.looks), default=0.0)

    def quarter(self, number: int) -> Run:
        """One of its four quarters."""
        length = len(self.looks) / 4
        looks = self.looks[int(number * length) : int((number + 1) * length)]
        return Run(self.seconds / 4, self.processor / 4, looks)


class Failed(Exception):
    """A command ended with another status than 0; says what it wrote last."""


def run(command: Sequence[str]) -> Run:
    """Runs a command and looks at its processes now and then. Raises Failed."""
    looks: list[Look] = []
    begun, before = time.perf_counter(), _of_children()
    with TemporaryFile("w+") as said, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said) as process:
        while process.poll() is None:
            try:
                process.wait(EVERY)
            except subprocess.TimeoutExpired:
                looks += _look(process.pid)
        seconds = time.perf_counter() - begun
        said.seek(0)
        last = said.read().strip().rpartition("\n")[2]
    if process.returncode:
        raise Failed(last)
    return Run(seconds, _of_children() - before, looks)


def _of_children() -> float:
    """Processor time of all processes below this one that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _look(main: int) -> Iterator[Look]:
    """What is to be seen now; nothing when the first process has just ended."""
    held = [_megabytes(pid) for pid in children(main)]
    try:
        fields = Path(f"/proc/{main}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return
    cpu = (int(fields[11]) + int(fields[12])) / TICKS
    yield Look(_megabytes(main), max(held, default=0.0), cpu)


def _megabytes(pid: int) -> float:
    """Resident memory of a process, with what it shares with others."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


def main() -> None:
    """Runs the command that is named, and prints what it took."""
    done = run(sys.argv[1:])
    quarters = [done.quarter(number) for number in range(4)]
    print(f"{done.seconds:.1f} s")
    print(f"first process: {', '.join(f'{quarter.main:.0f}' for quarter in quarters)} MB")
    print(f"largest other: {', '.join(f'{quarter.largest:.0f}' for quarter in quarters)} MB")


if __name__ == "__main__":
    main()
