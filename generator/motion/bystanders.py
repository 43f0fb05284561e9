"""People near a performance who do something else: each performs alone, for as long as the performance lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..values import BystanderSpec, Performance, Skeleton
from .animate import Choreography, animate_for

Bystander = tuple[Choreography, BystanderSpec, Skeleton]
"""What somebody does, how, and on which body. Bystanders have no things."""


def with_bystanders(performance: Performance, bystanders: Sequence[Bystander]) -> Performance:
    """The performance with its bystanders after the performers, marked as not acting."""
    beside = []
    for choreography, spec, skeleton in bystanders:
        own = animate_for(
            performance.n_frames, choreography, spec.performance, (spec.performer,), (skeleton,), {}, performance.fps
        )
        (alone,) = own.performers
        beside.append(replace(alone, pelvis_m=alone.pelvis_m + np.array([*spec.at_m, 0.0]), acting=False))
    return replace(performance, performers=(*performance.performers, *beside))
