"""A small table's parts on the floor: a leg is picked up; the whole table is turned over onto its legs."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ...motion.solve import STANDING_HEIGHT
from ...motion.target import Vector
from ...props.assembly import LEG_RADIUS_M, THICK_M, TOP_M
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..household.places import stand_at
from ..poses import START_S
from ..postures.picking import shoulders_ahead

STEPS = 14
"""In which a table's turn is written, for the hands and for the table."""


def stoop(s: Score, end_s: float, duration_s: float, height_m: float, pitch_rad: float, bend_rad: float) -> float:
    """Bow and sink until a hand that hangs is at a height; returns how far ahead of the ankles the shoulders then are."""
    standing = STANDING_HEIGHT * s.body.pelvis_height_m
    drop = 0.93 * s.body.arm_m + 0.03
    for share in np.linspace(1.0, 0.2, 17):
        ahead, up = shoulders_ahead(s, share * pitch_rad, share * bend_rad)
        if height_m + drop - up < standing - 0.05:
            break
    pelvis = float(np.clip(height_m + drop - up, 0.34 * standing, standing - 0.02))
    s.pelvis.to(end_s - 0.04, 0.92 * duration_s, up=pelvis - standing)
    s.pelvis.to(end_s, 0.9 * duration_s, pitch=share * pitch_rad)
    s.trunk.to(end_s, 0.9 * duration_s, bend=share * bend_rad)
    s.mode.to(end_s, 0.5, gaze=0.75)
    return 0.62 * ahead


def _straight(s: Score, end_s: float, duration_s: float) -> None:
    """Up again, legs first."""
    s.pelvis.to(end_s - 0.1, 0.9 * duration_s, up=0.0)
    s.pelvis.to(end_s, 0.9 * duration_s, pitch=0.0, yaw=0.0)
    s.trunk.to(end_s, 0.9 * duration_s, bend=0.05, twist=0.0, lean=0.0)
    s.mode.to(end_s, 0.5, gaze=1.0)


# ---------------------------------------------------------------- picking up a leg


def _pick(s: Score) -> None:
    """Legs lie about a table top on the floor: one is looked for, taken from above, brought up and looked over."""
    deep = s.option("way") == "squat"
    pitch, bend = (0.6, 0.55) if deep else (1.1, 0.9)
    shoulders_m, _ = shoulders_ahead(s, pitch, bend)
    ahead = max(0.62 * shoulders_m + 0.12, 0.78 * s.body.foot_m + 0.10) + s.number("away_m")
    aside, yaw = s.number("aside_m"), s.number("yaw_rad")
    side = 0.5 * TOP_M
    s.stand("top", (aside - side - 0.36, ahead + 0.22), 0.3 * yaw, time_s=START_S)
    along = np.array([-np.cos(yaw), np.sin(yaw)])
    hand = np.array([aside, ahead])
    s.lay("leg", _flat_leg(s, hand, along), START_S)
    for k, name in enumerate(("second", "third")):
        s.lay(name, _flat_leg(s, hand + np.array([0.04 * k, 0.10 + 0.08 * k]), along), START_S)
    if deep:
        for foot in (s.right_foot, s.left_foot):
            foot.place(START_S, 0.1, (1.25 * s.body.stance_out_m, 0.0), toe_out_rad=0.3)
    palm, fingers = (0.0, 0.0, -1.0), (float(along[1]), -float(along[0]), 0.0)
    low = 2.0 * LEG_RADIUS_M
    down, up = s.number("down_s"), s.number("up_s")
    with s.phase("reach", down) as (start, end):
        s.look(start + 0.25, "world", (aside, ahead, 0.0), duration_s=0.3)
        stoop(s, end, down, low, pitch, bend)
        s.trunk.to(end, 0.8 * down, twist=0.12, lean=0.05)
        for foot in (s.right_foot, s.left_foot):
            foot.heel.to(end, 0.6 * down, s.number("heels_rad") if deep else 0.0)
        s.right.fingers(end - 0.3, 0.4, "cup")
        for off, when, length in ((0.08, end - 0.2, 0.8 * down), (0.0, end + 0.06, 0.3)):
            s.right.go(when, length, "world", (aside, ahead, low + off), palm=palm, fingers=fingers, elbow=(0.8, -0.6, 0.2))
    with s.phase("grasp", 0.28) as (start, end):
        s.right.fingers(start + 0.2, 0.22, "grip_wide")
        s.hold("leg", start + 0.12)
        s.contact("right_palm", "leg", start + 0.12, end + up)
    with s.phase("rise", up) as (start, end):
        _straight(s, end, up)
        for foot in (s.right_foot, s.left_foot):
            foot.heel.to(start + 0.5 * up, 0.45 * up, 0.0)
        _show(s, end, 0.9 * up)
        s.look(end - 0.2, "thing:leg", duration_s=0.5)
    with s.phase("look_over", s.number("hold_s")) as (_, end):
        s.trunk.to(end, 0.5, twist=-0.1)


