"""How a command ends when it can't go on: one line on standard error and an exit code; a traceback is for faults of ours."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import NoReturn

import click

from .cache import cache_dir
from .console import say
from .errors import OutOfReach, UserError, began_with_interrupt

NO_MEMORY = "there was not enough memory for it: allow this process more (ulimit -v), or ask for less at once"

STOPPED = "stopped; nothing is half-written, the same command goes on"


def run(command: click.Command) -> None:
    """Run `synapt` with the words it was called with. Exit code 2 for what a user can put right, 130 after Ctrl-C."""
    _open_streams()
    try:
        try:
            command.main(prog_name="synapt", standalone_mode=False)
        finally:
            sys.stdout.flush()  # here, not at the very end, where nobody could say that it doesn't fit
    except (UserError, OutOfReach) as error:
        fail(str(error), 2)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        fail(f"{error.format_message()} (see `{context.command_path if context else 'synapt'} --help`)", 2)
    except (click.Abort, KeyboardInterrupt):
        fail(STOPPED, 130)
    except BrokenPipeError:  # `synapt actions | head`
        _drop_output()
        sys.exit(0)
    except Exception as error:  # Ctrl-C in the middle of an import, too, comes out as another error
        if began_with_interrupt(error):
            fail(STOPPED, 130)
        if "no locator available" in str(error):  # numba's words, at the import of any compiled function
            fail(_unwritable_cache(), 2)
        if _lacks_memory(error):
            fail(NO_MEMORY, 2)
        if isinstance(error, OSError):
            _drop_output()
            fail(_refusal(error), 2)
        raise


def _open_streams() -> None:
    """Let names that no encoding knows be printed, escaped, and see to it that no file of ours takes a closed stream's number.

    A closed standard output is refused: a verb's answer would go nowhere.
    """
    for number in (0, 2):
        try:
            os.fstat(number)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8")
    if sys.stdout is None:
        fail("standard output is closed: leave it open, or send it elsewhere (> /dev/null)", 2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _lacks_memory(error: BaseException | None) -> bool:
    """Whether an error, or what it came of, is the system's refusal of memory or of a thread, in whatever library's words."""
    while error is not None:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        if isinstance(error, ImportError | RuntimeError | OSError) and any(words in str(error) for words in _REFUSED_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False


_REFUSED_MEMORY = (
    "failed to map segment", "annot allocate memory", "can't start new thread", "can't allocate memory", "out of memory",
    "nable to allocate", "bad_alloc", "Resource temporarily unavailable",
)  # fmt: skip


def fail(message: str, code: int) -> NoReturn:
    """Say why in one line, and end."""
    say("synapt: " + " ".join(message.split()), err=True)
    sys.exit(code)


def _unwritable_cache() -> str:
    try:
        return f"cannot write to the cache folder {cache_dir()}: set SYNAPT_CACHE to a folder that you may write to"
    except UserError as error:  # nobody can say where it should be
        return str(error)


_CURES = {
    errno.ENOSPC: "free space there",
    errno.EDQUOT: "free space there",
    errno.EROFS: "choose a folder that can be written",
    errno.EMFILE: "raise the limit on open files (ulimit -n)",
    errno.EIO: "see whether the disk is all right",
}


def _refusal(error: OSError) -> str:
    """What the operating system said no to, as a line that says what to do."""
    said = os.strerror(error.errno) if error.errno else str(error)
    what = " and ".join(str(name) for name in (error.filename, error.filename2) if name is not None) or "the output"
    cure = _CURES.get(error.errno or 0, "see whether it is there, and yours to read and write")
    return f"{what}: {said}; {cure}, then run the same command again"


def _drop_output() -> None:
    """Send what is still to be printed nowhere: nobody reads it, or it does not fit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
