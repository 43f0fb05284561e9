"""The choreographer's page: what an action writes down, in times and body-relative targets.

Axes of every vector a choreography writes: the trunk's are (right, forward, up), a limb's are (out, forward, up) with
`out` away from the midline on that limb's own side. Choreographies are written for a right-handed performer; a left-handed
one is the mirror image, made after solving. Times are score seconds: `tempo` stretches them all when the score is solved.

Frames a limb's target can be fixed to: "world" (the floor where the person stood at the start), "travel" (the floor under
the person as it walks), "pelvis", "chest" (between the shoulders), "head", "shoulder"/"hip" (the limb's own root, axes of
chest/pelvis), "right_hand" (palm of the other hand) and "prop:<name>" for things that stand still.

In an action of several, each role has a score; all share the clock and the things (`page.Page`). Another's frames are called
"<role>:<frame>", or "partner:<frame>" where there are two; points and directions are then (right, forward, up) of that person.
"stage" is the floor that they share: where the first one starts, and faces. A score's own "world" is where `start` puts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ..skeletons import LANDMARKS, SMPLX_JOINTS
from ..values import Array, Contact, PerformerSpec, Segment
from .fingers import SHAPES
from .page import Page, PropEvent
from .proportions import Proportions
from .target import PARTNER, LimbTarget, Vector
from .timing import Channel, Channels, Move
from .written import number, one_of, vector

if TYPE_CHECKING:
    from ..props.table import Prop

BEFORE_S = -99.0
"""When a fresh limb's own pose was taken up: long before anything that a choreography writes."""


@dataclass
class Limb:
    """A hand or foot: a list of movements to targets; each later target takes over from what was before."""

    side: str
    kind: str
    moves: list[tuple[Move, LimbTarget]] = field(default_factory=list)
    others: tuple[str, ...] = ()

    def to(self, end_s: float, duration_s: float, target: LimbTarget, ease: str = "smooth") -> None:
        """Arrive at a target at `end_s` after a movement of `duration_s`."""
        self.moves.append((Move(end_s, duration_s, ease), with_role(target, self.others)))

    def again(self, end_s: float, duration_s: float, ease: str = "smooth", **changes: object) -> None:
        """Arrive at the last target written, with some of its fields changed."""
        self.to(end_s, duration_s, replace(self.moves[-1][1], **changes), ease)  # type: ignore[arg-type]

    def sorted_moves(self) -> list[tuple[Move, LimbTarget]]:
        """Movements by arrival."""
        return sorted(self.moves, key=lambda entry: entry[0].end_s)


def with_role(target: LimbTarget, others: tuple[str, ...]) -> LimbTarget:
    """A target with the role of whoever is called the partner; ValueError where there is no such performer."""
    role, frame = target.owner
    if not role:
        return target
    one_of("performer", role, (*others, PARTNER) if len(others) == 1 else others)
    return replace(target, frame=f"{others[0] if role == PARTNER else role}:{frame}")


