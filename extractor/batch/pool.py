"""Workers side by side: each can be killed, by a limit or by anybody, and only its own document is tried again.

Each worker is a pebble pool of one process, so that no two share a pipe or a lock: a worker that is killed at the
worst moment can spoil nothing but its own pool, which is thrown away.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, TimeoutError, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from threading import Thread
from typing import Final, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from extractor.batch.work import Settings
from extractor.batch.worker import start

Given = TypeVar("Given")
Got = TypeVar("Got")

AHEAD: Final = 2
"""Calls that a worker has: the one that it works on and the next, so that it never waits for us."""
TRIES: Final = 2
"""How often a call may take its worker down with it."""
LAST_WAIT: Final = 5.0
"""Seconds in which workers end that were told to; pebble kills them after three."""


@dataclass(slots=True)
class Call(Generic[Given]):
    """One thing to do, and how often a worker has died over it."""

    given: Given
    deaths: int = 0


class WorkerDied(Exception):
    """A worker died over one call, more than once: it was killed, or ran out of memory."""


class Workers:
    """So many processes that each have loaded the extractor. Leaving the block ends them, whatever they do."""

    def __init__(self, count: int, settings: Settings) -> None:
        self._count = count
        self._settings = settings
        self._pools: list[ProcessPool] = []

    def __enter__(self) -> Workers:
        self._pools = [self._new() for _ in range(self._count)]
        return self

    def __exit__(self, *error: object) -> None:
        endings = [_end(pool) for pool in self._pools]
        for ending in endings:
            ending.join(LAST_WAIT)

    def do(
        self, work: Callable[[Given], Got], all_given: Iterable[Given], seconds: float | None = None
    ) -> Iterator[tuple[Given, Got | Exception]]:
        """``work`` done for each that is given, in the order in which they are done.

        An exception stands for what it raised; TimeoutError for a call longer than ``seconds``; WorkerDied for one over
        which workers die. ``all_given`` is drawn from as there are hands for it.
        """
        calls = (Call(given) for given in all_given)
        again: list[Call[Given]] = []
        waiting: dict[Future[Got], tuple[int, Call[Given]]] = {}

        def give(number: int, most: int = AHEAD) -> None:
            while sum(slot == number for slot, _ in waiting.values()) < most:
                call = again.pop() if again else next(calls, None)
                if call is None:
                    return
                waiting[self._schedule(number, work, call.given, seconds)] = number, call

        for most in range(1, AHEAD + 1):  # each one first: there may be no more of them than workers
            for number in range(len(self._pools)):
                give(number, most)
        while waiting:
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                if future not in waiting:  # of a pool thrown away a moment ago
                    continue
                number, call = waiting.pop(future)
                error = None if future.cancelled() else future.exception()
                if isinstance(error, TimeoutError | ProcessExpired | BrokenExecutor) or future.cancelled():
                    left = [one for one, (slot, _) in waiting.items() if slot == number]
                    again += [waiting.pop(one)[1] for one in left]
                    self._renew(number)
                    if not isinstance(error, TimeoutError):
                        call.deaths += 1
                        error = WorkerDied()
                    if isinstance(error, TimeoutError) or call.deaths == TRIES:
                        yield call.given, error
                    else:
                        again.append(call)
                elif isinstance(error, Exception):
                    yield call.given, error
                elif error is not None:
                    raise error
                else:
                    yield call.given, future.result()
                give(number)

    def _schedule(self, number: int, work: Callable[[Given], Got], given: Given, seconds: float | None) -> Future[Got]:
        with _interrupts_held():
            try:
                return self._pools[number].schedule(work, args=(given,), timeout=seconds)
            except RuntimeError:  # its worker was killed while it had nothing to do
                self._renew(number)
                return self._pools[number].schedule(work, args=(given,), timeout=seconds)

    def _renew(self, number: int) -> None:
        _end(self._pools[number])
        self._pools[number] = self._new()

    def _new(self) -> ProcessPool:
        context = multiprocessing.get_context("spawn")  # a forked copy of a process with threads may hang
        return ProcessPool(1, initializer=start, initargs=(self._settings, os.getpid()), context=context)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Has Ctrl-C wait: a worker that starts meanwhile never hears it, not even while it loads."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # Python's own helper, whose start lets signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(pool: ProcessPool) -> Thread:
    """Ends a pool and its worker, aside: its threads may wait on a broken pipe for ever."""

    def end() -> None:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()

    ending = Thread(target=end, daemon=True)
    ending.start()
    return ending
