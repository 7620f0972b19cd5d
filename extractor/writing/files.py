"""Files that appear whole or not at all, and standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from extractor.errors import OutputError


def write_text(path: Path, text: str) -> None:
    """Put ``text`` as UTF-8 into ``path``, making its folder; a reader sees the old file or the new one, whole.

    Raises OutputError when the folder or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="") as device:  # /dev/stdout, a pipe; a folder raises
                device.write(text)
        else:
            _replace(path, text.encode("utf-8"))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}. Choose another place.") from None


def print_text(text: str) -> None:
    """Put ``text`` as UTF-8 on standard output, all of it, whatever the locale says.

    Raises OutputError when it is closed, OSError when it takes no more, as BrokenPipeError when its reader has gone.
    """
    if sys.stdout is None:
        raise OutputError("standard output is closed. Name a file with -o.")
    rest = memoryview(text.encode("utf-8"))
    while rest:  # under PYTHONUNBUFFERED this is a raw file, which may take less than it is given
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def _replace(path: Path, data: bytes) -> None:
    target = path.resolve()  # a link stays a link
    draft = target.with_name(f".vnplan-{os.urandom(8).hex()}.tmp")  # the same folder, so that the move is one step
    try:
        with draft.open("xb") as file:
            file.write(data)
        draft.replace(target)
    except BaseException:  # Ctrl-C too leaves nothing behind
        draft.unlink(missing_ok=True)
        raise