class Hand(Limb):
    """A hand, its fingers and what it holds."""

    def __init__(self, side: str, others: tuple[str, ...] = ()) -> None:
        super().__init__(side, "hand", others=others)
        self.shapes: list[tuple[Move, Array]] = []
        self.rest(BEFORE_S, 0.0)
        self.fingers(BEFORE_S, 0.0, "relaxed")

    def reach(self, end_s: float, duration_s: float, at: Vector, ease: str = "smooth", *, palm: Vector | None = None,
              fingers: Vector | None = None, elbow: Vector | None = None, effector: str = "palm") -> None:  # fmt: skip
        """Palm to a point given from the shoulder in arm lengths: (0, 1, 0) is straight ahead at full stretch."""
        self.to(end_s, duration_s, LimbTarget("shoulder", at, "limb", None, fingers, palm, effector, None, elbow), ease)

    def go(self, end_s: float, duration_s: float, frame: str, at: Vector, ease: str = "smooth", *,
           palm: Vector | None = None, fingers: Vector | None = None, elbow: Vector | None = None,
           effector: str = "palm", stretch: float = 1.0) -> None:  # fmt: skip
        """Effector to a point of a frame, in metres; with the arm no straighter than `stretch` says."""
        self.to(end_s, duration_s, LimbTarget(frame, at, "m", None, fingers, palm, effector, None, elbow, stretch), ease)

    def touch(self, end_s: float, duration_s: float, landmark: str, offset: Vector = (0.0, 0.0, 0.0), frame: str = "head",
              ease: str = "smooth", *, palm: Vector | None = None, fingers: Vector | None = None,
              elbow: Vector | None = None, effector: str = "palm") -> None:  # fmt: skip
        """Effector to a named point of the body's own skin, plus an offset in metres along `frame`'s axes."""
        self.to(end_s, duration_s, LimbTarget(frame, offset, "m", landmark, fingers, palm, effector, None, elbow), ease)

    def bring(self, end_s: float, duration_s: float, prop: str, prop_frame: str, landmark: str | None, *, frame: str = "head",
              at: Vector = (0.0, 0.0, 0.0), y_axis: Vector, z_axis: Vector, elbow: Vector | None = None,
              ease: str = "smooth") -> None:  # fmt: skip
        """Bring a held prop's frame (a cup's rim) to a point, turned so that its y and z axes lie as given."""
        self.to(end_s, duration_s, LimbTarget(frame, at, "m", landmark, y_axis, z_axis, "palm", (prop, prop_frame), elbow), ease)

    def rest(self, end_s: float, duration_s: float, ease: str = "smooth") -> None:
        """Let the arm hang at the side."""
        self.to(end_s, duration_s, LimbTarget("shoulder", (0.0, 0.0, -1.0), "rest"), ease)

    def fingers(self, end_s: float, duration_s: float, shape: str, ease: str = "smooth") -> None:
        """Shape the hand: a name of `fingers.SHAPES`."""
        one_of("shape of the hand", shape, SHAPES)
        self.shapes.append((Move(end_s, duration_s, ease), SHAPES[shape]))

    def flexion(self, times: Array) -> Array:
        """Bend (T, 15) of the finger joints, radians, in the order of `fingers.SHAPES`."""
        flexion = np.zeros((len(times), 15))
        for move, shape in sorted(self.shapes, key=lambda entry: entry[0].end_s):
            flexion += (shape - flexion) * move.weight(times)[:, None]
        return flexion


class Foot(Limb):
    """A foot; `heel` raises the heel about the ball (negative: the toes about the heel), in radians."""

    def __init__(self, side: str, stance: Proportions, others: tuple[str, ...] = ()) -> None:
        super().__init__(side, "foot", others=others)
        self.heel = Channel()
        self.lift = Channel()
        self.place(BEFORE_S, 0.0, (stance.stance_out_m, 0.0), toe_out_rad=0.12)

    def place(self, end_s: float, duration_s: float, at: tuple[float, float], *, toe_out_rad: float = 0.12, height_m: float = 0.0,
              frame: str = "world", knee: Vector | None = None, ease: str = "smooth") -> None:  # fmt: skip
        """Sole (the point under the ankle) flat at (out, forward) on the floor of `frame`, or `height_m` above it."""
        toes = (float(np.sin(toe_out_rad)), float(np.cos(toe_out_rad)), 0.0)
        self.to(end_s, duration_s, LimbTarget(frame, (*at, height_m), "m", None, toes, (0.0, 0.0, 1.0), "sole", None, knee), ease)

    def step(self, end_s: float, duration_s: float, at: tuple[float, float], *, toe_out_rad: float = 0.12, lift_m: float = 0.08,
             ease: str = "smooth", knee: Vector | None = None) -> None:  # fmt: skip
        """Lift the foot and set it down at (out, forward) of the world."""
        self.place(end_s, duration_s, at, toe_out_rad=toe_out_rad, ease=ease, knee=knee)
        move = Move(end_s, duration_s, "linear")
        self.lift.add(lambda times: lift_m * _bump(move.weight(times)))

    def reach(self, end_s: float, duration_s: float, at: Vector, ease: str = "smooth", *, frame: str = "hip", unit: str = "limb",
              toes: Vector | None = None, instep: Vector | None = None, knee: Vector | None = None) -> None:  # fmt: skip
        """Ankle to a point given from the hip in leg lengths (kicks, lying); the foot follows the shin unless turned."""
        self.to(end_s, duration_s, LimbTarget(frame, at, unit, None, toes, instep, "ankle", None, knee), ease)

    def kneel(self, end_s: float, duration_s: float, at: tuple[float, float], *, height_m: float, frame: str = "world",
              shin: Vector = (0.0, -1.0, -0.03), toes: Vector = (0.0, -0.9, -0.45), ease: str = "swing") -> None:  # fmt: skip
        """Knee joint to (out, forward) at `height_m` of a frame, as far as the thigh allows; shin and toes point as given."""
        instep = (0.0, -toes[2], toes[1])
        self.to(end_s, duration_s, LimbTarget(frame, (*at, height_m), "m", None, toes, instep, "knee", None, shin), ease)


