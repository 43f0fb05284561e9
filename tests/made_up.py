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


def make_labels(rng, frames=20, dense=True, fps=15.0):
    """Labels of pictures of 64x48 that agree with each other; in frame 3 nobody is in the picture."""
    K, T = np.array([[60.0, 0, 32], [0, 60, 24], [0, 0, 1]]), np.eye(4)
    T[2, 3] = 4.0

    def points(n):
        world = rng.uniform(-1.0, 1.0, (frames, n, 3))
        visible = rng.integers(1, 3, (frames, n), dtype=np.uint8)
        world[3, :, 0], visible[3] = 100.0, 0
        away = world[..., 2:] + T[2, 3]
        return world, 60.0 * world[..., :2] / away + K[:2, 2], visible

    joints, coco = points(55), points(17)
    box = np.tile(np.array([4, 4, 60, 44], np.float32), (frames, 1))
    box[3] = np.nan
    mask = np.zeros((frames, 48, 64), np.uint8)
    mask[:, 4:44, 4:60] = rng.integers(1, 10, (frames, 40, 56))
    mask[3] = 11
    segments = (Segment("raise", 0.1, 0.1 + 0.2), Segment("wave", 0.3, 1.1))
    phase = [next((k for k, s in enumerate(segments) if s.start_s <= t / fps < s.end_s), -1) for t in range(frames)]
    passes = {
        "mask": mask,
        "depth": np.where(rng.random((frames, 48, 64)) < 0.3, np.inf, 2.0).astype(np.float32),
        "normal": rng.normal(size=(frames, 48, 64, 3)).astype(np.float16),
        "flow": rng.normal(size=(frames - 1, 48, 64, 2)).astype(np.float32),
        "occlusion": rng.random((frames - 1, 48, 64)) < 0.1,
    }
    return Labels(
        "waving_a_hand", 0, 'A person waves, "naïvely".', segments, (Contact("left_heel", "floor", 0.0, 1.3),),
        np.array(phase, np.int16), *joints, *coco, box, np.tile(K, (frames, 1, 1)), np.tile(T, (frames, 1, 1)),
        {"trans": rng.normal(size=(frames, 3)), "betas": np.zeros(16), "gender": np.array("female")},
        {"foot_slide_m": 0.01 + 0.02, "nothing": float("nan")},
        passes if dense else {},
    )  # fmt: skip


def make_clip(index=3, fps=15.0, frames=20, dense=True):
    rng = np.random.default_rng(index)
    t, y, x = np.mgrid[:frames, :48, :64]
    picture = np.stack([127 + 100 * np.sin((x + 2 * t) / 9.0 + k + index) * np.cos(y / 11.0) for k in range(3)], -1)
    return Clip(make_spec(index=index, fps=fps), picture.astype(np.uint8), make_labels(rng, frames, dense, fps))


def maker(root, settings, action, index, dense):
    """A stand-in for generator.jobs.make: quick, and as ill-behaved as the action's name says."""
    clip = make_clip(index, settings.fps, frames=12, dense=False)
    passes = make_labels(np.random.default_rng(index), 12, fps=settings.fps).dense
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
