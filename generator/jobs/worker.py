"""A worker process: takes tasks from its parent, makes the clips, writes them, and reports.

Started as `python -m synapt.generator.jobs.worker FD PARENT`; FD is its end of a socket pair. A fresh
interpreter, never a fork: Blender hangs in a forked child.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..base.alive import listen, sign
from ..base.errors import OutOfReach, UserError
from ..base.interpreter import die_with_parent
from ..base.named import Dotted, load
from ..base.reasons import reason_of, words_for_author
from ..dataset import Settings

Setup = tuple[Path, Settings, tuple[str, ...], str, tuple[int, ...]]
"""Dataset folder, settings, dense labels, maker, cores to run on (empty: all)."""


def serve(pipe: Connection) -> None:
    """Answer tasks: ("done", row, bytes held), ("failed", one line, traceback, whether it may pass) or ("refused", one line);
    before that, ("alive", what it does, bytes held), twice a second at most.

    A clip that cannot be made is one thing, a disk that refuses it another: that ends the whole render.
    """
    root, settings, dense, maker_name, cores = pipe.recv()
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)
    from ..dataset import write_clip

    listen(_Signs(pipe))
    maker = None
    while (task := pipe.recv()) is not None:
        try:
            maker = maker or load("maker", Dotted(maker_name))
            clip = maker(root, settings, task.source or task.action, task.index, dense)
        except MemoryError:
            raise  # ends this process: the next one starts clean
        except OutOfReach as error:
            pipe.send(("refused", reason_of(error)))
            continue
        except Exception as error:
            pipe.send(("failed", words_for_author(error), traceback.format_exc(), may_pass(error)))
            continue
        sign("writing")
        try:
            pipe.send(("done", write_clip(root, clip, task.class_id), memory_held()))
        except (UserError, OutOfReach) as error:
            pipe.send(("refused", reason_of(error)))


_PASSING = (
    errno.EIO,
    errno.ESTALE,
    errno.ETIMEDOUT,
    errno.ENETDOWN,
    errno.ENETUNREACH,
    errno.EHOSTDOWN,
    errno.ENOTCONN,
    errno.EAGAIN,
)
"""What a disk in a network says when it is gone for a moment."""


def may_pass(error: BaseException | None) -> bool:
    """Whether something failed for a reason that may be over when it is tried again."""
    while error is not None:
        if isinstance(error, ConnectionError | TimeoutError) or (isinstance(error, OSError) and error.errno in _PASSING):
            return True
        error = error.__cause__
    return False


class _Signs:
    """Passes signs of life on to the parent."""

    EVERY_S = 0.5

    def __init__(self, pipe: Connection) -> None:
        self.pipe, self.next_s = pipe, 0.0

    def __call__(self, doing: str) -> None:
        now_s = time.monotonic()
        if now_s >= self.next_s:
            self.next_s = now_s + self.EVERY_S
            self.pipe.send(("alive", doing, memory_held()))


def memory_held() -> int:
    """Resident bytes of this process."""
    import psutil

    return int(psutil.Process().memory_info().rss)


def _clean_up() -> None:
    blender: Any = sys.modules.get("synapt.generator.render.blender.surroundings")
    if blender is not None:
        blender.clean_up()


def main() -> None:
    """Serve until told to stop or the parent is gone, and end without finalisation, where Blender hangs."""
    parent = int(sys.argv[2])
    die_with_parent()
    if os.getppid() != parent:
        os._exit(0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    code = 0
    try:
        serve(Connection(int(sys.argv[1])))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass
    except BaseException:
        traceback.print_exc()
        code = 70
    finally:
        _clean_up()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
