"""How a batch goes, on standard error: a bar at a terminal, a line now and then elsewhere, or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Final, Protocol, TextIO

import typer

from extractor.batch.outputs import Watcher
from extractor.batch.work import Outcome

LINES_OF_FAILURES: Final = 20
"""Failures that are told as they happen; all are in failures.jsonl."""
SECONDS_BETWEEN_LINES: Final = 10.0


class Display(Watcher, Protocol):
    """A watcher that is shown for as long as its block lasts."""

    def __enter__(self) -> Display:
        """Begins to show."""

    def __exit__(self, *error: object) -> None:
        """Ends."""


def display(stream: TextIO, *, quiet: bool, debug: bool) -> Display:
    """The display that fits where standard error goes."""
    if not quiet and stream.isatty():
        return Bar(debug=debug)
    return Lines(quiet=quiet, debug=debug)


class Teller:
    """Tells failures, the first of them."""

    def __init__(self, say: Callable[[str], None], *, debug: bool) -> None:
        self.failures = 0
        self._say = say
        self._debug = debug

    def tell(self, outcome: Outcome | None) -> None:
        """Says why a document has no plan."""
        if outcome is None or outcome.failure is None:
            return
        self.failures += 1
        if self._debug and outcome.traceback:
            self._say(outcome.traceback)
        if self.failures <= LINES_OF_FAILURES:
            message = outcome.failure.message
            self._say(f"vnplan: {message}" if outcome.key in message else f"vnplan: {outcome.key}: {message}")
        elif self.failures == LINES_OF_FAILURES + 1:
            self._say("vnplan: more documents fail; failures.jsonl will name them all.")


class Lines:
    """A line every ten seconds: what is done, how many a second, how many failed, how long it will still take."""

    def __init__(self, *, quiet: bool, debug: bool) -> None:
        self._quiet = quiet
        self._teller = Teller(partial(typer.echo, err=True), debug=debug)
        self._doing, self._count, self._done = "", 0, 0
        self._begun = self._said = time.monotonic()

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *error: object) -> None:
        return

    def begin(self, doing: str, count: int) -> None:
        """A step begins."""
        self._doing, self._count, self._done = doing, count, 0
        self._begun = self._said = time.monotonic()

    def advance(self, outcome: Outcome | None = None) -> None:
        """Counts, and says how it goes when it is time to."""
        self._done += 1
        self._teller.tell(outcome)
        now = time.monotonic()
        if not self._quiet and now - self._said >= SECONDS_BETWEEN_LINES:
            self._said = now
            rate = self._done / (now - self._begun)
            left = (self._count - self._done) / rate
            failed = f", {self._teller.failures} failed" if self._teller.failures else ""
            said = f"{self._doing}: {self._done} of {self._count}, {rate:.1f}/s{failed}, {_clock(left)} left"
            typer.echo(said, err=True)


class Bar:
    """A bar for each step, with rate, failures and the time left."""

    def __init__(self, *, debug: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description:>9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TextColumn("[red]{task.fields[failed]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        say = partial(self._progress.console.print, markup=False, highlight=False, soft_wrap=True)
        self._teller = Teller(say, debug=debug)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def begin(self, doing: str, count: int) -> None:
        """A step begins: a bar of its own."""
        self._task = self._progress.add_task(doing, total=count, rate="", failed="")

    def advance(self, outcome: Outcome | None = None) -> None:
        """Moves the bar."""
        self._teller.tell(outcome)
        speed = self._progress.tasks[self._task].speed
        self._progress.update(
            self._task,
            advance=1,
            rate=f"{speed:.1f}/s" if speed else "",
            failed=f"{self._teller.failures} failed" if self._teller.failures else "",
        )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