def _flat_leg(s: Score, at: Array, along: Array) -> Array:
    """T_world_prop of a leg on the floor, its upper end towards `along`, the middle of its grip at (right, forward)."""
    pose = np.eye(4)
    z = np.array([*along, 0.0])
    x = np.array([0.0, 0.0, -1.0])
    pose[:3, :3] = np.stack([x, np.cross(z, x), z], axis=-1)
    pose[:3, 3] = np.array([*at, LEG_RADIUS_M]) - z * float(s.props["leg"].frames["grip"][2, 3])
    return pose


def _show(s: Score, end_s: float, duration_s: float) -> None:
    """The leg upright before the chest, the other hand coming to its end, or beside."""
    ahead = max(s.body.chest_front_m, s.body.belly_front_m) + 0.24
    s.right.go(
        end_s,
        duration_s,
        "chest",
        (0.10, ahead, -0.16),
        palm=(-0.85, -0.3, -0.2),
        fingers=(-0.35, 0.9, 0.15),
        elbow=(0.7, -0.6, -0.7),
    )
    if s.option("other_hand") == "joins":
        s.left.go(
            end_s + 0.15, 0.6, "thing:leg:end", (0.03, 0.0, -0.05), palm=(-0.9, 0.2, 0.0), fingers=(0.1, 0.9, 0.3), stretch=0.97
        )
        s.left.fingers(end_s + 0.15, 0.4, "grip_wide")


PICK_LEG = Action(
    name="pick_leg",
    caption="picks up a table leg from the floor",
    wordings=("takes one of the legs of a small table from the floor", "bends down for a table leg and looks it over"),
    choreography=_pick,
    phases=("reach", "grasp", "rise", "look_over"),
    params={
        "way": Choice(("stoop", "squat"), (0.55, 0.45)),
        "down_s": Range(0.9, 1.25),
        "up_s": Range(0.9, 1.25),
        "hold_s": Range(0.4, 0.9),
        "aside_m": Range(0.10, 0.22),
        "away_m": Range(0.0, 0.06),
        "yaw_rad": Range(-0.4, 0.4),
        "heels_rad": Range(0.0, 0.4),
        "other_hand": Choice(("joins", "hangs"), (0.65, 0.35)),
    },
    props=(
        PropUse("top", ("loose_top",), (0.95, 1.1)),
        *(PropUse(name, ("loose_leg",), (1.0, 1.0)) for name in ("leg", "second", "third")),
    ),
    aliases=("picking up a leg", "pick up a table leg"),
    tags=("work", "trunk", "object"),
    acting=("right_hand",),
    taxonomy={"ikea_fa": "pick_leg"},
)

# ---------------------------------------------------------------- turning the table over


def _flip(s: Score) -> None:
    """Taken by both sides, legs up; lifted, turned over away from the body, and set down on its legs."""
    size = float(np.ptp(s.props["table"].mesh.vertices_m[:, 0]))
    tall = float(s.props["table"].frames["feet"][2, 3])
    half = 0.5 * size
    on_table = "base" in s.props
    if on_table:
        base = stand_at(s, "base", room_m=0.02)
        ground, ahead = base.height_m, base.edge_m + half + 0.01
    else:
        ground = 0.0
        ahead = max(0.8 * s.body.foot_m, 0.10 + s.body.belly_front_m) + half + 0.03 + s.number("away_m")
        for foot in (s.right_foot, s.left_foot):
            foot.place(START_S, 0.1, (1.3 * s.body.stance_out_m, 0.0), toe_out_rad=0.25)
    low, under = ground + 0.5 * THICK_M, ground + tall - 0.5 * THICK_M
    lift = ground + float(np.hypot(half, tall)) + s.number("clear_m")
    s.lay("table", _turned((0.0, ahead, low), 0.0), START_S)
    s.look(START_S + 0.3, "world", (0.0, ahead, low))
    down, up = s.number("down_s"), s.number("up_s")
    with s.phase("take", down) as (_, end):
        _bow(s, end, down, low, on_table)
        for gap, when, length in ((0.07, end - 0.2, down - 0.2), (0.0, end, 0.25)):
            _hands(s, when, length, half + gap, (ahead, low), 0.35)
        for hand in (s.right, s.left):
            hand.fingers(end - 0.3, 0.4, "flat")
            hand.fingers(end + 0.1, 0.2, "grip_wide")
    with s.phase("lift", up) as (start, end):
        _path(s, start, up, half, [(ahead, low, 0.0), (ahead, lift, 0.3)])
        _bow(s, end, up, lift, on_table)
    turn = s.number("turn_s")
    with s.phase("turn_over", turn) as (start, end):
        _path(s, start, turn, half, [(ahead, lift, 0.3), (ahead + 0.02, lift + 0.02, 2.0), (ahead, lift - 0.02, np.pi)])
        s.trunk.to(end, turn, lean=0.04)
    with s.phase("set_down", 0.8 * up) as (start, end):
        _path(s, start, 0.8 * up, half, [(ahead, lift - 0.02, np.pi), (ahead, under, np.pi)])
        _bow(s, end, 0.8 * up, under, on_table)
    s.contact("right_palm", "table", 0.0 + down, s.now)
    s.contact("left_palm", "table", 0.0 + down, s.now)
    with s.phase("recover", 0.8) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.06)):
            hand.fingers(start + 0.3, 0.25, "relaxed")
            hand.go(
                start + 0.3 + late,
                0.25,
                "world",
                (half + 0.08, ahead - 0.04, under + 0.06),
                palm=(-1.0, 0.0, -0.1),
                fingers=(0.0, 0.9, -0.3),
            )
            hand.rest(end + 0.1 + late, 0.6)
        _straight(s, end, 0.8)


