"""Picking a thing up from the floor: stooping, squatting or on one knee; vessels, bags with a handle, boxes with two hands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...base.exact import arctan2
from ...motion.score import Score
from ...motion.solve import STANDING_HEIGHT
from ...motion.target import LimbTarget
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, pelvis_at

WAYS: dict[str, tuple[float, float]] = {"stoop": (1.15, 0.95), "squat": (0.62, 0.60), "kneel": (1.05, 0.85)}
"""How far pelvis and spine bend at most in each way, radians."""

COUNTERWEIGHT = 0.38
"""Share of the shoulders' way forward that the hips go back to keep the weight over the feet."""

CLEAR_M = 0.06
"""Flesh, cloth and air between the hip's side as `waist_half_m` says and a bag that hangs beside it."""

STEP_BACK = 0.65
"""How far the foot of a kneeling leg steps back, in leg lengths."""


@dataclass(frozen=True)
class Grasp:
    """A palm on a thing: origin (3,), fingers' and palm's directions (3,), world (right, forward, up)."""

    at: Array
    fingers: Array
    palm: Array


def shoulders_ahead(s: Score, pitch_rad: float, bend_rad: float) -> tuple[float, float]:
    """(forward, up) m from the pelvis joint to between the shoulders, spine bent as the engine shares it out."""
    length = s.body.shoulder_height_m - s.body.pelvis_height_m
    parts = ((0.20, 0.0), (0.16, 0.30), (0.18, 0.65), (0.46, 1.0))
    angles = [(share * length, pitch_rad + part * bend_rad) for share, part in parts]
    return sum(a * float(np.sin(t)) for a, t in angles), sum(a * float(np.cos(t)) for a, t in angles)


def _reach_down(s: Score, way: str, height_m: float) -> tuple[float, float, float, float]:
    """(pitch, bend, pelvis height, forward of the shoulders) that bring a hand down to `height_m`.

    The trunk bends as far as the way wants, less where that would leave the legs straighter than standing.
    """
    pitch, bend = WAYS[way]
    drop = float(np.sqrt(max((0.95 * s.body.arm_m + 0.05) ** 2 - 0.16**2, 0.01)))
    standing = STANDING_HEIGHT * s.body.pelvis_height_m
    if way == "kneel":
        pelvis = s.body.thigh_m + 0.05 + s.body.hip_below_pelvis_m
        shares = np.linspace(0.3, 1.2, 19)
        share = next((k for k in shares if pelvis + shoulders_ahead(s, k * pitch, k * bend)[1] < height_m + drop), 1.2)
        return share * pitch, share * bend, pelvis, shoulders_ahead(s, share * pitch, share * bend)[0]
    for share in np.linspace(1.0, 0.3, 15):
        ahead, up = shoulders_ahead(s, share * pitch, share * bend)
        if height_m + drop - up < standing - 0.06:
            break
    pelvis = float(np.clip(height_m + drop - up, 0.30 * standing, standing - 0.03))
    return share * pitch, share * bend, pelvis, ahead


def _pick(s: Score) -> None:
    """Look, bend and reach, close the hand, rise with the thing, and look at it."""
    kind = _kind_of(s)
    two_handed = kind == "box"
    height = _grip_height(s, kind)
    way = s.option("way") if height < 0.25 else "stoop"
    pitch, bend, pelvis, ahead = _reach_down(s, way, height)
    shoulders = _kneeling_at(s) + ahead if way == "kneel" else (1.0 - COUNTERWEIGHT) * ahead
    distance = max(shoulders + 0.13, 0.78 * s.body.foot_m + 0.09) + s.number("further_m")
    if two_handed:
        distance += 0.10
    pose = _laid(s, kind, (0.0 if two_handed else s.number("aside_m"), distance))
    s.lay("thing", pose, START_S)
    grip = pose @ s.props["thing"].frames["grip"]
    grasp = Grasp(grip[:3, 3], grip[:3, 1], grip[:3, 2])
    down, up = s.number("down_s"), s.number("up_s")
    with s.phase("reach", down) as (start, end):
        s.look(start + 0.25, "world", tuple(pose[:3, 3]), duration_s=0.3)
        _bend(s, start, end, way, pitch, bend, pelvis)
        _grasp(s, end, down, grasp, kind, two_handed)
    with s.phase("grasp", 0.28) as (start, end):
        s.hold("thing", start + 0.12)
        s.right.fingers(start + 0.15, 0.22, "grip_thin" if kind == "bag" else "grip_wide" if two_handed else "grip")
        s.contact("right_palm", "thing", start + 0.12, end + up)
    with s.phase("rise", up) as (start, end):
        _straighten(s, start, end, way)
        _carry(s, start, end, kind)
        s.look(end - 0.1, "chest", (0.1, 0.45, -0.35), duration_s=0.6)
    with s.phase("hold", s.number("hold_s")) as (start, end):
        s.look_ahead(end)


