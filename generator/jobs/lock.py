"""One render per dataset folder at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..base.errors import UserError
from ..base.files import readable_refusal


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the dataset at `root` (created if need be); the kernel lets go however the process ends.

    Raises UserError when another process holds it or the folder cannot be written.
    """
    path = root / ".lock"
    with readable_refusal(root):
        root.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError(f"{root} is being rendered into already: wait for that, or give another --out") from None
        yield
