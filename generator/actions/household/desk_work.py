"""At a desk: writing by hand, typing, using a computer with its mouse."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .places import Top, bring_so, set_down, sit_at

CHAIRS = PropUse("chair", ("chair", "stool"), (0.92, 1.1))
DESKS = PropUse("desk", ("desk", "table"), (0.85, 1.1))

WRITING_PALM, WRITING_FINGERS = (-0.80, 0.12, -0.55), (-0.50, 0.84, -0.20)
"""A writing hand lies on the edge of its little finger and points ahead and to the left."""


def _write(s: Score) -> None:
    """The pen comes down to the paper, runs along a line in small loops, goes back and begins the next; eyes on its tip."""
    top = sit_at(s, "desk", pitch_rad=0.12, bend_rad=s.number("stoop_rad"), room_m=0.0)
    middle, height = top.edge_m + 0.20, top.height_m + float(s.props["paper"].frames["top"][2, 3])
    aside, slant = 0.02, s.number("slant_rad")
    set_down(s, "paper", (aside, middle, top.height_m), slant)
    s.hold("pen", START_S)
    s.right.fingers(START_S, 0.1, "pinch")
    _hold_paper(s, START_S, 0.1, middle, height)
    s.look(START_S, "world", (aside, middle, height))
    lines, width = int(s.number("lines")), s.number("line_m")
    along, down = np.array([np.cos(slant), np.sin(slant)]), 0.03 * np.array([np.sin(slant), -np.cos(slant)])
    begin = np.array([aside, middle + 0.03]) - 0.5 * width * along
    _tip(s, START_S, 0.1, begin + np.array([0.05, -0.03]), height + 0.05)
    with s.phase("begin", 0.6) as (start, end):
        s.look(start + 0.3, "world", (float(begin[0]), float(begin[1]), height))
        _tip(s, end, 0.5, begin, height)
    with s.phase("write", lines * (s.number("line_s") + 0.4) - 0.4) as (start, end):
        at = start
        for k in range(lines):
            at = _line(s, at, begin + k * down, along, height)
            if k + 1 < lines:
                _tip(s, at + 0.2, 0.2, begin + (k + 0.5) * down + 0.4 * width * along, height + 0.025)
                _tip(s, at + 0.4, 0.2, begin + (k + 1) * down, height)
                at += 0.4
        s.contact("right_index3", "pen", start, end)
    with s.phase("lift", 0.7) as (start, end):
        _tip(s, end, 0.6, begin + lines * down + 0.5 * width * along, height + 0.04)
        if s.option("after") == "thinks":
            s.look(end, "world", (-0.5, middle + 1.2, height + 0.6), duration_s=0.5)
            s.trunk.to(end, 0.6, bend=0.6 * s.number("stoop_rad"))


def _line(s: Score, start: float, begin: np.ndarray, along: np.ndarray, height: float) -> float:
    """One line of script: small strokes up and down while the hand goes along; returns when it is done."""
    length, width = s.number("line_s"), s.number("line_m")
    rise = 0.010 * s.amplitude
    beats = int(length * s.number("rate_hz"))
    for k in range(beats):
        at = start + length * (k + 1) / beats
        tall = rise * (1.0 if k % 2 else -0.4) * (1.0 + 0.5 * float(np.sin(s.performer.phases_rad[k % 24])))
        across = np.array([-along[1], along[0]])
        point = begin + width * (k + 1) / beats * along + tall * across
        _tip(s, at, length / beats, point, height + (0.006 if k % 5 == 4 else 0.0))
    middle = begin + 0.5 * width * along
    s.look(start + length, "world", (float(middle[0]) + 0.5 * width, float(middle[1]), height), duration_s=length)
    s.trunk.to(start + length, length, twist=-0.05)
    s.trunk.to(start + length + 0.4, 0.4, twist=0.0)
    return start + length


def _tip(s: Score, end_s: float, duration_s: float, at: np.ndarray, height: float) -> None:
    """The pen's tip at (right, forward) of the world."""
    bring_so(s, s.right, end_s, duration_s, "pen", "tip", (float(at[0]), float(at[1]), height), palm=WRITING_PALM,
             fingers=WRITING_FINGERS, elbow=(0.8, -0.5, -0.5))  # fmt: skip