def _kneeling_at(s: Score) -> float:
    """Where the pelvis is over a knee whose foot stepped back, metres ahead of the start."""
    return -STEP_BACK * s.body.leg_m + 0.56 * s.body.foot_m + 0.97 * s.body.shin_m - 0.04


def _kind_of(s: Score) -> str:
    """What there is to pick up, told by its frames: a box has two sides, a bag a handle, a vessel a rim."""
    frames = s.props["thing"].frames
    if "rim" in frames:
        return "vessel"
    return "box" if "left_side" in frames else "bag"


def _grip_height(s: Score, kind: str) -> float:
    return 0.05 if kind == "vessel" else float(s.props["thing"].frames["grip"][2, 3])


def _laid(s: Score, kind: str, at: tuple[float, float]) -> Array:
    """T_world_prop of the thing on the floor: upright, a vessel lying on its side with its mouth to the left."""
    pose = np.eye(4)
    yaw, prop = s.number("yaw_rad"), s.props["thing"]
    if kind != "vessel":
        palm = prop.frames["grip"][:2, 2]
        turn = np.pi - float(arctan2(palm[1:], palm[:1])[0]) + (0.3 * yaw if kind == "box" else yaw)
        pose[:2, :2] = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
        pose[:2, 3] = at
        return pose
    fingers, thumb = np.array([0.0, 0.92, -0.39]), np.array([-1.0, 0.0, 0.0])
    axes = np.stack([np.cross(-fingers, thumb), -fingers, thumb], axis=-1)
    spin = np.array([[np.cos(yaw), -np.sin(yaw), 0.0], [np.sin(yaw), np.cos(yaw), 0.0], [0.0, 0.0, 1.0]])
    pose[:3, :3] = spin @ (axes / np.linalg.norm(axes, axis=0))
    radius = float(prop.mesh.vertices_m[:, 0].max())
    pose[:3, 3] = np.array([*at, radius]) - pose[:3, 2] * float(prop.frames["grip"][2, 3])
    return pose


def _bend(s: Score, start: float, end: float, way: str, pitch: float, bend: float, pelvis: float) -> None:
    """Hips back and down, trunk forward; on one knee the foot of the reaching side steps back first."""
    up = pelvis - STANDING_HEIGHT * s.body.pelvis_height_m
    length = end - start
    s.mode.to(start + 0.5, 0.3, gaze=0.75)
    if way == "kneel":
        s.right_foot.step(
            start + 0.42 * length, 0.4 * length, (s.body.stance_out_m + 0.02, -STEP_BACK * s.body.leg_m), lift_m=0.05
        )
        s.right_foot.heel.to(start + 0.75 * length, 0.4 * length, 0.95)
        s.mode.to(end - 0.05, 0.5 * length, balance=0.0)
        s.mode.to(end - 0.02, 0.25 * length, ground=1.0)
        pelvis_at(s, end - 0.06, 0.7 * length, forward_m=_kneeling_at(s))
    if way == "squat":
        for foot in (s.right_foot, s.left_foot):
            foot.place(START_S, 0.1, (s.body.stance_out_m * 1.25, 0.0), toe_out_rad=0.3)
            foot.heel.to(end, 0.6 * length, s.number("heels_rad"))
    s.pelvis.to(end - 0.06, 0.9 * length, up=up)
    s.pelvis.to(end, 0.85 * length, pitch=pitch, yaw=0.08)
    s.trunk.to(end + 0.02, 0.85 * length, bend=bend, twist=0.12, lean=0.05)
    if s.option("other_hand") == "knee":
        s.left.touch(
            end,
            0.7 * length,
            "left_kneecap",
            (0.0, -0.06, 0.04),
            "world",
            palm=(0.0, -0.3, -1.0),
            fingers=(-0.3, 1.0, -0.3),
            elbow=(0.9, -0.5, 0.2),
        )


