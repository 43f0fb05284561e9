"""Linen in the house: hung out on a line, and bedding spread or folded on the bed."""

from __future__ import annotations

import numpy as np

from ...motion.bending import flat, let_go, pin
from ...motion.limbs import Hand
from ...motion.score import Score
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, pelvis_at

# ---------------------------------------------------------------- hanging out


def _hang_out(s: Score) -> None:
    """Down to the basket for a wet cloth, up and over the line with it, and along it with both hands until it hangs well."""
    ahead = s.body.belly_front_m + 0.30 + s.number("away_m")
    basket = float(s.props["basket"].frames["rim"][2, 3])
    line = float(s.props["line"].frames["line"][2, 3])
    half = 0.46 * float(np.ptp(s.props["cloth"].mesh.vertices_m[:, 1]))
    s.stand("basket", (0.0, ahead))
    s.stand("line", (0.0, ahead + 0.04))
    gathered = 0.5 * 0.2 / half
    pin(s, "cloth", "top", "world", (0.0, ahead, basket + 0.03), width=gathered)
    with s.phase("take", 1.0) as (start, end):
        s.look(start + 0.2, "world", (0.0, ahead, basket))
        _bow(s, end - 0.15, 0.85)
        for hand, late in ((s.right, 0.0), (s.left, 0.05)):
            hand.fingers(end - 0.3, 0.4, "grip_wide")
            hand.go(end - 0.05 + late, 0.8, "world", (0.11, ahead - 0.02, basket + 0.08), fingers=(-0.2, 0.6, -0.75),
                    palm=(-0.75, -0.2, -0.3), elbow=(0.7, -0.6, 0.2))  # fmt: skip
            hand.fingers(end + 0.1, 0.15, "pinch")
            pin(s, "cloth", f"top_{hand.side}", f"{hand.side}_hand", (0.0, 0.07, 0.03), time_s=end)
        let_go(s, "cloth", "top", end - 1e-3)
        s.contact("right_index_tip", "cloth", end, end + 2.0)
    with s.phase("lift", 1.15) as (start, end):
        pelvis_at(s, end - 0.15, 0.9, pitch=0.0)
        s.pelvis.to(end - 0.15, 0.9, up=0.0, forward=0.0)
        s.trunk.to(end - 0.1, 0.9, bend=-0.03)
        s.look(start + 0.5, "world", (0.0, ahead, line), duration_s=0.5)
        for hand, late in ((s.right, 0.0), (s.left, 0.06)):
            _corner(hand, start + 0.6 + late, 0.55, (0.8 * half, ahead - 0.14, 0.72 * line))
            _corner(hand, end + late, 0.55, (half, ahead - 0.04, line + 0.15))
    over = 0.55 + s.number("over_s")
    with s.phase("hang", over) as (start, end):
        pin(s, "cloth", "fold", "world", (0.0, ahead + 0.04, line + 0.01), time_s=start + 0.05)
        for hand, late in ((s.right, 0.0), (s.left, 0.05)):
            _corner(hand, end - 0.1 + late, over - 0.1, (half, ahead + 0.15, line - 0.04))
            let_go(s, "cloth", f"top_{hand.side}", end)
    _straighten(s, ahead, line, half)


def _bow(s: Score, end_s: float, duration_s: float) -> None:
    """Down to the basket with bent knees and back."""
    deep = s.number("stoop")
    pelvis_at(s, end_s, duration_s, pitch=0.75 * deep)
    s.pelvis.to(end_s, duration_s, up=-0.13 * s.body.height_m * deep, forward=-0.09)
    s.trunk.to(end_s, duration_s, bend=0.75 * deep)


def _corner(hand: Hand, end_s: float, duration_s: float, at: tuple[float, float, float]) -> None:
    """A pinched corner of the cloth at (out, forward, up) of the world."""
    hand.go(end_s, duration_s, "world", at, fingers=(-0.15, 0.75, 0.6), palm=(-0.4, 0.3, -0.85), elbow=(0.9, -0.3, -0.5))


def _straighten(s: Score, ahead: float, line: float, half: float) -> None:
    """The hands go along the line, tug at the edges and stroke the cloth down."""
    with s.phase("straighten", 1.35) as (start, end):
        tug = s.number("tug_m")
        for hand, late in ((s.right, 0.0), (s.left, 0.18)):
            _corner(hand, start + 0.35 + late, 0.3, (half, ahead - 0.02, line + 0.04))
            _corner(hand, start + 0.55 + late, 0.18, (half + tug, ahead - 0.02, line - 0.02))
            hand.fingers(start + 0.75 + late, 0.2, "flat")
            low = line - s.number("stroke_down")
            hand.go(
                start + 1.1 + late,
                0.4,
                "world",
                (0.8 * half, ahead - 0.02, low),
                fingers=(-0.3, 0.6, 0.7),
                palm=(-0.1, 0.9, -0.3),
                elbow=(0.9, -0.3, -0.5),
            )
        s.look(start + 0.6, "world", (half, ahead, line))
        s.look(start + 1.1, "world", (0.0, ahead, line - 0.2))
    with s.phase("recover", 0.6) as (start, end):
        for hand, late in ((s.right, 0.1), (s.left, 0.16)):
            hand.rest(end + late, 0.6)
            hand.fingers(end, 0.4, "relaxed")


