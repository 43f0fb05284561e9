"""Doors that open: a fridge is opened, something put in or taken out, and shut; a door is opened and walked through."""

from __future__ import annotations

import numpy as np

from ...motion.gait import walk
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .places import bring_so

LEFT_M = -0.24
"""Where a fridge's middle is, right of who opens it: the door swings past them."""


def _use_fridge(s: Score) -> None:
    """The door is pulled open by its handle; the other hand puts food in, or the same one takes it out; the door is shut."""
    opened = s.number("open_rad")
    depth = float(s.props["fridge"].frames["near"][1, 3])
    face = 0.78 * s.body.arm_m + 0.12 + s.number("away_m")  # the door's front, ahead of the ankles
    body = face + 0.06 + depth - 0.06
    s.stand("fridge", (LEFT_M, body), time_s=START_S)
    hinge = s.props["fridge"].frames["left_hinge"][:3, 3]
    s.stand("door", (LEFT_M, body - float(hinge[1])), time_s=START_S)
    shelf = s.props["fridge"].frames["shelf"][:3, 3]
    place = np.array([LEFT_M + 0.08, body - float(shelf[1]), float(shelf[2])])
    s.left_foot.place(START_S, 0.1, (s.body.stance_out_m, 0.02), toe_out_rad=0.15)
    takes = s.option("what") == "takes food out"
    if takes:
        s.stand("food", (float(place[0]), float(place[1])), height_m=float(place[2]), time_s=START_S)
    else:
        s.hold("food", START_S, "left")
        s.left.fingers(START_S, 0.1, "grip_wide")
        _carry(s, START_S, 0.1)
    _open(s, opened)
    _reach_in(s, place, takes)
    _shut(s, opened, takes)


def _carry(s: Score, end_s: float, duration_s: float) -> None:
    s.left.bring(
        end_s,
        duration_s,
        "food",
        "base",
        None,
        frame="chest",
        at=(0.12, max(0.30, s.body.belly_front_m + 0.16), -0.40),
        y_axis=(-0.4, 0.9, 0.0),
        z_axis=(0.0, 0.0, 1.0),
        elbow=(0.6, -0.5, -0.7),
    )


def _grip_bar(s: Score, end_s: float, duration_s: float, away_m: float = 0.0) -> None:
    """The fist on the bar, thumb up."""
    s.right.go(
        end_s,
        duration_s,
        "thing:door:right_handle",
        (0.012, -away_m - 0.004, 0.0),
        palm=(-0.55, 0.8, 0.0),
        fingers=(-0.8, 0.55, 0.1),
        elbow=(0.8, -0.6, -0.5),
        stretch=0.95,
    )


def _open(s: Score, opened: float) -> None:
    length = s.number("open_s")
    with s.phase("open", 0.7 + length) as (start, end):
        s.look(start + 0.25, "prop:door:right_handle")
        s.right.fingers(start + 0.4, 0.3, "cup")
        _grip_bar(s, start + 0.55, 0.5, 0.04)
        _grip_bar(s, start + 0.7, 0.2)
        s.right.fingers(start + 0.75, 0.15, "grip")
        s.contact("right_palm", "door", start + 0.72, end - 0.66 * length)
        s.swing("door", end, length, "left_hinge", -opened)
        s.trunk.to(start + 0.7 + 0.5 * length, 0.5 * length, twist=-0.16, lean=-0.04)
        s.right_foot.step(start + 0.7 + 0.5 * length, 0.4, (1.2 * s.body.stance_out_m, -0.10), lift_m=0.04, toe_out_rad=0.3)
        s.look(end, "prop:fridge:shelf", duration_s=0.5)
        # the hand lets go of the bar where the open door would take it too far across
        s.right.fingers(end - 0.55 * length, 0.2, "relaxed")
        s.right.reach(end - 0.28 * length, 0.34 * length, (0.22, 0.56, -0.48), palm=(-0.8, 0.1, -0.5), elbow=(0.7, -0.6, -0.6))


