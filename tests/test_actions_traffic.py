"""A car that brakes too late: it meets the person where they stand, pushes them on, and stops."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import BODIES, perform, skeleton_of


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("tempo", [0.87, 1.25])
def test_the_car_meets_the_person_and_pushes_them_on(body, tempo):
    seen = perform("car_hit", skeleton_of(body), {"push_m": 1.1, "speed_mps": 4.0}, fps=30.0, tempo=tempo)
    bumper, pelvis = seen.prop_point("car", "bumper"), seen.joint("pelvis")
    meets = seen.segment("startle").stop - 1
    assert abs(abs(bumper[meets, 0] - pelvis[meets, 0]) - np.abs(seen.joint("left_hip") - pelvis)[meets].max()) < 0.35
    speed = np.linalg.norm(np.diff(bumper[:, :2], axis=0), axis=-1) * 30.0
    assert np.median(speed[: meets - 2]) == pytest.approx(4.0, abs=0.2)
    assert speed[-5:].max() < 1e-3
    gone = pelvis[-1, 0] - pelvis[0, 0]
    assert 0.8 < abs(gone) < 2.2 and np.sign(gone) == np.sign(bumper[-1, 0] - bumper[0, 0])
    assert pelvis[-1, 2] < 0.35