def _hold_paper(s: Score, end_s: float, duration_s: float, middle: float, height: float) -> None:
    """The other hand flat on the paper's edge, or its fingers at the head that is propped over it."""
    if s.option("other_hand") == "head":
        s.left.touch(
            end_s, duration_s, "left_ear", (0.02, 0.035, -0.045), palm=(-0.9, 0.0, 0.4), fingers=(-0.1, -0.2, 1.0),
            elbow=(0.5, 0.9, -0.9),
        )  # fmt: skip
        s.head.to(end_s, duration_s, tilt=-0.12)
        s.left.fingers(end_s, duration_s, "cup")
        return
    up = 0.0 if s.option("other_hand") == "top" else -0.09
    s.left.go(
        end_s, duration_s, "world", (0.13, middle + 0.02 + up, height + 0.012), palm=(-0.1, 0.0, -1.0),
        fingers=(-0.55, 0.85, 0.0), elbow=(0.9, -0.5, -0.2),
    )  # fmt: skip
    s.left.fingers(end_s, duration_s, "flat")


HANDWRITING = Action(
    name="handwriting",
    caption="sits at a {desk} and writes by hand with a pen on paper",
    wordings=("writes on a sheet of paper with a pen at a {desk}",),
    choreography=_write,
    phases=("begin", "write", "lift"),
    params={
        "lines": Range(2, 3, whole=True),
        "line_s": Range(0.8, 1.15),
        "line_m": Range(0.09, 0.14),
        "rate_hz": Range(6.0, 9.0),
        "slant_rad": Range(0.0, 0.4),
        "stoop_rad": Range(0.30, 0.55),
        "other_hand": Choice(("top", "low", "head"), (0.45, 0.4, 0.15)),
        "after": Choice(("thinks", "reads"), (0.4, 0.6)),
    },
    props=(CHAIRS, DESKS, PropUse("paper", ("writing_paper",), (0.95, 1.08)), PropUse("pen", ("pen",), (0.95, 1.1))),
    aliases=("writing", "write", "writing by hand", "taking notes", "writing with a pen"),
    tags=("daily", "arms", "object", "seated"),
    acting=("right_hand",),
    taxonomy={"synapt150": "handwriting", "ntu120": "A012"},
)


CURVED = 0.30
"""How far curved fingertips hang under where straight ones would be, in lengths of the hand."""


def _hover(s: Score, hand: Hand, end_s: float, duration_s: float, at: tuple[float, float, float], turn: float = 0.0) -> None:
    """Fingertips over the keys: the hand level, the fingers curved down."""
    hand.go(
        end_s, duration_s, "world", (at[0], at[1] + 0.02, at[2] + CURVED * s.body.hand_m), palm=(-0.12, 0.25, -1.0),
        fingers=(-0.28 + turn, 1.0, 0.12), elbow=(0.75, -0.6, -0.6),
        effector="middle_tip",
    )  # fmt: skip


def _type(s: Score) -> None:
    """Both hands over the keys; fingers strike in turn, hands wander along the rows; eyes on the screen, now and then down."""
    top = sit_at(s, "desk", pitch_rad=s.number("lean_rad"), bend_rad=s.number("stoop_rad"), room_m=0.02)
    keys, screen = _typing_place(s, top)
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "cup")
        _hover(s, hand, START_S, 0.1, (0.075, keys[1] - 0.10, keys[2] + 0.035))
    s.look(START_S, "world", screen)
    with s.phase("settle", 0.4) as (start, end):
        for hand in (s.right, s.left):
            _hover(s, hand, end, 0.4, (0.075, keys[1], keys[2] + 0.012))
    with s.phase("type", s.number("type_s")) as (start, end):
        for hand in (s.right, s.left):
            _strikes(s, hand, start, end, keys)
        at = start + s.number("first_glance_s")
        while at < end - 0.4:
            s.look(at, "world", keys, duration_s=0.3)
            s.look(at + 0.7, "world", screen, duration_s=0.3)
            at += 1.9
        s.contact("right_index_tip", "keyboard", start, end)
        s.contact("left_index_tip", "keyboard", start, end)
    with s.phase("pause", 0.5) as (start, end):
        s.look(start + 0.3, "world", screen)
        for hand in (s.right, s.left):
            _hover(s, hand, end, 0.4, (0.085, keys[1] - 0.05, keys[2] + 0.02))