def _reach_in(s: Score, place: np.ndarray, takes: bool) -> None:
    """A step up, bowing to look in; the hand goes to the shelf with the thing, or brings it out."""
    hand, length = (s.right if takes else s.left), s.number("reach_s")
    bow = s.number("bow_rad")
    with s.phase("reach", length) as (start, end):
        s.trunk.to(end, 0.9 * length, bend=bow, twist=0.14 if takes else -0.12, lean=0.0)
        s.pelvis.to(end, 0.9 * length, pitch=0.45 * bow)
        point = (float(place[0]), float(place[1]), float(place[2]))
        if takes:
            hand.fingers(start + 0.5 * length, 0.4, "cup")
            grip = s.props["food"].frames["grip"][:3, 3]
            at = (point[0] - float(grip[0]), point[1], point[2] + float(grip[2]))
            hand.go(
                end - 0.12,
                length - 0.15,
                "world",
                (at[0] + 0.05, at[1], at[2]),
                palm=(-1.0, 0.0, 0.0),
                fingers=(0.0, 1.0, 0.0),
                elbow=(0.8, -0.6, -0.4),
                stretch=0.96,
            )
            hand.go(end, 0.15, "world", at, palm=(-1.0, 0.0, 0.0), fingers=(0.0, 1.0, 0.0), elbow=(0.8, -0.6, -0.4), stretch=0.96)
            hand.fingers(end + 0.05, 0.15, "grip_wide")
            s.hold("food", end)
        else:
            bring_so(
                s,
                hand,
                end - 0.2,
                length - 0.25,
                "food",
                "base",
                (-point[0], point[1], point[2] + 0.04),
                palm=(-1.0, 0.0, 0.0),
                fingers=(0.0, 1.0, 0.0),
                elbow=(0.8, -0.6, -0.4),
            )
            bring_so(
                s,
                hand,
                end,
                0.2,
                "food",
                "base",
                (-point[0], point[1], point[2]),
                palm=(-1.0, 0.0, 0.0),
                fingers=(0.0, 1.0, 0.0),
                elbow=(0.8, -0.6, -0.4),
            )
            s.move("food", end + 0.1, 0.08, (point[0], point[1]), 0.0, point[2])
            hand.fingers(end + 0.15, 0.15, "cup")


def _shut(s: Score, opened: float, takes: bool) -> None:
    """Out again, upright; the door is pushed shut, by its edge, with the hand that has been in."""
    length = s.number("shut_s")
    with s.phase("shut", 1.0 + length) as (start, end):
        s.trunk.to(start + 0.6, 0.6, bend=0.04, twist=0.0)
        s.pelvis.to(start + 0.6, 0.6, pitch=0.0)
        hand, pushing = (s.right, s.left) if takes else (s.left, s.left)
        if takes:
            hand.bring(
                start + 0.98,
                0.92,
                "food",
                "base",
                None,
                frame="chest",
                at=(0.10, max(0.30, s.body.belly_front_m + 0.16), -0.34),
                y_axis=(-0.45, 0.9, 0.0),
                z_axis=(0.0, 0.0, 1.0),
                elbow=(0.5, -0.5, -0.8),
            )
        else:
            hand.reach(start + 0.62, 0.58, (0.20, 0.50, -0.35), palm=(-0.5, 0.4, -0.4), elbow=(0.6, -0.6, -0.6))
        s.pelvis.to(start + 1.0, 0.5, right=-0.07)
        s.pelvis.to(end, 0.5 * length, right=0.0)
        s.look(start + 0.8, "prop:door:right_edge", duration_s=0.6)
        pushing.fingers(start + 0.6, 0.3, "flat")
        for at, duration, off in ((start + 0.98, 0.5, 0.03), (start + 1.1, 0.12, 0.0)):
            pushing.go(
                at,
                duration,
                "thing:door:right_edge",
                (0.07, -0.035 - off, 0.08),
                palm=(0.1, 1.0, 0.0),
                fingers=(-0.3, 0.0, 0.9),
                elbow=(0.9, -0.4, -0.4),
                stretch=0.95,
            )
        s.swing("door", end - 0.05, length - 0.1, "left_hinge", opened)
        s.contact(f"{pushing.side}_palm", "door", start + 1.1, start + 1.1 + 0.4 * length)  # from then on it falls shut
        s.left_foot.step(start + 0.9, 0.4, (s.body.stance_out_m, -0.08), lift_m=0.04)
        pushing.go(end + 0.1, 0.6 * length, "chest", (0.12, 0.40, -0.12), palm=(0.1, 1.0, 0.0), fingers=(-0.2, 0.1, 0.9),
                   elbow=(0.9, -0.4, -0.4))  # fmt: skip
    with s.phase("done", 0.5) as (start, end):
        pushing.rest(end + 0.3, 0.65)
        pushing.fingers(end, 0.4, "relaxed")
        s.look(end, "thing:food" if takes else "prop:fridge:shelf")


