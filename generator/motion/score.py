"""The choreographer's page: what an action writes down, in times and body-relative targets.

Axes of every vector a choreography writes: the trunk's are (right, forward, up), a limb's are (out, forward, up) with
`out` away from the midline on that limb's own side. Choreographies are written for a right-handed performer; a left-handed
one is the mirror image, made after solving. Times are score seconds: `tempo` stretches them all when the score is solved.

Frames a limb's target can be fixed to: "world" (the floor where the person stood at the start), "travel" (the floor under
the person as it walks), "pelvis", "chest" (between the shoulders), "head", "shoulder"/"hip" (the limb's own root, axes of
chest/pelvis), "right_hand" (palm of the other hand), "prop:<name>" for where a thing first stands and "thing:<name>" for where it
is at each moment: held by the other hand, worn, moved or swung. Either may name a frame of the thing: "thing:club:left_grip".

In an action of several, each role has a score; all share the clock and the things (`page.Page`). Another's frames are called
"<role>:<frame>", or "partner:<frame>" where there are two; points and directions are then (right, forward, up) of that person.
"stage" is the floor that they share: where the first one starts, and faces. A score's own "world" is where `start` puts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from ..skeletons import LANDMARKS, LAYERS, PARTS, SMPLX_JOINTS
from ..values import Array, Contact, PerformerSpec, Segment
from .layers import Change
from .limbs import Foot, Hand, known
from .page import Page, PropEvent
from .proportions import Proportions
from .rotations import about, cross, unit
from .target import PARTNER, LimbTarget, Vector
from .timing import Channels, Move
from .written import number, one_of, vector

if TYPE_CHECKING:
    from ..props.table import Prop
    from .flight import Flight
    from .recorded.take import Take

BODY_FRAMES = ("pelvis", "chest", "head", "right_hand", "left_hand", "right_foot", "left_foot")
"""What of a body a thing can be worn on."""


def standing_pose(at: tuple[float, float], yaw_rad: float, height_m: float) -> Array:
    """T_world_prop (4, 4) of a thing at (right, forward) that faces, at yaw 0, the way the person faces."""
    pose = np.eye(4)
    cosine, sine = np.cos(yaw_rad + np.pi), np.sin(yaw_rad + np.pi)
    pose[:2, :2] = [[cosine, -sine], [sine, cosine]]
    pose[:3, 3] = (*at, height_m)
    return pose


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
        self.mode = Channels(balance=1.0, reach=1.0, ground=0.0, floor=0.0, water=0.0, seated=0.0, gaze=1.0, jaw=0.0, shrug=0.0,
                             alert=0.0)  # fmt: skip
        self.right, self.left = Hand("right", self.others, page.props), Hand("left", self.others, page.props)
        self.right_foot, self.left_foot = (Foot(side, body, self.others, page.props) for side in ("right", "left"))
        self.looks: list[tuple[Move, LimbTarget]] = []
        self.flight: Flight | None = None
        self.take: Take | None = None
        self.changes: dict[str, list[Change]] = {}

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
        self.looks.append((Move(end_s, duration_s), known(LimbTarget(frame, at, "m", landmark), self.others, self.props)))

    def look_ahead(self, end_s: float, duration_s: float = 0.4) -> None:
        """Look straight ahead again, at eye height."""
        self.look(end_s, "travel", (0.0, 4.0, self.body.eye_height_m), duration_s=duration_s)

    # -- clothes

    def puts_on(self, layer: str, end_s: float, duration_s: float, parts: Sequence[str] = ()) -> None:
        """What of a layer (outer, shoe) goes with these parts of the body (all if none) comes on; until then it is off.

        Only for layers that the action names in `changes`.
        """
        self._changes(layer, Change(Move(end_s, duration_s), True, tuple(parts) or PARTS[1:]))

    def takes_off(self, layer: str, end_s: float, duration_s: float, parts: Sequence[str] = ()) -> None:
        """What of a layer of clothes goes with these parts of the body (all if none) comes off; until then it is worn."""
        self._changes(layer, Change(Move(end_s, duration_s), False, tuple(parts) or PARTS[1:]))

    def _changes(self, layer: str, change: Change) -> None:
        one_of("layer", layer, LAYERS)
        for part in change.parts:
            one_of("part", part, PARTS)
        self.changes.setdefault(layer, []).append(change)

    # -- things

    def stow(self, prop: str, from_s: float, until_s: float = np.inf) -> None:
        """Between these times a thing is out of sight, inside the chest: the jacket in the hand, while it is worn."""
        self._events(prop)
        number("the time", from_s)
        self.page.stowed.setdefault(prop, []).append((from_s, until_s, self.role))

    def stand(self, prop: str, at: tuple[float, float], yaw_rad: float = 0.0, height_m: float = 0.0, time_s: float = 0.0) -> None:
        """A prop stands still at (right, forward) of the world; yaw 0 faces the way the person faces."""
        self.lay(prop, standing_pose(at, yaw_rad, height_m), time_s)

    def lay(self, prop: str, T_world_prop: Array, time_s: float = 0.0) -> None:
        """A prop stands still at any pose (4, 4) of the world."""
        self._events(prop).append(PropEvent(time_s, "static", self.role, pose=self.T_stage_world @ T_world_prop))

    def hold(self, prop: str, time_s: float = 0.0, hand: str = "right") -> None:
        """From `time_s` the prop moves with the hand, in its grip."""
        self._events(prop).append(PropEvent(time_s, "held", self.role, hand))

    def throw(self, prop: str, time_s: float, velocity: Vector, spin_radps: float = 0.0) -> None:
        """Let go of a held prop with a velocity (right, forward, up) in m/s; it then falls freely and bounces.

        With a spin it turns over as it falls, forward where that is positive, and comes to rest lying flat.
        """
        vector("the velocity", velocity)
        number("the spin", spin_radps)
        own = self._on_stage(velocity, 0.0)
        self._events(prop).append(PropEvent(time_s, "flying", self.role, velocity=own, spin_radps=spin_radps))

    def catch(self, prop: str, time_s: float, flight_s: float, origin: Vector, hand: str = "right") -> None:
        """The prop flies in from `origin` (world, metres) and is in the hand from `time_s` on; `flight_s` is real time."""
        vector("the origin", origin)
        start = self._on_stage(origin, 1.0)
        self._events(prop).append(PropEvent(time_s, "coming", self.role, hand, velocity=start, flight_s=flight_s))

    def wear(self, prop: str, frame: str, at: Vector = (0.0, 0.0, 0.0), landmark: str | None = None, *, time_s: float = 0.0,
             pitch_rad: float = 0.0, y_axis: Vector = (0.0, -1.0, 0.0), z_axis: Vector = (0.0, 0.0, 1.0)) -> None:  # fmt: skip
        """From `time_s` the prop goes with a frame of the body, its origin at (right, forward, up) of it, or from a landmark.

        It looks the way the person looks; `pitch_rad` tips its front down. What lies askew (a guitar before the chest) says where
        its own z axis points, and its y axis as nearly as that allows, both (right, forward, up).
        """
        one_of("frame", frame, BODY_FRAMES)
        vector("the point", at)
        vector("the direction of y", y_axis)
        vector("the direction of z", z_axis)
        if landmark is not None:
            one_of("landmark", landmark, LANDMARKS)
        pose = np.eye(4)
        up = unit(np.asarray(z_axis, dtype=float))
        back = unit(np.asarray(y_axis, dtype=float) - (up @ np.asarray(y_axis, dtype=float)) * up)
        pose[:3, :3] = about("x", np.array([-pitch_rad]))[0] @ np.stack([cross(back, up), back, up], axis=-1)
        pose[:3, 3] = at
        self._events(prop).append(PropEvent(time_s, "worn", self.role, pose=pose, frame=frame, landmark=landmark))

    def move(self, prop: str, end_s: float, duration_s: float, at: tuple[float, float], yaw_rad: float = 0.0,
             height_m: float = 0.0, ease: str = "smooth") -> None:  # fmt: skip
        """A prop goes from wherever it is to another place, given as for `stand`, and stays there."""
        self.move_to(prop, end_s, duration_s, standing_pose(at, yaw_rad, height_m), ease)

    def move_to(self, prop: str, end_s: float, duration_s: float, T_world_prop: Array, ease: str = "smooth") -> None:
        """A prop goes from wherever it is to any pose (4, 4) of the world, the shortest way round, and stays there."""
        way = Move(end_s, duration_s, ease)
        pose = self.T_stage_world @ T_world_prop
        self._events(prop).append(PropEvent(end_s - duration_s, "moved", self.role, pose=pose, move=way))

    def swing(self, prop: str, end_s: float, duration_s: float, hinge: str, angle_rad: float, ease: str = "smooth") -> None:
        """A prop turns by an angle about the z axis of its own frame `hinge`, from however it stands: a door, a lid, a tap."""
        one_of(f"frame of '{prop}'", hinge, self.props[prop].frames)
        number("the angle", angle_rad)
        way = Move(end_s, duration_s, ease)
        self._events(prop).append(PropEvent(end_s - duration_s, "swung", self.role, frame=hinge, move=way, angle_rad=angle_rad))

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
