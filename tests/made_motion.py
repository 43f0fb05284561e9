"""Motion files for tests of the command: who stands and swings the arms, and a cache that has none of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from made_recordings import Moving, bvh, glb, gltf
from scipy.spatial.transform import Rotation
from synapt.generator.base.cache import cache_dir

FPS = 30


def swaying(seconds: float, seed: int = 0) -> Moving:
    """A body that stands, with arms hanging down and swung to and fro, each seed in another rhythm."""
    n = round(seconds * FPS) + 1
    t = np.arange(n) / FPS
    swing = 0.4 * np.sin((2.0 + seed) * t)
    turns = {
        f"{side}_shoulder": (
            Rotation.from_euler("x", (swing * sign)[:, None]) * Rotation.from_euler("z", -1.3 * sign)
        ).as_matrix()
        for side, sign in (("left", 1.0), ("right", -1.0))
    }
    return Moving(np.tile([0.0, 0.92, 0.0], (n, 1)), turns)


def write_bvh(path: Path, seconds: float = 3.0, seed: int = 0) -> Path:
    """A BVH file at a path, whose folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(bvh(swaying(seconds, seed)))
    return path


def write_moves(path: Path, takes: tuple[str, ...]) -> Path:
    """A GLB with the same movement several times over, as takes of these names."""
    data, blob = gltf(swaying(1.0))
    data["animations"] = [{**data["animations"][0], "name": name} for name in takes]
    path.write_bytes(glb(data, blob))
    return path


def own_cache(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """A cache that has what is prepared on this machine, and no motion yet."""
    folder.mkdir()
    for entry in cache_dir().iterdir() if cache_dir().is_dir() else ():
        if entry.name != "motion":
            (folder / entry.name).symlink_to(entry)
    patch.setenv("SYNAPT_CACHE", str(folder))
    return folder
