"""Performances for tests: an action on a bare body at chosen parameters, solved and read back as points in the world."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from synapt.generator.actions import find_action
from synapt.generator.actions.action import Action, Choice
from synapt.generator.body import load_body
from synapt.generator.motion.animate import animate
from synapt.generator.motion.kinematics import forward
from synapt.generator.motion.quality import landmark
from synapt.generator.props.table import Prop, build_props, forms_of
from synapt.generator.skeletons import JOINT
from synapt.generator.values import (
    FIRST,
    Array,
    BodySpec,
    HairSpec,
    LookSpec,
    Performance,
    PerformanceSpec,
    Performer,
    PerformerSpec,
    PropSpec,
    Skeleton,
    SkinSpec,
)

BODIES = {
    "average": BodySpec("anny", "a", "male", 35.0, {}),
    "short_heavy": BodySpec("anny", "b", "female", 60.0, {"height": 0.15, "weight": 0.9}),
    "tall_thin": BodySpec("anny", "c", "male", 22.0, {"height": 0.7, "weight": 0.15}),
}


@cache
def skeleton_of(name: str) -> Skeleton:
    return load_body("anny").shaped(BODIES[name]).skeleton


BARE = LookSpec(SkinSpec(0.5, 0.5, (0.3, 0.2, 0.1), 0.1), HairSpec("none", (0.1, 0.1, 0.1)), ())


@dataclass(frozen=True)
class Performed:
    """A performance of one, solved; `travel` axes: a spec with heading 0 faces -y, so ahead is -y and the performer's right
    is -x."""

    performance: Performance
    rotations: Array
    positions: Array
    props: dict[str, Prop]

    @property
    def performer(self) -> Performer:
        (alone,) = self.performance.performers
        return alone

    @property
    def skeleton(self) -> Skeleton:
        return self.performer.skeleton

    @property
    def times(self) -> Array:
        return np.arange(self.performance.n_frames) / self.performance.fps

    def joint(self, name: str) -> Array:
        return self.positions[:, JOINT[name]]

    def mark(self, name: str) -> Array:
        return landmark(self.skeleton, name, self.rotations, self.positions)

    def prop_point(self, prop: str, frame: str) -> Array:
        """World positions (T, 3) of a prop's frame."""
        return (self.performance.props[prop] @ self.props[prop].frames[frame])[:, :3, 3]

    def during(self, start_s: float, end_s: float) -> slice:
        """Frames that lie in a stretch of time."""
        first, last = np.ceil(start_s * self.performance.fps - 1e-6), np.floor(end_s * self.performance.fps + 1e-6)
        return slice(int(first), int(last) + 1)

    def segment(self, name: str) -> slice:
        found = next(segment for segment in self.performance.segments if segment.name == name)
        return self.during(found.start_s, found.end_s)

    def contacts(self, landmark_name: str, shortest_s: float = 0.1) -> list[slice]:
        """Frames of each contact of a landmark that lasts at least so long."""
        return [
            self.during(contact.start_s, contact.end_s)
            for contact in self.performance.contacts
            if contact.landmark == landmark_name and contact.end_s - contact.start_s >= shortest_s
        ]

    def knee_rad(self, side: str) -> Array:
        """Bend of a knee (T,), 0 when straight."""
        hip, knee, ankle = (self.joint(f"{side}_{name}") for name in ("hip", "knee", "ankle"))
        return angle(knee - hip, ankle - knee)


def angle(a: Array, b: Array) -> Array:
    cosine = np.sum(a * b, axis=-1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1)
    return np.arccos(np.clip(cosine, -1.0, 1.0))


def middle_of(action: Action) -> dict[str, float | str]:
    """The middle of each parameter's range, the first of its options."""
    middle = {
        name: kind.options[0] if isinstance(kind, Choice) else 0.5 * (kind.low + kind.high)
        for name, kind in action.params.items()
    }
    whole = {name: float(round(float(middle[name]))) for name, kind in action.params.items() if getattr(kind, "whole", False)}
    return {**middle, **whole}


def spec_of(action: Action, params: dict[str, float | str], **changes: object) -> PerformanceSpec:
    values = {
        "params": {**middle_of(action), **params}, "tempo": 1.0, "side": "right", "idle_before_s": 0.0, "idle_after_s": 0.0,
        "start_phase": 0.0, "heading_rad": 0.0,
    }  # fmt: skip
    return PerformanceSpec(**{**values, **changes})  # type: ignore[arg-type]


def performer_of(role: str = FIRST, body: BodySpec = BODIES["average"], style: str = "neutral", amplitude: float = 1.0,
                 phases_rad: tuple[float, ...] = tuple(0.26 * k for k in range(24))) -> PerformerSpec:  # fmt: skip
    return PerformerSpec(role, body, BARE, style, amplitude, phases_rad)


OWN = ("style", "amplitude", "phases_rad")
"""What a performer decides; all else is the performance's."""


def perform(action: str | Action, skeleton: Skeleton, params: dict[str, float | str] | None = None, *, fps: float = 30.0,
            sizes: dict[str, float] | None = None, kinds: dict[str, str] | None = None, without: tuple[str, ...] = (),
            **changes: object) -> Performed:  # fmt: skip
    """`sizes` and `kinds` override a prop's middle size and first kind; `without` names optional props to leave out."""
    found = find_action(action) if isinstance(action, str) else action
    kind_of = {use.name: (kinds or {}).get(use.name, use.kinds[0]) for use in found.props}
    specs = tuple(
        PropSpec(
            use.name,
            kind_of[use.name],
            (sizes or {}).get(use.name, 0.5 * sum(use.size)),
            ((0.8, 0.2, 0.2),) * 3,
            forms=forms_of(kind_of[use.name], 0),
        )
        for use in found.props
        if use.name not in without
    )
    props = build_props(specs, skeleton)
    own = performer_of(**{name: value for name, value in changes.items() if name in OWN})  # type: ignore[arg-type]
    spec = spec_of(found, params or {}, **{name: value for name, value in changes.items() if name not in OWN})
    solved = animate(found.perform, spec, (own,), (skeleton,), props, fps)
    (alone,) = solved.performers
    return Performed(solved, *forward(skeleton, alone.rotations, alone.pelvis_m), props)
