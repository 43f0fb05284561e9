"""Labels of a few clips as they were when SPEC_VERSION was last raised; `make golden` writes them anew.

Kept whole and compared number by number within what processors may differ by, not as a hash, which one last bit would change.
"""

import json
import sys
from pathlib import Path

import numpy as np
from synapt.generator.checks.redraw import differing
from synapt.generator.dataset.labels_file import load_arrays, to_arrays
from synapt.generator.dataset.old_specs import as_today
from synapt.generator.dataset.write import plain_spec
from synapt.generator.labels.label import label
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.values import SPEC_VERSION

PATH = Path(__file__).with_name("golden.npz")
CLIPS = {"waving_a_hand": 0, "walking": 1, "sitting": 2, "drinking_water": 3, "falling_down": 4, "punching": 5}
TOLERANCE = 2e-3
"""Metres, pixels, radians, or a share of the value where that is more."""


def values() -> dict[str, np.ndarray]:
    """Spec and labels of every clip, as arrays by "clip/name"."""
    found = {"version": np.array(SPEC_VERSION)}
    for action, index in CLIPS.items():
        spec = sample(action, load_recipe("standard"), 11, index, width_px=48, height_px=48, fps=2.0)
        labels = label(make_scene(spec), spec, ("mask",))
        arrays = {**to_arrays(labels), **labels.dense}
        found |= {f"{action}/{name}": _small(array) for name, array in arrays.items()}
        found[f"{action}/spec"] = np.array(json.dumps(plain_spec(spec)))
    return found


def _small(array: np.ndarray) -> np.ndarray:
    return array.astype(np.float32) if array.dtype == np.float64 else array


def changes(got: dict[str, np.ndarray], wanted: dict[str, np.ndarray]) -> list[str]:
    """Names of what differs."""
    names = sorted((got.keys() | wanted.keys()) - {"version"})
    return [name for name in names if name not in got or name not in wanted or not _same(name, got[name], wanted[name])]


def _same(name: str, got: np.ndarray, wanted: np.ndarray) -> bool:
    if name.endswith("/spec"):
        one, other = (as_today(json.loads(str(text))) for text in (got, wanted))
        return not differing({**one, "version": 0}, {**other, "version": 0})
    if got.shape != wanted.shape or got.dtype.kind != wanted.dtype.kind:
        return False
    if got.dtype.kind == "f":
        return np.allclose(got, wanted, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)
    if got.ndim == 3:  # a pixel at an edge may fall to either side
        return bool((got != wanted).mean() < 0.002)
    return bool((got == wanted).all())


def read() -> dict[str, np.ndarray]:
    """What was kept."""
    return load_arrays(PATH)


if __name__ == "__main__":
    np.savez_compressed(PATH, **values())
    sys.stdout.write(f"{PATH.name}: {len(CLIPS)} clips of spec version {SPEC_VERSION}\n")
