"""Every action of the library, quickly: two clips of each, performed without a picture, within the limits of `actions --measure`.

What is over and known stands in `known_over.py`, with a reason; the whole sweep is the command's.
"""

from __future__ import annotations

import numpy as np
import pytest
from known_over import EVERYWHERE, KNOWN
from synapt.generator.actions import ACTIONS
from synapt.generator.measure.clip import Measured, measure_clip
from synapt.generator.measure.limits import LIMITS, is_over

SEEDS = ((0, 0), (0, 1))
"""(seed, index) of the clips that are looked at."""


@pytest.mark.parametrize("action", list(ACTIONS))
def test_an_action_keeps_to_the_limits(action: str) -> None:
    clips = [measure_clip(action, "standard", seed, index) for seed, index in SEEDS]
    problems = list(_over(action, clips))
    assert not problems, f"{action}: {'; '.join(problems)}: mend it, or say in tests/known_over.py why it may"


def _over(action: str, clips: list[Measured]) -> list[str]:
    found = []
    for limit in LIMITS:
        values = [clip.measures[limit.key] for clip in clips if limit.key in clip.measures]
        if not values or not is_over(limit, max(values), float(np.mean(values))):
            continue
        value = float(np.mean(values)) if limit.typical else max(values)
        known = [table[limit.key][0] for table in (EVERYWHERE, KNOWN.get(action, {})) if limit.key in table]
        if not value * limit.scale <= max(known, default=0.0):
            notes = " ".join(clip.notes.get(limit.key, "") for clip in clips)
            found.append(f"{limit.key} {value * limit.scale:.3g} {limit.unit}, at most {limit.most * limit.scale:.3g} ({notes})")
    return found


def test_what_is_known_to_be_over_is_of_actions_and_measures_that_are() -> None:
    keys = {limit.key: limit for limit in LIMITS}
    assert set(KNOWN) <= set(ACTIONS)
    for table in (EVERYWHERE, *KNOWN.values()):
        for key, (most, reason) in table.items():
            assert most > keys[key].most * keys[key].scale and len(reason) > 10, key


def test_the_check_would_notice() -> None:
    fine = measure_clip("jumping_jack", "standard", 0, 0)
    assert not _over("jumping_jack", [fine])
    sliding = Measured({**fine.measures, "foot_slide_m": 0.05}, {}, fine.poses)
    assert _over("jumping_jack", [sliding]) and not _over("jumping_jack", [fine, fine])
    lost = Measured({**fine.measures, "floor_depth_m": float("nan")}, {}, fine.poses)
    assert _over("jumping_jack", [lost])
