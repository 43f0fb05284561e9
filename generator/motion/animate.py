"""Perform an action on a body: write the score, solve it, mirror it for the other hand, and set it into the world."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ..base.errors import UserError
from ..base.ranges import MOST_FRAMES
from ..skeletons import SMPLX_JOINTS, SMPLX_PARENTS
from ..values import Array, Contact, Motion, MotionSpec, Segment, Skeleton
from .objects import held_frames, static_frames, trajectories
from .proportions import measure
from .rotations import about
from .score import Score
from .solve import Solver
from .styles import adopt

if TYPE_CHECKING:
    from ..props.table import Prop

Choreography = Callable[[Score], None]
"""What writes an action's score."""

_SWAPPED = np.array(
    [
        SMPLX_JOINTS.index(name.replace("left_", "right_") if name.startswith("left_") else name.replace("right_", "left_"))
        for name in SMPLX_JOINTS
    ]
)


def write_score(choreography: Choreography, spec: MotionSpec, skeleton: Skeleton, props: dict[str, Prop]) -> Score:
    """Let the choreography write its score for this body."""
    score = Score(measure(skeleton), spec, props)
    adopt(score)
    choreography(score)
    return score


def duration_s(score: Score, spec: MotionSpec) -> float:
    """Length of the clip, pauses included."""
    return spec.idle_before_s + score.now / spec.tempo + spec.idle_after_s


def animate(choreography: Choreography, spec: MotionSpec, skeleton: Skeleton, props: dict[str, Prop], fps: float) -> Motion:
    """The Motion of a choreography on a skeleton; a function of its arguments."""
    score = write_score(choreography, spec, skeleton, props)
    n_frames = max(round(duration_s(score, spec) * fps), 2)
    if n_frames > MOST_FRAMES:
        raise UserError(f"a clip of {duration_s(score, spec):g} s at {fps:g} frames/s: at most {MOST_FRAMES} frames are made")
    times_s = np.arange(n_frames) / fps
    score_times = (times_s - spec.idle_before_s) * spec.tempo
    solver = Solver(score, skeleton, times_s, score_times, {}, static_frames(score))
    solver.held = held_frames(score, solver.arms)
    posed = solver.solve()
    rotations, positions = posed.stacked()
    objects = trajectories(score, posed, solver.arms, score_times, fps)
    if spec.side == "left":
        rotations, positions, objects = _mirrored(rotations, positions, objects)
    turn = about("z", np.array([np.pi + spec.heading_rad]))[0]
    return Motion(
        fps=fps,
        rotations=_local(turn @ rotations),
        pelvis_m=positions[:, 0] @ turn.T,
        props={name: _turned(turn, path) for name, path in objects.items()},
        segments=tuple(_segment(segment, spec) for segment in score.segments),
        contacts=_within([_contact(contact, spec) for contact in score.contacts], len(times_s) / fps),
    )


def _local(world: Array) -> Array:
    """World rotations (T, 55, 3, 3) to parent-frame rotations; the pelvis keeps the world's."""
    parents = np.array(SMPLX_PARENTS[1:])
    local = world.copy()
    local[:, 1:] = np.swapaxes(world[:, parents], -1, -2) @ world[:, 1:]
    return local


def _mirrored(rotations: Array, positions: Array, objects: dict[str, Array]) -> tuple[Array, Array, dict[str, Array]]:
    """The performance as a left-handed person gives it: reflected in the plane between right and left."""
    flip = np.array([-1.0, 1.0, 1.0])
    both = flip[:, None] * flip[None, :]
    turned = {name: path * np.outer(np.append(flip, 1.0), np.append(flip, 1.0)) for name, path in objects.items()}
    return rotations[:, _SWAPPED] * both, positions[:, _SWAPPED] * flip, turned


def _turned(turn: Array, path: Array) -> Array:
    whole = np.eye(4)
    whole[:3, :3] = turn
    return whole @ path


def _seconds(score_s: float, spec: MotionSpec) -> float:
    return spec.idle_before_s + score_s / spec.tempo


def _segment(segment: Segment, spec: MotionSpec) -> Segment:
    return Segment(segment.name, _seconds(segment.start_s, spec), _seconds(segment.end_s, spec))


def _within(contacts: list[Contact], duration_s: float) -> tuple[Contact, ...]:
    """Contacts cut to what of them lies in the clip."""
    cut = [Contact(c.landmark, c.target, max(c.start_s, 0.0), min(c.end_s, duration_s)) for c in contacts]
    return tuple(contact for contact in cut if contact.end_s > contact.start_s)


def _contact(contact: Contact, spec: MotionSpec) -> Contact:
    """Contacts in clip seconds, named for the hand that made them after mirroring."""
    names = [contact.landmark, contact.target]
    if spec.side == "left":
        swap = {"left": "right", "right": "left"}
        names = ["_".join(swap.get(word, word) for word in name.split("_")) for name in names]
    return Contact(names[0], names[1], _seconds(contact.start_s, spec), _seconds(contact.end_s, spec))
