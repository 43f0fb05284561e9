"""People near a performance who do something else: each performs alone, for as long as the performance lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..values import Array, BystanderSpec, Performance, Skeleton
from .animate import Choreography, animate_for

if TYPE_CHECKING:
    from ..props.table import Prop

Bystander = tuple[Choreography, BystanderSpec, Skeleton, dict[str, "Prop"]]
"""What somebody does, how, on which body, and with what things."""


def owned(role: str, name: str) -> str:
    """How a thing of a bystander's is called in the clip."""
    return f"{role}:{name}"


def is_owned(name: str) -> bool:
    """Whether a thing of the clip is a bystander's, and no part of the act."""
    return ":" in name


def with_bystanders(performance: Performance, bystanders: Sequence[Bystander]) -> Performance:
    """The performance with its bystanders after the performers, marked as not acting."""
    for choreography, spec, skeleton, props in bystanders:
        own = animate_for(
            performance.n_frames, choreography, spec.performance, (spec.performer,), (skeleton,), props, performance.fps
        )
        (alone,) = own.performers
        things = {owned(alone.role, name): path for name, path in own.props.items()}
        everybody = (*performance.performers, replace(alone, acting=False))
        performance = replace(performance, performers=everybody, props={**performance.props, **things})
        performance = shifted(performance, alone.role, np.array([*spec.at_m, 0.0]))
    return performance


def shifted(performance: Performance, role: str, by_m: Array) -> Performance:
    """The performance with one bystander and their things moved by (3,) m."""
    people = tuple(replace(one, pelvis_m=one.pelvis_m + by_m) if one.role == role else one for one in performance.performers)
    own = np.eye(4)
    own[:3, 3] = by_m
    things = {name: own @ path if name.startswith(owned(role, "")) else path for name, path in performance.props.items()}
    return replace(performance, performers=people, props=things)
