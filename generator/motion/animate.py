"""Perform an action on bodies: write the scores, solve them together, mirror them for the other hand, set them into the world."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..base.errors import UserError
from ..base.ranges import MOST_FRAMES
from ..skeletons import SMPLX_JOINTS, SMPLX_PARENTS
from ..values import Array, Contact, Performance, PerformanceSpec, Performer, PerformerSpec, Segment, Skeleton
from .layers import worn_share
from .objects import trajectories
from .page import Page
from .posed import Posed
from .proportions import measure
from .rotations import about
from .score import Score
from .solve import Solver, solve
from .styles import adopt

if TYPE_CHECKING:
    from ..props.table import Prop

Choreography = Callable[..., None]
"""What writes an action's scores: called with one for each role, in their order."""

_SWAPPED = np.array(
    [
        SMPLX_JOINTS.index(name.replace("left_", "right_") if name.startswith("left_") else name.replace("right_", "left_"))
        for name in SMPLX_JOINTS
    ]
)
_FLIP = np.array([-1.0, 1.0, 1.0])


def write_scores(choreography: Choreography, spec: PerformanceSpec, performers: Sequence[PerformerSpec],
                 skeletons: Sequence[Skeleton], props: dict[str, Prop]) -> list[Score]:  # fmt: skip
    """Let the choreography write the scores for these bodies."""
    page = Page(spec, tuple(performer.role for performer in performers), props)
    bodies = zip(skeletons, performers, strict=True)
    scores = [Score(measure(skeleton), performer, page) for skeleton, performer in bodies]
    for score in scores:
        adopt(score)
    choreography(*scores)
    return scores


def duration_s(score: Score) -> float:
    """Length of the clip, pauses included."""
    return score.spec.idle_before_s + score.now / score.spec.tempo + score.spec.idle_after_s


def animate(choreography: Choreography, spec: PerformanceSpec, performers: Sequence[PerformerSpec],
            skeletons: Sequence[Skeleton], props: dict[str, Prop], fps: float) -> Performance:  # fmt: skip
    """The Performance of a choreography on skeletons, one for each performer; a function of its arguments."""
    scores = write_scores(choreography, spec, performers, skeletons, props)
    length_s = duration_s(scores[0])
    n_frames = max(round(length_s * fps), 2)
    if n_frames > MOST_FRAMES:
        raise UserError(f"a clip of {length_s:g} s at {fps:g} frames/s: at most {MOST_FRAMES} frames are made")
    return _performed(scores, skeletons, n_frames, fps)


def animate_for(n_frames: int, choreography: Choreography, spec: PerformanceSpec, performers: Sequence[PerformerSpec],
                skeletons: Sequence[Skeleton], props: dict[str, Prop], fps: float) -> Performance:  # fmt: skip
    """The same for a given length: what comes later is left out, and who is done first stays as they are."""
    return _performed(write_scores(choreography, spec, performers, skeletons, props), skeletons, n_frames, fps)


def _performed(scores: Sequence[Score], skeletons: Sequence[Skeleton], n_frames: int, fps: float) -> Performance:
    page, spec = scores[0].page, scores[0].spec
    times_s = np.arange(n_frames) / fps
    score_times = (times_s - spec.idle_before_s) * spec.tempo
    solvers = [Solver(score, skeleton, times_s, score_times) for score, skeleton in zip(scores, skeletons, strict=True)]
    bodies = solve(solvers)
    objects = trajectories(page, bodies, score_times, fps)
    flipped = spec.side == "left"
    contacts = [*page.contacts, *(contact for solver in solvers for contact in solver.contacts())]
    turn = about("z", np.array([np.pi + spec.heading_rad]))[0]
    return Performance(
        fps=fps,
        performers=tuple(_performer(score, bodies[score.role], score_times, turn) for score in scores),
        props={name: _turned(turn, _mirrored_path(path) if flipped else path) for name, path in objects.items()},
        segments=tuple(_segment(segment, spec) for segment in page.segments),
        contacts=_within([_contact(contact, spec, page.props) for contact in contacts], n_frames / fps),
    )


def _performer(score: Score, body: Posed, score_times: Array, turn: Array) -> Performer:
    rotations, positions = body.stacked()
    worn = {layer: worn_share(changes, score_times) for layer, changes in score.changes.items()}
    if score.spec.side == "left":
        rotations, positions = _mirrored(rotations, positions)
        worn = {layer: share[:, _SWAPPED] for layer, share in worn.items()}
    return Performer(score.role, body.skeleton, _local(turn @ rotations), positions[:, 0] @ turn.T, worn=worn)


def _local(world: Array) -> Array:
    """World rotations (T, 55, 3, 3) to parent-frame rotations; the pelvis keeps the world's."""
    parents = np.array(SMPLX_PARENTS[1:])
    local = world.copy()
    local[:, 1:] = np.swapaxes(world[:, parents], -1, -2) @ world[:, 1:]
    return local


def _mirrored(rotations: Array, positions: Array) -> tuple[Array, Array]:
    """One body as in a left-handed performance: reflected in the stage's plane between right and left."""
    return rotations[:, _SWAPPED] * (_FLIP[:, None] * _FLIP[None, :]), positions[:, _SWAPPED] * _FLIP


def _mirrored_path(path: Array) -> Array:
    whole = np.append(_FLIP, 1.0)
    return path * np.outer(whole, whole)


def _turned(turn: Array, path: Array) -> Array:
    whole = np.eye(4)
    whole[:3, :3] = turn
    return whole @ path


def _seconds(score_s: float, spec: PerformanceSpec) -> float:
    return spec.idle_before_s + score_s / spec.tempo


def _segment(segment: Segment, spec: PerformanceSpec) -> Segment:
    return Segment(segment.name, _seconds(segment.start_s, spec), _seconds(segment.end_s, spec))


def _within(contacts: list[Contact], duration_s: float) -> tuple[Contact, ...]:
    """Contacts cut to what of them lies in the clip."""
    cut = [replace(c, start_s=max(c.start_s, 0.0), end_s=min(c.end_s, duration_s)) for c in contacts]
    return tuple(contact for contact in cut if contact.end_s > contact.start_s)


def _contact(contact: Contact, spec: PerformanceSpec, props: Collection[str]) -> Contact:
    """Contacts in clip seconds, named for the hand that made them after mirroring; things keep their names."""
    landmark, target = contact.landmark, contact.target
    if spec.side == "left":
        landmark, target = _other_side(landmark), target if target in props else _other_side(target)
    return Contact(landmark, target, _seconds(contact.start_s, spec), _seconds(contact.end_s, spec), contact.role)


def _other_side(name: str) -> str:
    """The landmark, or "ROLE:LANDMARK", on the body's other side."""
    role, colon, mark = name.rpartition(":")
    swap = {"left": "right", "right": "left"}
    return role + colon + "_".join(swap.get(word, word) for word in mark.split("_"))
