"""A clip is a function of its spec: through JSON, in another process, whatever is asked for beside it."""

import hashlib
from pathlib import Path

import msgspec
import numpy as np
import pytest
from children import run_python
from made_up import bits
from synapt.generator.base.errors import UserError
from synapt.generator.base.named import typed
from synapt.generator.dataset.alike import differing
from synapt.generator.dataset.labels_file import from_arrays, load_arrays, save_arrays, to_arrays
from synapt.generator.pipeline import make_clip
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.values import ClipSpec

DENSE = ("mask", "part", "depth", "normal", "flow")
ELSEWHERE = """
import sys
import msgspec
from pathlib import Path
from synapt.generator.dataset.labels_file import save_arrays, to_arrays
from synapt.generator.pipeline import make_clip
from synapt.generator.values import ClipSpec
folder = Path(sys.argv[1])
for path in sorted(folder.glob("*.json"), reverse=True):
    clip = make_clip(msgspec.json.decode(path.read_bytes(), type=ClipSpec), backend="raster", quality="draft",
                     dense=["mask", "part", "depth", "normal", "flow"])
    save_arrays(path.with_suffix(".npz"), {**to_arrays(clip.labels), **clip.labels.dense, "frames": clip.frames})
"""


def small(action, index=0, **more):
    return sample(action, load_recipe("standard"), 11, index, width_px=64, height_px=48, fps=5.0, **more)


class Crooked:
    """A backend that has got the size wrong."""

    name = "crooked"

    def render(self, scene, quality):
        """Two pictures of no use."""
        return np.zeros((2, 8, 8, 3), np.uint8)


def test_same_spec_same_labels_bit_for_bit_in_another_process(tmp_path):
    for here, labels, frames in made_twice(tmp_path):
        assert bits(here.labels) == bits(labels)
        assert here.frames.tobytes() == frames.tobytes()


def test_another_kind_of_processor_says_the_same_but_for_last_digits(tmp_path, monkeypatch):
    """As if it had no AVX-512 and an older BLAS; a processor that has neither gives the same bits."""
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("NPY_DISABLE_CPU_FEATURES", "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL")
    for here, labels, _ in made_twice(tmp_path):
        assert differing(here.labels, labels) == []
        assert (here.labels.dense["occlusion"] != labels.dense["occlusion"]).mean() < 1e-4  # what stands still is a tie


def made_twice(folder):
    """(clip, labels, frames) of two clips made here, and made again in another process."""
    here = {}
    for action in ("drinking_water", "walking"):
        spec = small(action)
        (folder / f"{action}.json").write_bytes(msgspec.json.encode(spec))
        here[action] = make_clip(spec, backend="raster", quality="draft", dense=DENSE)
    run_python("-c", ELSEWHERE, folder)
    for action, clip in here.items():
        arrays = load_arrays(folder / f"{action}.npz")
        frames = arrays.pop("frames")
        dense = {name: arrays.pop(name) for name in (*DENSE, "occlusion")}
        yield clip, from_arrays(arrays, {}, dense), frames


def test_neither_json_nor_other_clips_between_change_a_bit(tmp_path):
    spec = small("clapping")
    first = make_clip(spec, backend="raster", quality="draft")
    make_clip(small("falling_down"), backend="raster", quality="draft")
    again = make_clip(msgspec.json.decode(msgspec.json.encode(spec), type=ClipSpec), backend="raster", quality="draft")
    assert bits(first.labels) == bits(again.labels)
    assert hashlib.sha256(first.frames).digest() == hashlib.sha256(again.frames).digest()


def test_a_twin_by_another_camera_performs_the_same():
    one, twin = (
        make_clip(small("walking", variants=v), backend="raster", quality="draft", dense=("mask",)).labels
        for v in ({}, {"camera": 1})
    )
    first, second = bits(one), bits(twin)
    others = {name for name in first if first[name] != second[name]}
    assert {"joints_px", "coco_px", "T_camera_world", "mask"} <= others
    assert not others & {"joints_world_m", "coco_world_m", "poses", "trans", "phase", "segments_s", "contacts_s"}


def test_labels_carry_amass_fields_as_its_tools_expect(tmp_path):
    clip = make_clip(small("sitting"), backend="raster", quality="draft")
    save_arrays(tmp_path / "clip.npz", to_arrays(clip.labels))
    with np.load(tmp_path / "clip.npz") as data:  # no pickle: as AMASS's own loaders do
        frames = len(clip.frames)
        shapes = {
            "poses": (frames, 165), "trans": (frames, 3), "root_orient": (frames, 3), "pose_body": (frames, 63),
            "pose_hand": (frames, 90), "pose_jaw": (frames, 3), "pose_eye": (frames, 6), "betas": (16,),
        }  # fmt: skip
        assert {name: data[name].shape for name in shapes} == shapes
        assert all(np.isfinite(data[name]).all() and data[name].dtype.kind == "f" for name in shapes)
        pieces = [data[name] for name in ("root_orient", "pose_body", "pose_jaw", "pose_eye", "pose_hand")]
        assert np.array_equal(np.concatenate(pieces, axis=1), data["poses"])
        assert str(data["gender"]) == "neutral"
        assert str(data["surface_model_type"]) == "smplx"
        assert float(data["mocap_frame_rate"]) == clip.spec.fps
        assert float(data["mocap_time_length"]) == pytest.approx(frames / clip.spec.fps)
        # without jumps through the world: a frame's step of a sitting person is short
        assert np.linalg.norm(np.diff(data["trans"], axis=0), axis=1).max() < 1.0
        assert np.allclose(data["trans"] + data["rest_pelvis_m"], data["joints_world_m"][:, 0], atol=1e-5)


def test_a_backend_that_gives_other_pictures_is_named(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parent)
    with pytest.raises(UserError, match=r"test_pipeline:Crooked' gave uint8 \(2, 8, 8, 3\) instead of uint8 \(\d+, 48, 64, 3\)"):
        make_clip(small("walking"), backend=typed("test_pipeline:Crooked"))