def _typing_place(s: Score, top: Top) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Middle of the keys and of the screen: a laptop's, or one aside, so that the hands are seen; else the keys again."""
    frames = s.props["keyboard"].frames
    middle = top.edge_m + s.number("wrist_room_m") + 0.08
    set_down(s, "keyboard", (0.0, middle, top.height_m))
    keys = (0.0, middle - float(frames["keys"][1, 3]), top.height_m + float(frames["keys"][2, 3]))
    screen = keys
    if "screen" in frames:
        screen = (0.0, middle - float(frames["screen"][1, 3]), top.height_m + float(frames["screen"][2, 3]))
    if "screen" in s.props:
        aside, ahead = s.number("screen_aside_m"), middle + 0.20
        set_down(s, "screen", (-aside, ahead, top.height_m), 0.9 * aside / 0.5)
        high = top.height_m + float(s.props["screen"].frames["screen"][2, 3])
        screen = screen if "screen" in frames else (-aside, ahead, high)
    return keys, screen


def _strikes(s: Score, hand: Hand, start: float, end: float, keys: tuple[float, float, float]) -> None:
    """Quick taps with small sideways wanderings, out of step with the other hand, with gaps as between words."""
    phases, late = s.performer.phases_rad, 0.06 if hand.side == "left" else 0.0
    beat = 0.5 / s.number("rate_hz")
    at, k = start + late, 0 if hand.side == "right" else 5
    while at < end - 2.0 * beat:
        out = 0.075 + 0.035 * float(np.sin(phases[k % 24])) * s.amplitude
        row = 0.022 * float(np.sin(phases[(k + 9) % 24]))
        _hover(s, hand, at + beat, beat, (out, keys[1] + row, keys[2] + 0.030), 0.1 * float(np.sin(phases[(k + 4) % 24])))
        _hover(s, hand, at + 2.0 * beat, beat, (out, keys[1] + row, keys[2] + 0.006))
        hand.fingers(at + beat, beat, "relaxed" if k % 3 else "cup")
        hand.fingers(at + 2.0 * beat, beat, "cup" if k % 3 else "grip_wide")
        k += 1
        at += 2.0 * beat + (0.35 if k % 6 == 5 else 0.0)


TYPING_ON_A_KEYBOARD = Action(
    name="typing_on_a_keyboard",
    caption="sits at a {desk} and types on a {keyboard} with both hands",
    wordings=("types on a {keyboard} at a {desk}",),
    choreography=_type,
    phases=("settle", "type", "pause"),
    params={
        "type_s": Range(2.0, 3.4),
        "rate_hz": Range(3.0, 5.0),
        "first_glance_s": Range(0.4, 1.8),
        "wrist_room_m": Range(0.05, 0.12),
        "lean_rad": Range(-0.02, 0.16),
        "stoop_rad": Range(0.10, 0.38),
        "screen_aside_m": Range(0.36, 0.50),
    },
    props=(
        CHAIRS,
        DESKS,
        PropUse("keyboard", ("keyboard", "keyboard", "laptop"), (0.95, 1.08)),
        PropUse("screen", ("screen", "screen", "none"), (0.85, 1.1)),
    ),
    aliases=("typing", "type on a keyboard", "keyboard typing", "typing on a computer"),
    tags=("daily", "arms", "object", "seated"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "typing_on_a_keyboard", "ntu120": "A030"},
)


def _use_computer(s: Score) -> None:
    """A hand on the mouse that slides about and clicks, the other one idle; eyes fixed on the screen, which they follow."""
    top = sit_at(s, "desk", pitch_rad=s.number("lean_rad"), bend_rad=s.number("stoop_rad"), room_m=0.03)
    middle = top.edge_m + 0.36
    set_down(s, "screen", (0.0, middle, top.height_m))
    screen = s.props["screen"].frames["screen"]
    eyes = (0.0, middle - float(screen[1, 3]), top.height_m + float(screen[2, 3]))
    home = np.array([s.number("mouse_out_m"), top.edge_m + 0.14, top.height_m])
    s.hold("mouse", START_S)
    s.right.fingers(START_S, 0.1, "clasp")
    _mouse(s, START_S, 0.1, home + np.array([0.03, -0.04, 0.0]))
    _idle_hand(s, top)
    s.look(START_S, "world", eyes)
    with s.phase("settle", 0.4) as (_, end):
        _mouse(s, end, 0.4, home)
    with s.phase("use", s.number("use_s")) as (start, end):
        _slides(s, start, end, home, eyes)
        s.contact("right_palm", "mouse", start, end)


