"""One process at a time in a folder that is written into for long."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import UserError
from .files import readable_refusal


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold `folder` (made if need be) for the block; the kernel lets go however the process ends, and nothing is left there.

    UserError when another process holds it, or it cannot be made. A file system that knows no locks holds nobody up.
    """
    with readable_refusal(folder):
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError(f"another command is writing into {folder}: wait until it has ended, or give another --out") from None
        except OSError:  # as NFS may say of a folder
            pass
        yield
    finally:
        os.close(handle)