def _bump(x: Array) -> Array:
    """0 at both ends of [0, 1], 1 in the middle, flat where it starts and ends."""
    return np.sin(np.pi * np.clip(x, 0.0, 1.0)) ** 2


class Score:
    """One performer's part written down. A choreography fills it in; the solver turns it into a motion."""

    def __init__(self, body: Proportions, performer: PerformerSpec, page: Page) -> None:
        self.body, self.performer, self.page, self.spec = body, performer, page, page.spec
        self.role = performer.role
        self.others = tuple(role for role in page.roles if role != performer.role)
        self.T_stage_world: Array = np.eye(4)
        self.pelvis = Channels(right=0.0, forward=0.0, up=0.0, yaw=0.0, pitch=0.0, roll=0.0)
        self.travel = Channels(right=0.0, forward=0.0, yaw=0.0)
        self.trunk = Channels(bend=0.0, lean=0.0, twist=0.0)
        self.head = Channels(nod=0.0, turn=0.0, tilt=0.0)
        self.mode = Channels(balance=1.0, reach=1.0, ground=0.0, floor=0.0, seated=0.0, gaze=1.0, jaw=0.0, shrug=0.0, alert=0.0)
        self.right, self.left = Hand("right", self.others), Hand("left", self.others)
        self.right_foot, self.left_foot = Foot("right", body, self.others), Foot("left", body, self.others)
        self.looks: list[tuple[Move, LimbTarget]] = []

    # -- what all performers share

    @property
    def props(self) -> dict[str, Prop]:
        """The things, by the action's names for them."""
        return self.page.props

    @property
    def now(self) -> float:
        """How far the performance is written, score seconds."""
        return self.page.now

    @now.setter
    def now(self, time_s: float) -> None:
        self.page.now = time_s

    @property
    def segments(self) -> list[Segment]:
        """Phases written so far."""
        return self.page.segments

    @property
    def contacts(self) -> list[Contact]:
        """Contacts written so far."""
        return self.page.contacts

    def start(self, right_m: float, forward_m: float, yaw_rad: float) -> None:
        """Start at (right, forward) of the stage, turned left by `yaw_rad`: this is the score's own "world" from now on."""
        for what, value in (("the place", right_m), ("the place", forward_m), ("the turn", yaw_rad)):
            number(what, value)
        cosine, sine = np.cos(yaw_rad), np.sin(yaw_rad)
        self.T_stage_world = np.eye(4)
        self.T_stage_world[:2, :2] = [[cosine, -sine], [sine, cosine]]
        self.T_stage_world[:2, 3] = right_m, forward_m

    def event(self, name: str, time_s: float) -> float:
        """Give a moment of the shared clock a name, for other roles to refer to by `at`; returns it."""
        number("the time", time_s)
        self.page.events[name] = time_s
        return time_s

    def at(self, name: str) -> float:
        """The moment of an event that some role has named."""
        one_of("event", name, self.page.events)
        return self.page.events[name]

    # -- what the action's parameters say

    def number(self, name: str) -> float:
        """A numeric parameter of the action."""
        one_of("parameter", name, self.spec.params)
        return float(self.spec.params[name])

    def option(self, name: str) -> str:
        """A choice made among an action's options."""
        one_of("parameter", name, self.spec.params)
        return str(self.spec.params[name])

    @property
    def amplitude(self) -> float:
        """Factor on how far things swing."""
        return self.performer.amplitude

    def real(self, seconds: float) -> float:
        """Score seconds that last this many real seconds, whatever the tempo: falls and flights obey gravity."""
        return seconds * self.spec.tempo

    # -- time

    @contextmanager
    def phase(self, name: str, duration_s: float) -> Iterator[tuple[float, float]]:
        """A labelled segment from now; yields (start, end) and moves `now` to its end."""
        start, end = self.now, self.now + duration_s
        yield start, end
        self.segments.append(Segment(name, start, end))
        self.now = end

    @contextmanager
    def throughout(self, name: str, duration_s: float) -> Iterator[tuple[float, float]]:
        """A segment that fills the clip, pauses included: for what is under way before and goes on after (walking)."""
        start, end = self.now, self.now + duration_s
        yield start, end
        self.segments.append(Segment(name, start - self.real(self.spec.idle_before_s), end + self.real(self.spec.idle_after_s)))
        self.now = end

    # -- where the eyes go

    def look(self, end_s: float, frame: str, at: Vector = (0.0, 0.0, 0.0), landmark: str | None = None,
             duration_s: float = 0.35) -> None:  # fmt: skip
        """Turn head and eyes to a point; (right, forward, up) of a frame. The head leads the hand by being written earlier."""
        self.looks.append((Move(end_s, duration_s), with_role(LimbTarget(frame, at, "m", landmark), self.others)))

    def look_ahead(self, end_s: float, duration_s: float = 0.4) -> None:
        """Look straight ahead again, at eye height."""
        self.look(end_s, "travel", (0.0, 4.0, self.body.eye_height_m), duration_s=duration_s)

    # -- things

    def stand(self, prop: str, at: tuple[float, float], yaw_rad: float = 0.0, height_m: float = 0.0, time_s: float = 0.0) -> None:
        """A prop stands still at (right, forward) of the world; yaw 0 faces the way the person faces."""
        pose = np.eye(4)
        cosine, sine = np.cos(yaw_rad + np.pi), np.sin(yaw_rad + np.pi)
        pose[:2, :2] = [[cosine, -sine], [sine, cosine]]
        pose[:3, 3] = (*at, height_m)
        self.lay(prop, pose, time_s)

    def lay(self, prop: str, T_world_prop: Array, time_s: float = 0.0) -> None:
        """A prop stands still at any pose (4, 4) of the world."""
        self._events(prop).append(PropEvent(time_s, "static", self.role, pose=self.T_stage_world @ T_world_prop))

    def hold(self, prop: str, time_s: float = 0.0, hand: str = "right") -> None:
        """From `time_s` the prop moves with the hand, in its grip."""
        self._events(prop).append(PropEvent(time_s, "held", self.role, hand))

    def throw(self, prop: str, time_s: float, velocity: Vector) -> None:
        """Let go of a held prop with a velocity (right, forward, up) in m/s; it then falls freely and bounces."""
        vector("the velocity", velocity)
        self._events(prop).append(PropEvent(time_s, "flying", self.role, velocity=self._on_stage(velocity, 0.0)))

    def catch(self, prop: str, time_s: float, flight_s: float, origin: Vector, hand: str = "right") -> None:
        """The prop flies in from `origin` (world, metres) and is in the hand from `time_s` on; `flight_s` is real time."""
        vector("the origin", origin)
        start = self._on_stage(origin, 1.0)
        self._events(prop).append(PropEvent(time_s, "coming", self.role, hand, velocity=start, flight_s=flight_s))

    def _on_stage(self, value: Vector, point: float) -> Vector:
        """A point (1) or a direction (0) of the own world in the stage's axes."""
        x, y, z, _ = (self.T_stage_world @ np.array([*value, point])).tolist()
        return (x, y, z)

    def _events(self, prop: str) -> list[PropEvent]:
        one_of("thing", prop, self.page.prop_events)
        return self.page.prop_events[prop]

    def contact(self, landmark: str, target: str, start_s: float, end_s: float) -> None:
        """Record that something touches something, for labels and for the quality measures.

        `target`: "floor", a thing, a landmark of one's own, or "ROLE:LANDMARK" of somebody else's ("partner:LANDMARK" of the only
        other one's).
        """
        one_of("landmark", landmark, (*LANDMARKS, *SMPLX_JOINTS))
        role, colon, mark = target.rpartition(":")
        if colon:
            one_of("performer", role, (*self.others, PARTNER) if len(self.others) == 1 else self.others)
            one_of("landmark", mark, (*LANDMARKS, *SMPLX_JOINTS))
            target = f"{self.others[0] if role == PARTNER else role}:{mark}"
        self.contacts.append(Contact(landmark, target, start_s, end_s, self.role))