def _bow(s: Score, end_s: float, duration_s: float, height_m: float, on_table: bool) -> None:
    """As far down as hands at a height need it."""
    if on_table:
        share = float(np.clip((s.body.shoulder_height_m - 0.25 - height_m) / 0.5, 0.0, 1.2))
        s.trunk.to(end_s, 0.9 * duration_s, bend=0.35 * share * s.number("bow"))
        s.pelvis.to(end_s, 0.9 * duration_s, pitch=0.25 * share * s.number("bow"))
    else:
        stoop(s, end_s, duration_s, height_m, 0.85 * s.number("bow"), 0.6)


def _turned(at: Vector, angle_rad: float) -> Array:
    """T_world_prop of the table, the middle of its slab at (right, forward, up), turned over by an angle, legs going away."""
    c, d = float(np.cos(angle_rad)), float(np.sin(angle_rad))
    pose, to_middle = np.eye(4), np.eye(4)
    pose[:3, :3] = np.array([[1.0, 0.0, 0.0], [0.0, c, d], [0.0, -d, c]]) @ np.diag([-1.0, -1.0, 1.0])
    pose[:3, 3] = at
    to_middle[2, 3] = -0.5 * THICK_M
    return pose @ to_middle


def _hands(
    s: Score, end_s: float, duration_s: float, out_m: float, at: tuple[float, float], up_rad: float, ease: str = "smooth"
) -> None:
    """Palms on the middles of the slab's sides, fingers ahead and so far up."""
    for hand, late in ((s.right, 0.0), (s.left, 0.0)):
        hand.go(end_s + late, duration_s, "world", (out_m, *at), ease, palm=(-1.0, 0.0, 0.0),
                fingers=(0.0, float(np.cos(up_rad)), float(np.sin(up_rad))), elbow=(0.9, -0.5, -0.2), stretch=0.98)  # fmt: skip


def _path(s: Score, start: float, duration: float, half: float, knots: list[tuple[float, float, float]]) -> None:
    """Table and hands together through (forward, up) of the slab's middle and how far it is turned over."""
    marks = np.linspace(0.0, 1.0, len(knots))
    for k in range(STEPS):
        share = (k + 1) / STEPS
        share = share * share * (3.0 - 2.0 * share)
        ahead, up, angle = (float(np.interp(share, marks, [knot[i] for knot in knots])) for i in range(3))
        at, step = start + duration * (k + 1) / STEPS, duration / STEPS
        s.move_to("table", at, step, _turned((0.0, ahead, up), angle), "linear")
        # The table slips round between the palms, for wrists turn half as far only.
        _hands(s, at, step, half, (ahead, up), 0.35 - 0.36 * angle, "linear")


FLIP_OVER = Action(
    name="flip_over",
    caption="turns a small table over onto its legs with both hands",
    wordings=("lifts a table that lies upside down and flips it over", "flips a small table over and sets it on its legs"),
    choreography=_flip,
    phases=("take", "lift", "turn_over", "set_down", "recover"),
    params={
        "down_s": Range(0.8, 1.05),
        "up_s": Range(0.75, 1.0),
        "turn_s": Range(0.85, 1.2),
        "clear_m": Range(0.02, 0.10),
        "away_m": Range(0.0, 0.05),
        "bow": Range(0.9, 1.15),
    },
    props=(PropUse("table", ("small_table",), (0.85, 1.0)), PropUse("base", ("table", "none", "none"), (0.9, 1.1))),
    aliases=("flip a table over", "turning a table over", "flip over a table", "flipping a table"),
    tags=("work", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ikea_fa": "flip_over"},
)
