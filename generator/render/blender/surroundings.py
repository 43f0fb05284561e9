"""What a process that renders with Blender is surrounded by: a folder of its own for files, and no variable that meddles."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ...base.scratch import Scratch

MEMORY = Path("/dev/shm")
"""Files here lie in memory; in a container there is often little of it."""

ROOMY_BYTES = 64 << 20
"""So much has to be free there: the largest frame, for some workers."""

MEDDLING = (
    "BLENDER_", "CYCLES_", "EMBREE_", "MATERIALX_", "OCIO", "OIDN_", "OIIO_", "OPENIMAGEIO_", "OSL", "PXR_", "USD",
)  # fmt: skip
"""How variables begin that bpy and the libraries in it read (found by `strings` in them): other colours, another denoiser,
another kernel, somebody's own files. Set for other programs, they would change our pictures."""

_PREFIX = "synapt-blender-"
_held: list[Scratch] = []


def forget_meddling() -> None:
    """Drop the variables that would change pictures from this process; to be called before bpy is imported."""
    for name in [name for name in os.environ if name.startswith(MEDDLING)]:
        del os.environ[name]


def workplace() -> Path:
    """Folder of this process for the frame on its way out of Blender, in memory where there is room; it goes with the process.

    OSError where it can't be made.
    """
    if not _held:
        atexit.register(clean_up)
        with contextlib.suppress(OSError):
            if shutil.disk_usage(MEMORY).free >= ROOMY_BYTES and os.access(MEMORY, os.W_OK):
                _held.append(Scratch(_PREFIX, MEMORY))
    if not _held:
        _held.append(Scratch(_PREFIX))
    return _held[-1].path


def moved_out() -> bool:
    """Whether the workplace, which has proved too small, now is another, among the system's temporary files."""
    if workplace().parent == Path(tempfile.gettempdir()):
        return False
    _held.append(Scratch(_PREFIX))
    return True


def clean_up() -> None:
    """Remove what this process left in temporary folders; call before `os._exit`."""
    while _held:
        _held.pop().remove()


@contextlib.contextmanager
def blender_at(folder: Path) -> Iterator[None]:
    """Have Blender make its own temporary folder (at import, and at every emptying) and look for a user's files in ours."""
    wanted = {"TMPDIR": str(folder), "BLENDER_USER_RESOURCES": str(folder / "user")}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ |= wanted
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
