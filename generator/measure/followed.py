"""How near a performance of recorded movement comes to the recording."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..motion.recorded.error import pose_error_deg
from ..recordings import shelf
from ..values import ClipSpec, Performance, TakeSpec


def plain(spec: ClipSpec) -> ClipSpec:
    """The clip as the recording has it: what makes two clips of it differ (style, tempo, amplitude, pauses) left out."""
    performance = replace(spec.performance, params={}, tempo=1.0, idle_before_s=0.0, idle_after_s=0.0)
    return replace(
        spec, performance=performance, performers=tuple(replace(one, style="neutral", amplitude=1.0) for one in spec.performers)
    )


def pose_error(take: TakeSpec, performance: Performance, *, mirrored: bool) -> tuple[float, str]:
    """Mean angle (degrees) between the limbs of a `plain` performance and the recording's: of whoever is farthest off, and which
    limb of theirs is, by how much."""
    tracks, fps = shelf.tracks(take)
    times_s = np.minimum(take.start_s + np.arange(performance.n_frames) / performance.fps, take.end_s)
    found = [
        pose_error_deg(performer, track, times_s * fps, mirrored=mirrored)
        for performer, track in zip(performance.acting, tracks, strict=True)
    ]
    worst = max(found, key=lambda angles: angles["mean"])
    limb = max(worst.keys() - {"mean"}, key=lambda name: (worst[name], name))
    return worst["mean"], f"{limb} {worst[limb]:.1f}"
