"""Finds assets by name, checks that the files are the ones that were measured, and lists the licences of a clip."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..generator.base.errors import UserError, nearest
from ..generator.base.shown import shown
from ..generator.values import ClipSpec
from .store import digest_of, stored
from .tables import table

USER_PREFIX = "user:"
"""Names that begin so are environment maps of the user's own folder, without the file's ending."""

MHCLO_PREFIX = "mhclo:"
"""Garments and hair named so are MakeHuman assets from a folder of the user's."""

USER_FOLDER_VARIABLE = "SYNAPT_HDRIS"
"""Environment variable that names the user's folder of .hdr and .exr files."""


@dataclass(frozen=True)
class Hdri:
    """An environment map: `luminance` is 1 where it lights a white wall to 1; the sun is None without a clear one.

    The sun's (azimuth, elevation) in radians holds for yaw 0, counter-clockwise from world +x.
    """

    name: str
    path: str
    setting: str
    luminance: float
    sun: tuple[float, float] | None


@dataclass(frozen=True)
class Licence:
    """What an asset used by a clip is licensed under (SPDX), and whether it may be passed on."""

    asset: str
    licence: str
    source: str
    redistributable: bool


def hdri(name: str) -> Hdri:
    """An environment map by name, `user:<stem>` for one of the user's. UserError if it isn't there or was altered."""
    if name.startswith(USER_PREFIX):
        return Hdri(name, str(_user_path(name)), "outdoor", 1.0, None)
    row = table("hdris").get(name)
    if row is None:
        raise UserError(f"unknown environment map '{name}': {nearest(name, table('hdris'))}")
    path = _file_of(name, row)
    sun = (row["sun_azimuth_rad"], row["sun_elevation_rad"]) if "sun_azimuth_rad" in row else None
    return Hdri(name, str(path), row["setting"], row["luminance"], sun)


def _file_of(name: str, row: dict[str, str]) -> Path:
    """The map that comes with bpy; where that isn't whole or isn't there, the one that was fetched."""
    try:
        path = world_folder() / row["file"]
        _check(path, row["sha256"])
    except UserError:
        path = stored(name)
        if not path.is_file():
            raise
        _check(path, row["sha256"])
    return path


def hdri_path(name: str) -> str:
    """Path of an environment map; see `hdri`."""
    return hdri(name).path


def hdri_names(setting: str | None = None) -> tuple[str, ...]:
    """Names of the maps that ship with bpy, of one setting ("indoor", "outdoor") or all."""
    return tuple(n for n, row in table("hdris").items() if setting in (None, row["setting"]))


@cache
def world_folder() -> Path:
    """The bpy wheel's folder of environment maps, found without importing bpy."""
    found = importlib.util.find_spec("bpy")
    if found is None or not found.submodule_search_locations:
        raise UserError("the package bpy, whose environment maps light the scenes, is missing: pip install 'bpy==4.5.*'")
    # <site>/bpy/__init__.py in the wheel's outer package; <site>/bpy/4.5/scripts/modules/bpy in others.
    for location in found.submodule_search_locations:
        for root in (Path(location), *list(Path(location).parents)[:4]):
            folders = sorted(root.glob("[0-9].*/datafiles/studiolights/world"))
            if folders:
                return folders[-1]
    raise UserError("bpy is installed without its datafiles/studiolights/world: reinstall it, pip install 'bpy==4.5.*'")


@cache
def _check(path: Path, sha256: str) -> None:
    """Once per process: the file is there and is the one that was measured."""
    if not path.is_file():
        raise UserError(f"environment map {path} is missing: reinstall it, pip install --force-reinstall 'bpy==4.5.*'")
    got = digest_of(path)
    if got != sha256:
        raise UserError(
            f"environment map {path} has SHA-256 {got[:12]}, wanted {sha256[:12]}: "
            "reinstall it, pip install --force-reinstall 'bpy==4.5.*'"
        )


def _user_path(name: str) -> Path:
    folder = os.environ.get(USER_FOLDER_VARIABLE)
    if not folder:
        raise UserError(f"environment map '{name}' needs your folder of maps: set {USER_FOLDER_VARIABLE} to its path")
    if not Path(folder).is_dir():
        raise UserError(f"{USER_FOLDER_VARIABLE} is '{folder}', which is no folder: set it to that of your .hdr and .exr files")
    stem = name.removeprefix(USER_PREFIX)
    files = {p.stem: p for p in sorted(Path(folder).glob("*")) if p.suffix.lower() in (".hdr", ".exr")}
    if stem not in files:
        raise UserError(f"no .hdr or .exr named '{stem}' in {folder}: {nearest(stem, files) if files else _what_lies_in(folder)}")
    return files[stem]


def _what_lies_in(folder: str) -> str:
    """For a folder without a map: what there is instead, and what is wanted."""
    there = sorted(path.name for path in Path(folder).iterdir())
    if not there:
        return "it is empty"
    named = ", ".join(map(shown, there[:3])) + (f" and {len(there) - 3} more" if len(there) > 3 else "")
    return (
        f"it holds {named}; a map is a panorama of the whole sphere with the range of real light, as .hdr or .exr, "
        "and a photo is none"
    )


def licences(spec: ClipSpec) -> list[Licence]:
    """Licences of everything that a clip is made with: bodies, garments, environment map."""
    rows = [("bodies", person.body.model) for person in spec.people]
    if not spec.light.hdri.startswith(USER_PREFIX):
        rows.append(("hdris", spec.light.hdri))
    worn = [kind for person in spec.people for kind in (*(g.kind for g in person.look.garments), person.look.hair.style)]
    rows += [("garments", "makehuman" if name.startswith(MHCLO_PREFIX) else "cut") for name in worn]
    found = [_licence(kind, name) for kind, name in dict.fromkeys(rows)]
    if spec.light.hdri.startswith(USER_PREFIX):
        found.append(Licence(spec.light.hdri, "LicenseRef-user", "user", False))
    return found


def _licence(kind: str, name: str) -> Licence:
    row = table(kind).get(name, {"licence": "LicenseRef-unknown", "source": "unknown", "redistributable": False})
    return Licence(f"{kind}/{name}", row["licence"], row["source"], row["redistributable"])
