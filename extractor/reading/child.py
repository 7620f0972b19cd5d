"""Reading in a child process, which can be killed: no file can hang its reader or take all memory.

``Child`` is the parent's side; ``python -m extractor.reading.child`` is the child. Both speak pickles over pipes. Of a
PDF the pages come one by one, so that what was read before the child was killed is kept.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Timer
from typing import TYPE_CHECKING, Any, Final, Literal

from extractor.errors import FailureKind, InputError
from extractor.reading.document import Document, Limits
from extractor.reading.files import document_of, is_pdf, is_plain_text, read_bytes
from extractor.reading.process import die_with_parent, limit_memory

if TYPE_CHECKING:
    from extractor.reading.pages.assembly import Page

GRACE: Final = 5.0
"""Seconds beyond its limit in which a reader may stop by itself and hand over what it has."""

Answer = tuple[Literal["count", "page", "end", "document", "refused", "memory", "broken"], Any]


class Child:
    """Reads documents in a process of its own, started for the first that needs it and again after a breakdown."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *error: object) -> None:
        self._kill()

    def read(self, data: bytes, name: str, limits: Limits) -> Document:
        """The document in ``data`` as ``read_bytes`` gives it; plain text is read here, for it can do no harm.

        Raises InputError as ``read_bytes`` does, and when the limits end the reading before there is anything.
        """
        if len(data) > limits.bytes or is_plain_text(data):
            return read_bytes(data, name, limits)
        pages: list[Page] = []
        count = 0
        process = self._started()
        late = Event()

        def expire() -> None:
            late.set()
            self._kill()

        timer = Timer(limits.seconds + GRACE, expire)
        timer.start()
        try:
            assert process.stdin is not None
            pickle.dump((data, name, limits), process.stdin)
            process.stdin.flush()
            for kind, value in _answers(process):
                if kind == "count":
                    count = value
                elif kind == "page":
                    pages.append(value)
                elif kind == "document":
                    return value  # type: ignore[no-any-return]
                elif kind == "refused":
                    raise InputError(*value)
                elif kind == "end":
                    return _document(pages, count, data, name, limits)
                else:
                    return _document(pages, count, data, name, limits, *_reason(kind, value, limits))
        except (BrokenPipeError, EOFError, pickle.UnpicklingError):
            pass  # the child is gone
        except InputError:
            raise
        except BaseException:  # what it has still to say must not be taken for its word on the next document
            self._kill()
            raise
        finally:
            timer.cancel()
        self._kill()
        return _document(pages, count, data, name, limits, *_reason("late" if late.is_set() else "died", "", limits))

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "extractor.reading.child", str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what failed comes as an answer; a traceback is for nobody
                start_new_session=True,  # converters that it starts are killed with it
            )
        return self._process

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _answers(process: subprocess.Popen[bytes]) -> Iterator[Answer]:
    assert process.stdout is not None
    while True:
        yield pickle.load(process.stdout)


def _reason(answer: str, said: str, limits: Limits) -> tuple[str, FailureKind]:
    megabytes = f"{limits.memory / 1024**2:.0f} MB"
    if answer == "late":
        return f"it takes longer than {limits.seconds:g} s (--time-limit)", "time-limit"
    if answer == "memory":
        return f"it takes more than {megabytes} of memory (--memory-limit)", "memory-limit"
    if answer == "died":
        return f"its reader broke down, as it does at the limit of {megabytes} (--memory-limit)", "memory-limit"
    return f"its reader failed ({said})", "unforeseen"


def _document(
    pages: list[Page],
    count: int,
    data: bytes,
    name: str,
    limits: Limits,
    reason: str = "",
    kind: FailureKind = "damaged",
) -> Document:
    """What the pages say that came before ``reason`` ended the reading. Raises InputError when there are none."""
    if reason and not pages:
        raise InputError(f"{name} cannot be read: {reason}.", kind)
    from extractor.reading.pdf import reading_of

    return document_of(reading_of(pages, count, name, limits, reason), data, name)


def serve() -> None:
    """The child: reads one document after the other until the parent closes the pipe."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not come between the answers
    while True:
        try:
            data, name, limits = pickle.load(requests)
        except EOFError:
            return
        limit_memory(limits.memory)
        for answer in _read(data, name, limits):
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _read(data: bytes, name: str, limits: Limits) -> Iterator[Answer]:
    try:
        if is_pdf(data):
            from extractor.reading.pdf import read_pages

            for found in read_pages(data, name, limits):
                yield ("count", found) if isinstance(found, int) else ("page", found)
            yield "end", None
        else:
            yield "document", read_bytes(data, name, limits)
    except InputError as error:
        yield "refused", (str(error), error.kind)
    except MemoryError:
        yield "memory", ""
    except Exception as error:
        yield "broken", f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    die_with_parent(int(sys.argv[1]))
    serve()