def _grasp(s: Score, end: float, down: float, grasp: Grasp, kind: str, two_handed: bool) -> None:
    """The hand opens on its way, comes over the thing and closes on it; a box is taken by both sides."""
    s.right.fingers(end - 0.25, 0.35, "cup")
    back = grasp.at - 0.07 * grasp.palm
    for at, arrival, length in ((back, end - 0.2, 0.75 * down), (grasp.at, end + 0.08, 0.3)):
        s.right.go(
            arrival, length, "world", tuple(at), fingers=tuple(grasp.fingers), palm=tuple(grasp.palm), elbow=(0.8, -0.6, 0.1)
        )
    if not two_handed:
        return
    width = _width(s)
    s.left.fingers(end - 0.2, 0.35, "flat")
    s.left.to(end - 0.2, 0.75 * down, _opposite(width + 0.12))
    s.left.to(end + 0.08, 0.3, _opposite(width))
    s.left.fingers(end + 0.2, 0.2, "cup")


def _width(s: Score) -> float:
    """How far apart the two hands are on a box, metres."""
    return 2.0 * float(abs(s.props["thing"].frames["grip"][0, 3]))


def _opposite(width_m: float) -> LimbTarget:
    """The left palm facing the right one, a box's width away from it."""
    return LimbTarget("right_hand", (0.0, 0.0, width_m), "m", None, (0.0, 1.0, 0.0), (0.0, 0.0, -1.0))


def _straighten(s: Score, start: float, end: float, way: str) -> None:
    """Legs first, then the trunk; the feet come together again."""
    length = end - start
    s.pelvis.to(end - 0.1, 0.9 * length, up=-0.012, forward=0.0)
    s.pelvis.to(end, 0.9 * length, pitch=0.0, yaw=0.0)
    s.trunk.to(end + 0.06, 0.95 * length, bend=0.0, twist=0.0, lean=0.0)
    s.mode.to(end, 0.5, gaze=1.0)
    for foot in (s.right_foot, s.left_foot):
        foot.heel.to(start + 0.45 * length, 0.45 * length, 0.0)
    if way == "kneel":
        s.mode.to(start + 0.3 * length, 0.3 * length, ground=0.0)
        s.mode.to(start + 0.6 * length, 0.5 * length, balance=1.0)
        s.right_foot.step(end, 0.4 * length, (s.body.stance_out_m, 0.06), lift_m=0.06)


def _carry(s: Score, start: float, end: float, kind: str) -> None:
    """The thing comes up with the body and to where it is carried."""
    length = end - start
    if kind == "box":
        s.right.go(
            end,
            0.95 * length,
            "chest",
            (0.5 * _width(s), max(0.32, s.body.belly_front_m + 0.14), -0.34),
            palm=(-1.0, 0.0, 0.0),
            fingers=(0.0, 1.0, 0.1),
            elbow=(0.6, -0.6, -0.7),
        )
        return
    if kind == "bag":
        s.right.reach(end, 0.95 * length, (_beside_leg(s), 0.10, -0.95), palm=(-1.0, 0.1, 0.0), fingers=(0.0, 0.05, -1.0))
    else:
        s.right.reach(
            end, 0.9 * length, (0.05, 0.50, -0.46), palm=(-0.95, -0.2, 0.1), fingers=(-0.3, 0.95, 0.1), elbow=(0.5, -0.6, -0.7)
        )
    s.left.rest(end, 0.9 * length)


def _beside_leg(s: Score) -> float:
    """How far out of the shoulder, in arm lengths, a hand hangs that holds a bag clear of the leg."""
    prop = s.props["thing"]
    grip = prop.frames["grip"]
    inward = float(((prop.mesh.vertices_m - grip[:3, 3]) @ grip[:3, 2]).max())
    return float(np.clip((s.body.waist_half_m + CLEAR_M + inward - s.body.shoulder_half_m) / s.body.arm_m, 0.2, 0.55))


PICKING = Action(
    name="picking",
    caption="picks up a {thing} from the floor",
    choreography=_pick,
    phases=("reach", "grasp", "rise", "hold"),
    params={
        "way": Choice(("stoop", "squat", "kneel"), (0.45, 0.3, 0.25)),
        "down_s": Range(0.95, 1.3),
        "up_s": Range(0.95, 1.3),
        "hold_s": Range(0.3, 0.8),
        "aside_m": Range(0.06, 0.20),
        "further_m": Range(0.0, 0.06),
        "yaw_rad": Range(-0.35, 0.35),
        "heels_rad": Range(0.0, 0.45),
        "other_hand": Choice(("knee", "hanging")),
    },
    props=(PropUse("thing", ("bottle", "can", "cup", "bag", "backpack", "box")),),
    aliases=("picking up", "pick up", "pick", "picking something up", "lifting something from the floor"),
    tags=("daily", "trunk", "legs", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "picking", "ntu120": "A006", "hmdb51": "pick"},
)
