"""AMASS's form of SMPL-X motions: an .npz for each person."""

from __future__ import annotations

from pathlib import Path

from ..base.files import appearing
from ..dataset.labels_file import save_arrays
from ..labels.amass import amass_body
from ..values import ClipSpec, Scene
from . import Written
from .people import everybody, person_path


def write(scene: Scene, spec: ClipSpec, out: Path) -> Written:
    """OUT/ACTION/CLIP.npz, and CLIP.ROLE.npz of everybody else."""
    paths = []
    for performer, one in everybody(scene, spec):
        path = person_path(out / spec.action, spec, performer.role, ".npz")
        with appearing(path) as made:
            save_arrays(made, amass_body(performer, one.body, scene.fps))
        paths.append(path)
    return Written(tuple(paths))
