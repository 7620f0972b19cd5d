"""Grammars as they were parsed and compiled the last time, kept between runs.

Reading the YAML and compiling the regular expressions costs twenty times what reading a plan does. What comes out is
kept in the user's cache folder under the hash of the grammar and the version of Python; it is made anew whenever
anything is missing, and nothing depends on it but the time of the first plan.
"""

from __future__ import annotations

import atexit
import contextlib
import marshal
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

try:  # what ``re.compile`` does in two steps: the slow one to a list of numbers, the quick one from it
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]
except ImportError:  # another Python: compile every time
    _sre = None

_VERSION: Final = f"{sys.implementation.cache_tag}-{sys.hexversion:x}-2"


def cache_folder() -> Path:
    """Where this user's programs keep what can be made anew."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "vnplan"


class Cache:
    """Parsed sheets by name and compiled patterns by their source, of one grammar."""

    def __init__(self, key: str) -> None:
        """``key`` is the hash of all files of the grammar."""
        self._file: Path | None = None
        self._kept: dict[str, Any] = {}
        self._new = False
        with contextlib.suppress(OSError, RuntimeError, ValueError, EOFError, TypeError):
            self._file = cache_folder() / f"grammar-{key}-{_VERSION}.bin"
            self._kept = marshal.loads(self._file.read_bytes())
        atexit.register(self.save)

    def sheet(self, name: str) -> Any:
        """The parsed sheet of a file, or ``None``."""
        return self._kept.get("sheet " + name)

    def keep_sheet(self, name: str, sheet: Any) -> None:
        """Remembers the parsed sheet of a file."""
        self._kept["sheet " + name] = sheet
        self._new = True

    def compile(self, key: str, source: Callable[[], str]) -> re.Pattern[str]:
        """The pattern that is kept under a key, or that ``source`` gives. Raises ``re.error``."""
        kept = self._kept.get("pattern " + key)
        if kept is None:
            kept = _compiled(source())
            self._kept["pattern " + key] = kept
            self._new = True
        if _sre is None:
            return re.compile(kept[0])
        pattern: re.Pattern[str] = _sre.compile(*kept)
        return pattern

    def save(self) -> None:
        """Writes what is new, whole or not at all; a folder that cannot be written is no fault."""
        if not self._new or self._file is None:
            return
        self._new = False
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._file.parent)
            with os.fdopen(handle, "wb") as file:
                marshal.dump(self._kept, file)
            Path(temporary).replace(self._file)


def _compiled(source: str) -> tuple[Any, ...]:
    """What ``_sre.compile`` takes, in types that ``marshal`` knows."""
    if _sre is None:
        return (source,)
    parsed = _parser.parse(source, 0)
    names: dict[str, int] = parsed.state.groupdict
    by_index: list[str | None] = [None] * parsed.state.groups
    for name, index in names.items():
        by_index[index] = name
    code = list(map(int, _compiler._code(parsed, 0)))
    return source, int(parsed.state.flags), code, parsed.state.groups - 1, dict(names), tuple(by_index)
