"""Small made-up clips for tests that need files or workers but no real person."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from synapt.generator.dataset.labels_file import of_others, to_arrays
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
    PerformanceSpec,
    PerformerSpec,
    PersonLabels,
    PropSpec,
    Segment,
    SkinSpec,
    SurfaceSpec,
)


def bits(labels):
    """Labels by field as (kind, shape, bytes): equal where no bit differs; class ids aside, which the dataset gives."""
    others = {f"{role}'s {name}": array for role, arrays in of_others(labels).items() for name, array in arrays.items()}
    arrays = {**to_arrays(labels), **others, **labels.dense}
    return {name: (a.dtype.str, a.shape, a.tobytes()) for name, a in arrays.items() if name != "class_id"}


def make_performer(role="a", identity="id-17", style="old"):
    cloth = FabricSpec("stripes", ((0.1, 0.2, 1.0), (1.0, 1.0, 1.0)), 0.03, 0.7)
    return PerformerSpec(
        role,
        BodySpec("anny", identity, "female", 33.3, {"height": 0.1 + 0.2, "weight": 1 / 3}),
        LookSpec(
            SkinSpec(0.4, 0.5, (0.2, 0.3, 0.4), 0.1),
            HairSpec("short", (0.1, 0.1, 0.1)),
            (GarmentSpec("shirt", {"sleeve": 0.4}, cloth), GarmentSpec("trousers", {}, cloth, 1)),
        ),
        style, 1.1, (0.1, 6.2),
    )  # fmt: skip


def make_spec(action="waving_a_hand", index=3, fps=15.0, roles=("a",)):
    performers = tuple(make_performer(role, f"id-{17 + k}") for k, role in enumerate(roles))
    return ClipSpec(
        SPEC_VERSION, action, index, 0, "standard", "train", 64, 48, fps,
        PerformanceSpec({"waves": 3.0, "height": "high"}, 0.9, "left", 0.2, 0.3, 0.1, 0.5),
        performers,
        (PropSpec("cup", "mug", 1.0, ((1.0, 0.0, 0.0),)),),
        CameraSpec(35.0, 1.0, 0.1, 0.0, 0.7, (0.0, 0.1), "orbit", {"speed": 0.1}, (0.5,)),
        LightSpec("forest", 1.0, 0.5, 2.0, 0.1, 0.9, (1.0, 0.9, 0.8), ()),
        BackdropSpec("room", {"floor": SurfaceSpec("wood", ((0.5, 0.3, 0.1),), 0.2, 0.6)}, {"width_m": 4.0}),
        variants={"camera": 2},
    )  # fmt: skip


def performed_by(scene):
    """Such a spec, of those who are in a made-up scene."""
    return make_spec(roles=[performer.role for performer in scene.performance.performers])


def make_labels(rng, frames=20, dense=True, fps=15.0, roles=("a",)):
    """Labels of pictures of 64x48 that agree with each other; in frame 3 nobody is in the picture. People stand beside each
    other, in strips of equal width."""
    K, T = np.array([[60.0, 0, 32], [0, 60, 24], [0, 0, 1]]), np.eye(4)
    T[2, 3] = 4.0
    edges = np.linspace(4, 60, len(roles) + 1).round().astype(int)

    def points(n, left, right):
        world = rng.uniform(-1.0, 1.0, (frames, n, 3))
        visible = rng.integers(1, 3, (frames, n), dtype=np.uint8)
        away = world[..., 2:] + T[2, 3]
        x_px = left + (60.0 * world[..., 0] / away[..., 0] + K[0, 2] - 4.0) * (right - left) / 56.0
        world[..., 0] = (x_px - K[0, 2]) * away[..., 0] / 60.0
        world[3, :, 0], visible[3] = 100.0, 0
        return world, 60.0 * world[..., :2] / away + K[:2, 2], visible

    everybody = tuple(
        PersonLabels(
            role, True, *points(55, left, right), *points(17, left, right), _strip(frames, left, right),
            {"trans": rng.normal(size=(frames, 3)), "betas": np.zeros(16), "gender": np.array("female")},
            {"foot_slide_m": 0.01 + 0.02, "nothing": float("nan")},
        )
        for role, left, right in zip(roles, edges, edges[1:], strict=False)
    )  # fmt: skip
    mask = np.zeros((frames, 48, 64), np.uint8)
    mask[:, 4:44, 4:60] = rng.integers(1, 10, (frames, 40, 56))
    mask[3] = 11
    segments = (Segment("raise", 0.1, 0.1 + 0.2), Segment("wave", 0.3, 1.1))
    phase = [next((k for k, s in enumerate(segments) if s.start_s <= t / fps < s.end_s), -1) for t in range(frames)]
    passes = {
        "mask": mask,
        "person": np.where((mask > 0) & (mask < 10), 1 + np.searchsorted(edges[1:-1], np.arange(64), "right"), 0).astype(
            np.uint8
        ),
        "depth": np.where(rng.random((frames, 48, 64)) < 0.3, np.inf, 2.0).astype(np.float32),
        "normal": rng.normal(size=(frames, 48, 64, 3)).astype(np.float16),
        "flow": rng.normal(size=(frames - 1, 48, 64, 2)).astype(np.float32),
        "occlusion": rng.random((frames - 1, 48, 64)) < 0.1,
    }
    contacts = (
        Contact("left_heel", "floor", 0.0, 1.3),
        *(Contact("right_palm", f"{roles[0]}:right_palm", 0.2, 0.5, role) for role in roles[1:]),
    )
    return Labels(
        "waving_a_hand", 0, 'A person waves, "naïvely".', segments, contacts, np.array(phase, np.int16),
        np.tile(K, (frames, 1, 1)), np.tile(T, (frames, 1, 1)), everybody, passes if dense else {},
    )  # fmt: skip


def _strip(frames, left, right):
    """Boxes of somebody who is seen in every frame but frame 3."""
    box = np.tile(np.array([left, 4, right, 44], np.float32), (frames, 1))
    box[3] = np.nan
    return box


def with_first(labels, **changes):
    """Labels with some fields of their first person changed."""
    return replace(labels, people=(replace(labels.people[0], **changes), *labels.people[1:]))


def make_clip(index=3, fps=15.0, frames=20, dense=True, roles=("a",)):
    rng = np.random.default_rng(index)
    t, y, x = np.mgrid[:frames, :48, :64]
    picture = np.stack([127 + 100 * np.sin((x + 2 * t) / 9.0 + k + index) * np.cos(y / 11.0) for k in range(3)], -1)
    return Clip(
        make_spec(index=index, fps=fps, roles=roles), picture.astype(np.uint8), make_labels(rng, frames, dense, fps, roles)
    )


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
    return replace(clip, spec=draw(settings, action, index), labels=with_first(replace(clip.labels, action=action), measures={}))


def paired(root, settings, action, index, dense):
    """Such a clip of two people."""
    clip = make_clip(index, settings.fps, frames=12, roles=("a", "b"))
    labels = replace(clip.labels, action=action, dense={name: clip.labels.dense[name] for name in dense})
    return replace(clip, spec=replace(clip.spec, action=action, seed=settings.seed), labels=labels)


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


def worn(root, settings, action, index, dense):
    """Such a clip by a worker that gives signs of life as a renderer does, and by its action grows, hangs, is killed, or meets
    a disk that is away."""
    from synapt.generator.base import alive

    calls = Path(os.environ["MADE_UP_ONCE"])
    for t in alive.frames(6):
        time.sleep(0.15)
        if index == 1 and action == "leaks" and not calls.exists():
            _leaked.append(np.ones(60 << 20, np.uint8))
        if index == 1 and action == "stops" and t == 3:
            time.sleep(1000)
    if index == 1 and (action == "killed" or (action == "oom" and not calls.exists())):
        calls.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if index == 1 and action == "away":
        with calls.open("a") as file:
            file.write("x")
        if calls.stat().st_size <= 2:
            raise TimeoutError("the disk is away")
    return maker(root, settings, "calm" if action != "slow" else action, index, dense)


_leaked: list[np.ndarray] = []


def streamed(settings, job):
    """A stand-in for the maker of streams."""
    return make_clip(job)
