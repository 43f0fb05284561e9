"""What made a dataset: versions of the software that matters to its pixels and labels."""

from __future__ import annotations

import platform
from importlib import metadata

_PACKAGES = (
    "synapt-video",
    "bpy",
    "anny",
    "smplx",
    "numpy",
    "scipy",
    "numba",
    "opencv-python-headless",
    "av",
)


def software() -> dict[str, str]:
    """Installed versions, with Python and the operating system."""
    found = {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
