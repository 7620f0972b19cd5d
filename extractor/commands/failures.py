"""Failures told in a sentence on standard error; the traceback only for those who ask."""

from __future__ import annotations

import os
import traceback
from typing import Any

import typer
from typer.core import TyperGroup

from extractor.errors import VnplanError

FAILED = 1
SOME_FAILED = 3
INTERRUPTED = 130  # what a shell says of a process that Ctrl-C ended
BROKEN_PIPE = 141  # and of one that SIGPIPE ended
STANDARD_OUTPUT = 1


class CommandGroup(TyperGroup):
    """Commands whose failures end in a sentence and an exit code, never in a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; 1 when it failed; silent after Ctrl-C and when nobody reads its output."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _drop_output()
            raise typer.Exit(BROKEN_PIPE) from None
        except Exception as error:
            if isinstance(error, typer.Abort) or hasattr(error, "exit_code"):  # typer's own: usage, help, exit
                raise
            tell(error, debug=ctx.params["debug"])
            raise typer.Exit(FAILED) from None


def tell(error: Exception, *, debug: bool, subject: str = "") -> None:
    """Says on standard error what went wrong; ``subject`` is what was being read when something unforeseen did."""
    if debug:
        traceback.print_exception(error)
    if isinstance(error, VnplanError):
        message = str(error)
    elif isinstance(error, OSError):
        message = f"{error.filename or subject or 'standard output'}: {error.strerror or error}."
        _drop_output()
    else:
        where = f"{subject}: " if subject else ""
        advice = "This is a fault of vnplan: please report it with what `vnplan --debug` prints."
        message = f"{where}unforeseen {type(error).__name__}: {error}. {advice}"
    typer.echo(f"vnplan: {message}", err=True)


def _drop_output() -> None:
    """Sends what standard output could not take nowhere, or Python would try again when it leaves, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_OUTPUT)