HANGING_OUT_LAUNDRY = Action(
    name="hanging_out_laundry",
    caption="hangs out laundry on a line",
    choreography=_hang_out,
    phases=("take", "lift", "hang", "straighten", "recover"),
    params={
        "away_m": Range(0.0, 0.08),
        "stoop": Range(0.85, 1.1),
        "over_s": Range(0.0, 0.25),
        "tug_m": Range(0.015, 0.05),
        "stroke_down": Range(0.15, 0.35),
    },
    props=(
        PropUse("cloth", ("linen", "towel"), (0.85, 1.1)),
        PropUse("line", ("clothes_line",), (0.8, 1.05)),
        PropUse("basket", ("laundry_basket",), (0.9, 1.1)),
    ),
    wordings=("takes a wet cloth out of a basket and hangs it on a line", "hangs the washing out to dry"),
    aliases=("hang laundry", "hang out the washing", "hanging clothes"),
    tags=("daily", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "hanging_out_laundry"},
)


# ---------------------------------------------------------------- bedding


def _bedding(s: Score) -> None:
    """Beside the bed: the quilt's near edge is lifted and flung so that it spreads, and smoothed; or laid over the far half."""
    mesh = s.props["bed"].mesh.vertices_m
    half, top = 0.5 * float(np.ptp(mesh[:, 0])), float(s.props["bed"].frames["top"][2, 3])
    near = s.body.belly_front_m + 0.14 + s.number("away_m")
    s.stand("bed", (0.0, near + half), 0.5 * np.pi)
    broad, long = (float(np.ptp(s.props["quilt"].mesh.vertices_m[:, k])) for k in (1, 2))
    apart = long / 6.0
    s.lay("quilt", flat((0.5 * long, near + 0.03 + 0.5 * broad), top + 0.12, -0.5 * np.pi))
    s.trunk.to(START_S, 0.1, bend=0.35)
    pelvis_at(s, START_S, 0.1, pitch=0.25)
    s.look(START_S + 0.2, "world", (0.0, near + half, top))
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip")
    if s.option("which") == "spread":
        _spread(s, near, half, top, apart, broad)
    else:
        _fold(s, near, half, top, apart, broad)
    _smooth(s, near, half, top, near + half + (0.1 if s.option("which") == "spread" else 0.12))


def _edge(s: Score, hand: Hand, end_s: float, duration_s: float, at: tuple[float, float, float], ease: str = "smooth") -> None:
    """A hand with the quilt's near edge at (out, forward, up) of the world."""
    hand.go(end_s, duration_s, "world", at, ease, fingers=(-0.1, 0.85, -0.5), palm=(-0.2, -0.4, -0.9), elbow=(0.9, -0.4, -0.4))


def _held(s: Score, hand: Hand, time_s: float) -> None:
    """The quilt's near edge in a hand: the right one's nearer to the head end."""
    point = "right_upper" if hand.side == "right" else "right_lower"
    pin(s, "quilt", point, f"{hand.side}_hand", (0.0, 0.03, 0.03), time_s=time_s)


def _release(s: Score, time_s: float) -> None:
    for point in ("right_upper", "right_lower"):
        let_go(s, "quilt", point, time_s)


def _spread(s: Score, near: float, half: float, top: float, apart: float, broad: float) -> None:
    """The quilt lies heaped along the near edge; a heave of both arms throws its far edge over the bed."""
    heap, far = near + half, near + 0.97 * broad
    fling = s.number("fling_s")
    begin = 0.45
    high = s.number("fling_m")

    def edge(times: Array) -> Array:
        x = np.clip((times - begin - 0.3) / (1.25 * fling), 0.0, 1.0)
        share = x**2 * (3.0 - 2.0 * x)
        drop = np.where(far > near + 2.0 * half, 0.12, 0.03)
        return np.stack(
            [0.0 * x, heap + share * (far - heap), top + 0.06 + high * np.sin(np.pi * x) - share * (drop - 0.03)], axis=-1
        )

    pin(s, "quilt", "left", "world", edge, y_axis=(0.0, -1.0, 0.0), z_axis=(1.0, 0.0, 0.0))
    for hand in (s.right, s.left):
        _held(s, hand, START_S)
        _edge(s, hand, START_S, 0.1, (apart, near - 0.02, top + 0.22))
    s.contact("right_palm", "quilt", 0.0, begin + 2.0 * fling)
    with s.phase("heave", begin + fling) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.04)):
            _edge(s, hand, start + begin, 0.4, (apart, near + 0.02, top + 0.12))
            _edge(s, hand, end + late, fling, (1.15 * apart, near + 0.10, top + 0.25 + high), "swing")
        s.trunk.to(start + begin, 0.4, bend=0.5)
        s.trunk.to(end, fling, bend=0.05, ease="swing")
        pelvis_at(s, end, fling, pitch=0.05)
    with s.phase("settle", 0.75 + 0.5 * fling) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.05)):
            _edge(s, hand, end - 0.1 + late, end - start - 0.1, (1.1 * apart, near - 0.02, top + 0.04))
        s.trunk.to(end, 0.8, bend=0.45)
        pelvis_at(s, end, 0.8, pitch=0.3)
        _release(s, end - 0.1)
        lies = (0.0, near + 0.03, top + 0.03)
        pin(s, "quilt", "right", "world", lies, time_s=end - 0.1, y_axis=(0.0, -1.0, 0.0), z_axis=(1.0, 0.0, 0.0))
        let_go(s, "quilt", "right", end + 0.5)


