"""What made a dataset: versions of the software that matters to its pixels and labels."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
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
    return {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}", **versions(_PACKAGES)}


def unlike(a: Mapping[str, str], b: Mapping[str, str], body: str, backend: str) -> list[str]:
    """Names of packages that matter to clips with this body and by this renderer, and are of other versions in `b` than in `a`.

    Python and the system are not among them.
    """
    beside = {"bpy": backend == "blender", "smplx": body == "smplx"}
    return [name for name in _PACKAGES if beside.get(name, True) and a.get(name) != b.get(name)]


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Version of each package that is installed."""
    found = {}
    for name in packages:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
