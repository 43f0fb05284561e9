"""Golf and baseball: both hands stay on what is swung, the club meets the ball, the barrel sweeps level across the plate."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import BODIES, Performed, perform, skeleton_of


def off_the_handle(seen: Performed, prop: str) -> np.ndarray:
    """How far (T,) the left palm is from the handle's axis."""
    pose = seen.performance.props[prop]
    local = np.swapaxes(pose[:, :3, :3], -1, -2) @ (seen.mark("left_palm") - pose[:, :3, 3])[..., None]
    assert (np.abs(local[:, 2, 0]) < 0.2).all()
    return np.linalg.norm(local[:, :2, 0], axis=-1)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(("name", "prop"), [("golf", "club"), ("swing_baseball", "bat")])
def test_both_hands_are_on_the_handle_but_for_the_wildest_moment(body, name, prop):
    off = off_the_handle(perform(name, skeleton_of(body)), prop)
    assert np.median(off) < 0.025 and np.quantile(off, 0.9) < 0.09


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("loft", [2.0, 9.0])
def test_the_club_meets_the_ball_and_the_ball_flies(body, loft):
    seen = perform("golf", skeleton_of(body), {"loft_mps": loft}, fps=60.0)
    ball, head = seen.performance.props["ball"][:, :3, 3], seen.prop_point("club", "head")
    hit = int(np.argmax(np.linalg.norm(ball - ball[0], axis=-1) > 1e-6))
    way = np.concatenate([np.linspace(a, b, 20) for a, b in zip(head[hit - 3 : hit + 3], head[hit - 2 : hit + 4], strict=True)])
    assert np.linalg.norm(way - ball[0], axis=-1).min() < 0.25  # a wrist bends so far only
    assert ball[hit + 3, 0] - ball[0, 0] > 0.5  # towards the player's left, which is +x
    assert head[:, 2].min() > -0.06


def test_the_barrel_sweeps_round_at_the_pitchs_height():
    tips = [perform("swing_baseball", skeleton_of("average"), {"pitch_height": high}, fps=60.0) for high in (0.0, 1.0)]
    for seen in tips:
        tip = seen.prop_point("bat", "tip")
        speed = np.linalg.norm(np.diff(tip, axis=0), axis=-1) * 60.0
        assert speed.max() > 9.0
        assert tip[seen.segment("ready"), 2].min() > seen.joint("head")[0, 2]
    low, high = (seen.prop_point("bat", "tip")[seen.segment("swing")][:, 2].min() for seen in tips)
    assert high > low
