"""Things to hang from: a bar on two posts, as high as a person's hands reach and a little more."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Material, PropSpec, Rgb, Skeleton
from .base import Builder, Forms, Solid, form, frame, knee_height_m
from .shapes import Shape, box, join, painted, tube, with_mirror
from .textures import plain, wooden
from .vessels import color

STANDS = ("feet", "sunk", "braced")
"""Steel posts on long feet, posts sunk into the ground, wooden posts with a brace on each side."""

BAR_RADIUS_M = 0.016
CLEAR_M = 0.10
"""How much higher than the fingertips of a standing person's raised arms the bar is."""

WOOD, IRON = (0.5, 0.36, 0.22), (0.2, 0.21, 0.23)


def bar_height_m(skeleton: Skeleton) -> float:
    """Height of the bar: shoulders, arms and hands above one another, and something to hang free."""
    joints = skeleton.joints_m
    shoulder, knee, wrist, finger = (joints[JOINT[f"right_{name}"]] for name in ("shoulder", "knee", "wrist", "middle3"))
    arm = float(np.linalg.norm(joints[JOINT["right_elbow"]] - shoulder) + np.linalg.norm(wrist - joints[JOINT["right_elbow"]]))
    return knee_height_m(skeleton) + float(shoulder[1] - knee[1]) + arm + float(np.linalg.norm(finger - wrist)) + CLEAR_M


def pull_up_bar(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Pull-up bar 1.3 m wide times `size` on two posts; its height comes from the person. The bar runs along x."""
    height, half = bar_height_m(skeleton), 0.65 * spec.size
    stand = form(spec, "stand", STANDS)
    bar = tube([(-half - 0.05, 0.0, height), (0.0, 0.0, height), (half + 0.05, 0.0, height)], BAR_RADIUS_M, 12)
    post = 0.045 if stand == "braced" else 0.03
    posts = with_mirror(_post(half, height + (0.10 if stand == "braced" else 0.025), post, round_one=stand == "sunk"))
    shapes = [painted(bar, 0), painted(posts, 1)]
    if stand == "feet":
        shapes.append(painted(with_mirror(box((0.06, 1.1, 0.04), (half, 0.0, 0.02))), 1))
    elif stand == "braced":
        brace = tube([(half, 0.55, 0.0), (half, 0.02, 0.62 * height)], 0.022, 8)
        shapes.append(painted(with_mirror(brace), 1))
    steel = Material("bar", plain((0.55, 0.56, 0.58)), 0.3)
    if stand == "braced":
        posts_of = Material("posts", wooden(_toned(color(spec, 0, WOOD), WOOD), spec.variant), 0.6)
    else:
        posts_of = Material("posts", plain(_toned(color(spec, 0, IRON), IRON)), 0.45)
    frames = {"bar": frame((0.0, 0.0, height), y=(0, 1, 0), z=(0, 0, 1))}
    return Solid(join(shapes), (steel, posts_of), frames)


def _toned(painted_rgb: Rgb, own: Rgb) -> Rgb:
    """A coat of paint that lets most of the material's own colour through."""
    r, g, b = (0.35 * paint + 0.65 * base for paint, base in zip(painted_rgb, own, strict=True))
    return r, g, b


def _post(x: float, height: float, half_width: float, *, round_one: bool) -> Shape:
    if round_one:
        return tube([(x, 0.0, 0.0), (x, 0.0, 0.5 * height), (x, 0.0, height)], half_width, 12)
    return box((2.0 * half_width, 2.0 * half_width, height), (x, 0.0, 0.5 * height))


KINDS: dict[str, Builder] = {"pull_up_bar": pull_up_bar}
"""Kind -> builder; the height comes from the person, `size` is a factor on the width."""

FORMS: Forms = {"pull_up_bar": {"stand": STANDS}}
"""Kind -> part -> its forms."""
