"""A clip's motion in the forms of other tools: AMASS, BVH, glTF and HumanML3D."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..base.errors import UserError, nearest
from ..values import ClipSpec, Scene


@dataclass(frozen=True)
class Written:
    """Files that a clip became, and what a user is told of them."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()


Writer = Callable[[Scene, ClipSpec, Path], Written]
"""Writes one clip into a folder; files that are there are replaced."""

FORMATS = ("amass", "bvh", "glb", "humanml3d")


def find_writer(name: str) -> Writer:
    """The writer of a format. UserError for an unknown one."""
    from . import amass, bvh, glb, humanml3d

    writers: dict[str, Writer] = {"amass": amass.write, "bvh": bvh.write, "glb": glb.write, "humanml3d": humanml3d.write}
    if name not in writers:
        raise UserError(f"unknown format '{name}': {nearest(name, FORMATS)}")
    return writers[name]