PUTTING_FOOD_IN_THE_FRIDGE_TAKING_FOOD_FROM_THE_FRIDGE = Action(
    name="putting_food_in_the_fridge_taking_food_from_the_fridge",
    caption="opens a fridge, {what} and shuts its door",
    wordings=("uses a fridge: opens its door, {what} and closes it again",),
    choreography=_use_fridge,
    phases=("open", "reach", "shut", "done"),
    params={
        "what": Choice(("takes food out", "puts food in")),
        "open_rad": Range(1.45, 1.75),
        "open_s": Range(0.85, 1.15),
        "reach_s": Range(0.75, 1.0),
        "shut_s": Range(0.75, 1.0),
        "bow_rad": Range(0.22, 0.45),
        "away_m": Range(0.04, 0.10),
    },
    props=(
        PropUse("fridge", ("fridge",), (0.98, 1.02)),
        PropUse("door", ("fridge_door",), (0.98, 1.02)),
        PropUse("food", ("carton", "can", "bottle"), (0.9, 1.1)),
    ),
    aliases=("opening the fridge", "putting food in the fridge", "taking food from the fridge", "using a fridge"),
    tags=("household", "arms", "object", "kitchen"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "putting_food_in_the_fridge_taking_food_from_the_fridge"},
)


def _walk_in(s: Score) -> None:
    """Walks up to a door, takes its lever, pushes it open and walks through, the hand going with the lever at first."""
    speed, middle = s.number("speed_mps"), -0.10
    walk_up = s.number("walk_up_s")
    place = walk(s, 0.0, walk_up, speed, ease_in_s=0.25, ease_out_s=0.5, hands=("left",))
    sill = place.forward_m + 0.72 * s.body.arm_m + 0.16
    s.stand("frame", (middle, sill), time_s=START_S)
    hinge = middle + float(s.props["frame"].frames["left_jamb"][0, 3]) * -1.0
    s.stand("door", (hinge, sill), yaw_rad=-0.5 * np.pi, time_s=START_S)
    with s.phase("walk_up", walk_up) as (start, end):
        s.look(end - 0.45, "prop:door:right_lever")
        s.right.fingers(end - 0.3, 0.3, "cup")
        _on_lever(s, end - 0.1, 0.6, 0.05)
        _on_lever(s, end + 0.08, 0.2, 0.0)
    push = s.number("push_s")
    with s.phase("open", 0.35 + 0.55 * push) as (start, end):
        s.right.fingers(start + 0.2, 0.15, "grip")
        s.trunk.to(start + 0.3, 0.3, lean=0.05)
        s.swing("door", start + 0.30 + push, push, "hinge", s.number("open_rad"), "decelerate")
        s.contact("right_palm", "door", start + 0.1, start + 0.3 + 0.2 * push)
        s.look(end, "world", (-0.2, sill + 3.0, 0.9 * s.body.eye_height_m), duration_s=0.4)
        s.trunk.to(end, 0.5, bend=0.10, twist=0.15)
        _on_lever(s, start + 0.30, 0.1, 0.0)
    with s.phase("walk_in", s.number("walk_in_s")) as (start, end):
        walk(s, start, end - start, speed, ease_in_s=0.55, ease_out_s=0.4, hands=("left",))
        s.right.fingers(start + 0.3, 0.2, "relaxed")
        s.right.rest(start + 0.85, 0.75)
        s.trunk.to(start + 0.7, 0.6, bend=0.0, twist=0.0, lean=0.0)
        s.look_ahead(end)


def _on_lever(s: Score, end_s: float, duration_s: float, above_m: float) -> None:
    """The palm on the lever, fingers over it towards the leaf; axes: towards the person, along the leaf, up."""
    s.right.go(
        end_s,
        duration_s,
        "thing:door:right_lever",
        (above_m, 0.0, above_m),
        palm=(-0.45, 0.0, -0.9),
        fingers=(-0.85, -0.25, 0.35),
        elbow=(0.8, 0.3, -0.6),
        stretch=0.96,
    )


OPENING_THE_DOOR_AND_WALKING_IN = Action(
    name="opening_the_door_and_walking_in",
    caption="opens a door with {possessive} {side} hand and walks in",
    wordings=("walks up to a door, pushes it open and walks through it",),
    choreography=_walk_in,
    phases=("walk_up", "open", "walk_in"),
    params={
        "speed_mps": Range(0.9, 1.2),
        "walk_up_s": Range(1.2, 1.7),
        "push_s": Range(0.9, 1.15),
        "open_rad": Range(1.35, 1.75),
        "walk_in_s": Range(1.5, 2.0),
    },
    props=(PropUse("frame", ("door_frame",), (0.8, 1.3)), PropUse("door", ("door_leaf",), (0.98, 1.02))),
    aliases=("opening a door", "open the door", "walking in", "entering a room", "walking through a door"),
    tags=("daily", "arms", "legs", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "opening_the_door_and_walking_in"},
)
