"""The measures of the table in their order: what each is called, how far it may go, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians
from typing import Any

from ...assets_manifest.tables import table

OURS = "aim of this library"
SOUCIE = "Soucie et al., Haemophilia 17 (2011), passive, the group that moves farthest"
NORKIN = "means of seven studies of arms, collected in a goniometry handbook; the largest"
APTI = "Apti et al. 2023, 300 people of 18 to 29 years, mean and two standard deviations"
AAOS = "American Academy of Orthopaedic Surgeons, after Castori, ISRN Dermatology 2012, table 8"
LUNGE = "weight-bearing lunge test, usual range"
MOCAP = "99.9th percentile of real motion, assets_manifest/natural_motion.toml"


@dataclass(frozen=True)
class Limit:
    """A measure: its key, words for a reader, the unit that it is shown in and how many of these one of ours is, the most that is
    fine (in our units), and the source of that.

    `typical`: more than `most` is a fault of the clips' mean, not of the worst clip.
    """

    key: str
    words: str
    unit: str
    scale: float
    most: float
    source: str
    typical: bool = False


RANGES_DEG: dict[str, tuple[float, str]] = {
    "elbow_flexion": (158.0, NORKIN),
    "elbow_hyperextension": (15.0, AAOS),
    "forearm_pronation": (96.0, NORKIN),
    "forearm_supination": (93.0, NORKIN),
    "wrist_flexion": (96.0, NORKIN),
    "wrist_extension": (89.0, NORKIN),
    "wrist_radial": (25.0, NORKIN),
    "wrist_ulnar": (39.0, NORKIN),
    "shoulder_extension": (89.0, NORKIN),
    "shoulder_horizontal_extension": (45.0, "horizontal abduction of the glenohumeral joint, table of a physiotherapy handbook"),
    "knee_flexion": (152.6, SOUCIE),
    "knee_hyperextension": (10.0, AAOS),
    "hip_flexion": (140.8, SOUCIE),
    "hip_extension": (28.3, SOUCIE),
    "hip_abduction": (45.0, AAOS),
    "hip_adduction": (30.0, AAOS),
    "ankle_dorsiflexion": (38.0, LUNGE),
    "ankle_plantarflexion": (50.0, AAOS),
    "neck_flexion": (74.1, APTI),
    "neck_extension": (79.5, APTI),
    "neck_lateral": (57.9, APTI),
    "neck_rotation": (92.1, APTI),
    "trunk_flexion": (98.9, APTI),
    "trunk_extension": (60.4, APTI),
    "trunk_lateral": (49.4, APTI),
    "trunk_rotation": (57.4, APTI),
}
"""How far joints go (degrees), and the source. Of the trunk the lumbar spine's alone is known; ours bends in the chest, too."""


def _natural() -> tuple[Limit, ...]:
    units = {"speed": "legs/s", "accel": "legs/s²", "jerk": "legs/s³"}
    found = table("natural_motion")["all"]
    return tuple(
        Limit(f"{part}_{what}", f"{part} {what}, clip's highest", unit, 1.0, found[part][what]["p999"], MOCAP, typical=True)
        for part in ("wrist", "ankle", "head")
        for what, unit in units.items()
    )


QUIETEST: float = table("natural_motion")["bandai_namco"]["standing"]["p5"]
"""Legs/s: the head's root mean square speed in the quietest second of standing; real people are rarely stiller than that."""

LIMITS: tuple[Limit, ...] = (
    Limit("foot_slide_m", "drift of a foot in one stance", "cm", 100.0, 0.01, OURS),
    Limit("floor_depth_m", "deepest under the floor", "cm", 100.0, 0.01, OURS),
    Limit("contact_miss_m", "miss of a contact with a body or the floor", "cm", 100.0, 0.01, OURS),
    Limit("thing_miss_m", "miss of a contact with a thing", "cm", 100.0, 0.01, OURS),
    Limit(
        "self_depth_m", "axis of an arm or shin within one's own flesh", "cm", 100.0, 0.02, "what spheres for a body are off by"
    ),
    Limit("other_depth_m", "the same, within another's flesh", "cm", 100.0, 0.02, "what spheres for a body are off by"),
    Limit("joint_excess_rad", "joint beyond its range", "°", 57.29578, radians(5.0), "error of a goniometer"),
    Limit("pose_error_deg", "limbs beside the recording's, mean angle", "°", 1.0, 10.0, OURS),
    *_natural(),
    Limit(
        "stillness",
        "standing: the head's speed in a real person's quietest second, over that in the clip's",
        "×",
        1.0,
        1.0,
        "5th percentile of real motion, assets_manifest/natural_motion.toml",
        typical=True,
    ),
    Limit(
        "balance_m", "centre of mass beside the feet, mean", "cm", 100.0, 0.10, "half the length of a foot, about", typical=True
    ),
)
"""All that the table marks when it is over."""

SEEN_LEAST = 0.5
"""A clip shows its action when what acts is seen in this share of the action's frames (as `info` counts)."""


def is_over(limit: Limit, worst: float, mean: float) -> bool:
    """Whether an action's clips go beyond a limit; NaN, which no comparison holds for, does."""
    return not (mean if limit.typical else worst) <= limit.most


def limit_of(key: str) -> Limit:
    """The limit of a measure."""
    return next(limit for limit in LIMITS if limit.key == key)


Row = dict[str, Any]
"""One line of a table: column -> what stands there."""