def _fold(s: Score, near: float, half: float, top: float, apart: float, broad: float) -> None:
    """The quilt lies spread; its near edge is taken up and carried over to the far side."""
    for hand in (s.right, s.left):
        _edge(s, hand, START_S, 0.1, (0.8 * apart, near - 0.05, top + 0.25))
    with s.phase("grasp", 0.7) as (start, end):
        for hand, late in ((s.right, 0.0), (s.left, 0.06)):
            _edge(s, hand, end - 0.06 + late, 0.6, (apart, near - 0.02, top + 0.06))
            _held(s, hand, end)
        s.trunk.to(end, 0.6, bend=0.6)
        pelvis_at(s, end, 0.6, pitch=0.4)
    with s.phase("carry_over", 0.9 + s.number("fling_s")) as (start, end):
        length = end - start
        reach = min(half + 0.12, 0.52 * s.body.height_m - 0.14)
        for hand, late in ((s.right, 0.0), (s.left, 0.05)):
            _edge(
                s,
                hand,
                start + 0.5 * length + late,
                0.5 * length,
                (apart, near + 0.35 * reach, top + 0.2 + s.number("fling_m")),
                "swing",
            )
            _edge(s, hand, end - 0.05 + late, 0.5 * length, (apart, near + reach, top + 0.08), "swing")
        s.trunk.to(start + 0.4 * length, 0.4 * length, bend=0.2)
        s.trunk.to(end, 0.55 * length, bend=0.65)
        pelvis_at(s, end, 0.5 * length, pitch=0.5)
        s.contact("right_palm", "quilt", start, end)
        _release(s, end + 0.05)


def _smooth(s: Score, near: float, half: float, top: float, far: float) -> None:
    """The palms stroke the quilt flat from the middle outwards, then the person stands up."""
    with s.phase("smooth", 1.1) as (start, end):
        reach = min(far, near + 0.36 * s.body.height_m)
        for hand, late in ((s.right, 0.0), (s.left, 0.09)):
            hand.fingers(start + 0.3, 0.3, "flat")
            for k, out in enumerate((0.12, s.number("stroke_m"))):
                hand.go(
                    start + 0.4 + 0.5 * k + late,
                    0.38,
                    "world",
                    (out, reach - 0.1 * k, top + 0.075),
                    fingers=(-0.1, 0.9, -0.1),
                    palm=(0.0, -0.1, -1.0),
                    elbow=(0.9, -0.3, 0.3),
                )
        s.trunk.to(start + 0.4, 0.5, bend=0.6)
        pelvis_at(s, start + 0.4, 0.5, pitch=0.5)
    with s.phase("rise", 0.7) as (start, end):
        for hand, late in ((s.right, 0.1), (s.left, 0.15)):
            hand.go(
                end - 0.3 + late, 0.4, "world", (0.26, near - 0.1, top + 0.22), fingers=(0.0, 0.8, -0.6), palm=(-0.5, -0.3, -0.7)
            )
            hand.rest(end + 0.2 + late, 0.6)
            hand.fingers(end, 0.4, "relaxed")
        s.trunk.to(end, 0.7, bend=0.1)
        pelvis_at(s, end, 0.7, pitch=0.0)


SPREADING_BEDDING_FOLDING_BEDDING = Action(
    name="spreading_bedding_folding_bedding",
    caption="{which}s the bedding on a bed",
    choreography=_bedding,
    phases=("heave", "settle", "grasp", "carry_over", "smooth", "rise"),
    params={
        "which": Choice(("spread", "fold"), (0.6, 0.4)),
        "fling_s": Range(0.45, 0.7),
        "fling_m": Range(0.2, 0.45),
        "away_m": Range(0.0, 0.06),
        "stroke_m": Range(0.25, 0.4),
    },
    props=(PropUse("quilt", ("quilt",), (0.92, 1.04)), PropUse("bed", ("bed",), (0.9, 1.1))),
    wordings=("{which}s a quilt on a bed and smooths it",),
    aliases=("spread bedding", "fold bedding", "make the bed", "making the bed"),
    tags=("daily", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "spreading_bedding_folding_bedding"},
)
