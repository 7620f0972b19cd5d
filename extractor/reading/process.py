"""What a process does so that it can be stopped: it takes no more memory than it may, and dies with its parent."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux


def limit_memory(limit: int | None) -> None:
    """Lets the process, and each that it starts, have so many bytes, or what it will; only Unix knows such a limit."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if limit is None or (hard != resource.RLIM_INFINITY and limit > hard):
        limit = hard
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


@contextmanager
def more_memory(limit: int) -> Iterator[None]:
    """Lets the process take so many bytes more than it has, in the block, where the system tells what it has."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        yield
        return
    in_use = next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmData:"))
    limit_memory(in_use + limit)
    try:
        yield
    finally:
        limit_memory(None)


def die_with_parent(parent: int) -> None:
    """Has Linux kill this process when ``parent`` (its process id) is gone, whatever it is doing then.

    Elsewhere a child leaves when it next reads from its parent.
    """
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it went before the order was given
        os.kill(os.getpid(), signal.SIGKILL)
