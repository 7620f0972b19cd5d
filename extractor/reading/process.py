"""What a process does so that it can be stopped: it takes no more memory than it may, and dies with its parent."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Final

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux


def limit_memory(limit: int) -> None:
    """Lets the process, and each that it starts, have so many bytes; only Unix knows such a limit."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def memory_in_use() -> int:
    """The bytes that count for ``limit_memory`` now; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmData:")), 0)


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
