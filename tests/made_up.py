"""Small made-up clips for tests that need files or workers but no real person."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from synapt.generator.dataset.labels_file import to_arrays
from synapt.generator.values import (
    SPEC_VERSION,
    BackdropSpec,
    BodySpec,
    CameraSpec,
    Clip,
    ClipSpec,
    Contact,
    FabricSpec,
    GarmentSpec,
    HairSpec,
    Labels,
    LightSpec,
    LookSpec,
    MotionSpec,
    PropSpec,
    Segment,
    SkinSpec,
    SurfaceSpec,
)


def bits(labels):
    """Labels by field as (kind, shape, bytes): equal where no bit differs; class ids aside, which the dataset gives."""
    arrays = {**to_arrays(labels), **labels.dense}
    return {name: (a.dtype.str, a.shape, a.tobytes()) for name, a in arrays.items() if name != "class_id"}


def make_spec(action="waving_a_hand", index=3, fps=15.0):
    cloth = FabricSpec("stripes", ((0.1, 0.2, 1.0), (1.0, 1.0, 1.0)), 0.03, 0.7)
    return ClipSpec(
        SPEC_VERSION, action, index, 0, "standard", "train", 64, 48, fps,
        BodySpec("anny", "id-17", "female", 33.3, {"height": 0.1 + 0.2, "weight": 1 / 3}),
        LookSpec(
            SkinSpec(0.4, 0.5, (0.2, 0.3, 0.4), 0.1),
            HairSpec("short", (0.1, 0.1, 0.1)),
            (GarmentSpec("shirt", {"sleeve": 0.4}, cloth), GarmentSpec("trousers", {}, cloth, 1)),
        ),
        MotionSpec({"waves": 3.0, "height": "high"}, 1.1, 0.9, "left", "old", 0.2, 0.3, 0.1, 0.5, (0.1, 6.2)),
        (PropSpec("cup", "mug", 1.0, ((1.0, 0.0, 0.0),)),),
        CameraSpec(35.0, 1.0, 0.1, 0.0, 0.7, (0.0, 0.1), "orbit", {"speed": 0.1}, (0.5,)),
        LightSpec("forest", 1.0, 0.5, 2.0, 0.1, 0.9, (1.0, 0.9, 0.8), ()),
        BackdropSpec("room", {"floor": SurfaceSpec("wood", ((0.5, 0.3, 0.1),), 0.2, 0.6)}, {"width_m": 4.0}),
        {"camera": 2},
    )  # fmt: skip


def make_labels(rng, frames=20, dense=True):
    def floats(*shape):
        return rng.normal(size=shape)

    box = np.tile(np.array([4, 4, 60, 44], np.float32), (frames, 1))
    box[3] = np.nan
    points = rng.uniform(5, 43, (frames, 17, 2))
    points_visible = rng.integers(0, 3, (frames, 17), dtype=np.uint8)
    points_visible[3] = 0
    passes = {
        "mask": rng.integers(0, 13, (frames, 48, 64), dtype=np.uint8),
        "depth": np.where(rng.random((frames, 48, 64)) < 0.3, np.inf, 2.0).astype(np.float32),
        "normal": floats(frames, 48, 64, 3).astype(np.float16),
        "flow": floats(frames - 1, 48, 64, 2).astype(np.float32),
        "occlusion": rng.random((frames - 1, 48, 64)) < 0.1,
    }
    return Labels(
        "waving_a_hand", 0, 'A person waves, "naïvely".',
        (Segment("raise", 0.1, 0.1 + 0.2), Segment("wave", 0.3, 1.1)),
        (Contact("left_heel", "floor", 0.0, 1.3),),
        np.arange(frames, dtype=np.int16) - 1, floats(frames, 55, 3).astype(np.float32),
        floats(frames, 55, 2).astype(np.float32), rng.integers(0, 3, (frames, 55), dtype=np.uint8),
        floats(frames, 17, 3), points, points_visible,
        box, floats(frames, 3, 3), floats(frames, 4, 4),
        {"trans": floats(frames, 3), "betas": np.zeros(16), "gender": np.array("female")},
        {"foot_slide_m": 0.01 + 0.02, "nothing": float("nan")},
        passes if dense else {},
    )  # fmt: skip


def make_clip(index=3, fps=15.0, frames=20, dense=True):
    rng = np.random.default_rng(index)
    t, y, x = np.mgrid[:frames, :48, :64]
    picture = np.stack([127 + 100 * np.sin((x + 2 * t) / 9.0 + k + index) * np.cos(y / 11.0) for k in range(3)], -1)
    return Clip(make_spec(index=index, fps=fps), picture.astype(np.uint8), make_labels(rng, frames, dense))


def maker(root, settings, action, index, dense):
    """A stand-in for generator.jobs.make: quick, and as ill-behaved as the action's name says."""
    clip = make_clip(index, settings.fps, frames=12, dense=False)
    passes = make_labels(np.random.default_rng(index), 12).dense
    labels = replace(clip.labels, action=action, dense={name: passes[name] for name in dense})
    if index == 1:
        misbehave(action)
    if action == "slow":
        time.sleep(0.1)
    return replace(clip, spec=replace(clip.spec, action=action, seed=settings.seed), labels=labels)


def drawn(root, settings, action, index, dense):
    """Such a clip whose spec is what its seed draws."""
    from synapt.generator.checks.redraw import draw

    clip = maker(root, settings, "calm", index, dense)
    return replace(clip, spec=draw(settings, action, index), labels=replace(clip.labels, action=action, measures={}))


def placed(root, settings, action, index, dense):
    """Such a clip that says in its caption which place its worker has."""
    clip = maker(root, settings, action, index, dense)
    return replace(clip, labels=replace(clip.labels, caption=os.environ["SYNAPT_PLACE"]))


def cannot(root, settings, action, index, dense):
    """Makes clip 0, and no other."""
    if index:
        raise ValueError("not this one")
    return maker(root, settings, action, index, dense)


def misbehave(action):
    once = Path(os.environ.get("MADE_UP_ONCE", os.devnull))
    if action == "raises":
        raise RuntimeError("this clip\ncannot be")
    if action == "crashes" or (action == "crashes_once" and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGSEGV)
    if action == "hangs":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        time.sleep(1000)
