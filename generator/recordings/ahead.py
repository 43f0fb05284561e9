"""Thousands of motion files, looked into by several processes, which leave in the cache what they find.

Each is `python -m synapt.generator.recordings.ahead UP`, gets its paths on standard input with zero bytes between, and writes a
byte for each file that it is through with. What is wrong with a file is found out, and told, by who asks for it afterwards.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from ..base.errors import UserError
from ..base.interpreter import die_with_parent, python
from ..base.machine import usable_cores
from .contents import contents
from .shelf import digest_of, is_known

FILES_EACH = 150
"""A process takes about as long to start as to look into so many files (a second)."""

_ONE_THREAD = dict.fromkeys(("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def look_ahead(paths: Sequence[Path], up: str, tell: Callable[[int, int, str], None]) -> None:
    """Have those files among `paths` that nobody has looked into yet looked into, if they are many.

    May be stopped at any moment: what was found is kept.
    """
    new = [path for path in paths if not is_known(path)]
    number = min(usable_cores(), len(new) // FILES_EACH)
    if number < 2:
        return
    reading, writing = os.pipe()
    children: list[subprocess.Popen[bytes]] = []
    try:
        try:
            for k in range(number):
                with tempfile.TemporaryFile() as listed:
                    listed.write(b"\0".join(bytes(path.absolute()) for path in new[k::number]))
                    listed.seek(0)
                    children.append(
                        subprocess.Popen(
                            python("-m", __name__, up),
                            env=os.environ | _ONE_THREAD,
                            stdin=listed,
                            stdout=writing,
                            stderr=subprocess.DEVNULL,
                        )
                    )
        finally:
            os.close(writing)
        done = 0
        while finished := os.read(reading, 4096):  # b"" when the last of them has ended, however it did
            done += len(finished)
            tell(done, len(new), "")
    finally:
        os.close(reading)
        for child in children:
            child.kill()
            child.wait()


def main() -> None:
    """Look into the files that standard input names."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    for path in sys.stdin.buffer.read().split(b"\0"):
        with suppress(UserError):
            contents(Path(os.fsdecode(path)), digest_of(Path(os.fsdecode(path))), sys.argv[1])
        os.write(1, b".")


if __name__ == "__main__":
    main()