def _mouse(s: Score, end_s: float, duration_s: float, at: np.ndarray) -> None:
    point = (float(at[0]), float(at[1]), float(at[2]))
    bring_so(s, s.right, end_s, duration_s, "mouse", "base", point, palm=(0.0, 0.0, -1.0), fingers=(-0.15, 1.0, 0.0),
             elbow=(0.8, -0.6, -0.4))  # fmt: skip


def _idle_hand(s: Score, top: Top) -> None:
    """Beside the keyboard, under the chin, or on the thigh."""
    where = s.option("other_hand")
    s.left.fingers(START_S, 0.1, "relaxed")
    if where == "chin":
        s.left.touch(START_S, 0.1, "chin", (0.01, 0.01, -0.035), palm=(-0.3, -0.6, 0.7), fingers=(-0.8, 0.3, 0.4),
                     elbow=(0.3, 0.5, -1.0))  # fmt: skip
        s.left.fingers(START_S, 0.1, "fist")
        s.head.to(START_S, 0.1, tilt=-0.05)
    elif where == "desk":
        s.left.go(START_S, 0.1, "world", (0.14, top.edge_m + 0.12, top.height_m + 0.015), palm=(-0.1, 0.0, -1.0),
                  fingers=(-0.7, 0.7, 0.0), elbow=(0.9, -0.4, -0.2))  # fmt: skip
    else:
        s.left.touch(START_S, 0.1, "left_kneecap", (-0.005, -0.16, 0.055), "world", palm=(0.0, 0.1, -1.0),
                     fingers=(-0.25, 1.0, 0.0), elbow=(0.7, -0.8, -0.1))  # fmt: skip


def _slides(s: Score, start: float, end: float, home: np.ndarray, eyes: tuple[float, float, float]) -> None:
    """Slides to and fro with stops, at each of which a finger clicks; the eyes go where the pointer goes."""
    phases = s.performer.phases_rad
    at, k = start + 0.15, 0
    while at < end - 0.4:
        way = s.number("slide_m") * s.amplitude * np.array([np.sin(phases[k % 24]), 0.6 * np.sin(phases[(k + 5) % 24]), 0.0])
        length = s.number("slide_s") * (0.8 + 0.3 * abs(float(np.sin(phases[(k + 2) % 24]))))
        s.look(at + 0.1, "world", (eyes[0] + 2.2 * float(way[0]), eyes[1], eyes[2] + 1.5 * float(way[1])), duration_s=0.25)
        _mouse(s, at + length, length, home + way)
        for n in range(1 + k % 2):
            s.right.fingers(at + length + 0.12 + 0.24 * n, 0.08, "cup")
            s.right.fingers(at + length + 0.22 + 0.24 * n, 0.1, "clasp")
        if k % 3 == 2:
            s.trunk.to(at + length, 0.6, bend=s.number("stoop_rad") + 0.12 * float(np.sin(phases[(k + 3) % 24])))
        at, k = at + length + 0.35 + 0.2 * (k % 2), k + 1


USING_A_COMPUTER = Action(
    name="using_a_computer",
    caption="sits at a {desk} and uses a computer with {possessive} {side} hand on the mouse",
    wordings=("works at a computer, moving the mouse with {possessive} {side} hand", "looks at a {screen} and moves the mouse"),
    choreography=_use_computer,
    phases=("settle", "use"),
    params={
        "use_s": Range(2.8, 4.2),
        "slide_m": Range(0.07, 0.13),
        "slide_s": Range(0.3, 0.5),
        "mouse_out_m": Range(0.22, 0.30),
        "lean_rad": Range(-0.08, 0.14),
        "stoop_rad": Range(0.10, 0.36),
        "other_hand": Choice(("desk", "chin", "thigh"), (0.4, 0.3, 0.3)),
    },
    props=(CHAIRS, DESKS, PropUse("screen", ("screen", "laptop"), (0.9, 1.1)), PropUse("mouse", ("mouse",), (0.95, 1.1))),
    aliases=("computer", "working at a computer", "playing on a computer", "using a mouse", "browsing"),
    tags=("daily", "arms", "object", "seated"),
    acting=("right_hand",),
    taxonomy={"synapt150": "using_a_computer"},
)
