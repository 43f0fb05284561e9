"""What bodies cannot do is not done: forearms turn so far only, elbows stay out of one's own trunk, a foot turns on its ball."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import BODIES, Performed, perform, skeleton_of
from synapt.generator.actions.action import Action, PropUse
from synapt.generator.measure.depth import depths
from synapt.generator.measure.joints import joint_angles
from synapt.generator.measure.touch import Body
from synapt.generator.motion.score import Score
from synapt.generator.motion.springs import tether
from synapt.generator.motion.wrists import MAX_TWIST_RAD, _turnable
from synapt.generator.sampling.look import Ranges
from synapt.generator.sampling.outfits import OUTFITS, draw_outfit


def written(choreography, body: str = "average", props: tuple[PropUse, ...] = ()) -> Performed:
    return perform(Action("made_up", "moves", choreography, ("act",), props=props), skeleton_of(body))


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("toe_out_rad", [-0.6, 1.2])
def test_a_foot_that_pivots_turns_and_its_ball_stays(body: str, toe_out_rad: float) -> None:
    def pivots(s: Score) -> None:
        with s.phase("act", 1.0) as (start, end):
            s.right_foot.heel.to(start + 0.4, 0.3, 0.3)
            s.right_foot.pivot(end, 0.6, toe_out_rad)
            s.right_foot.heel.to(end, 0.3, 0.0)

    seen = written(pivots, body)
    ball, toes = seen.mark("right_ball"), seen.mark("right_toe") - seen.mark("right_heel")
    assert np.ptp(ball[:, :2], axis=0).max() < 0.008
    turned = np.arctan2(toes[-1, 0], toes[-1, 1]) - np.arctan2(toes[0, 0], toes[0, 1])
    turned = (turned + np.pi) % (2.0 * np.pi) - np.pi  # clockwise from above, which is outwards for a right foot
    assert turned == pytest.approx(toe_out_rad - 0.12, abs=0.06)


def test_a_foot_in_the_air_cannot_pivot() -> None:
    def lifted(s: Score) -> None:
        with s.phase("act", 1.0) as (_, end):
            s.right_foot.reach(end, 0.5, (0.0, 0.5, -0.5))
            s.right_foot.pivot(end, 0.5, 1.0)

    with pytest.raises(Exception, match="pivots where it stands"):
        written(lifted)


def test_a_forearm_turns_no_further_than_forearms_do_whatever_is_asked_of_the_hand() -> None:
    def wrung(s: Score) -> None:
        with s.phase("act", 2.0):
            for k, palm in enumerate(((-1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (-1.0, 0.0, 0.0))):
                s.right.reach(0.1 + 0.4 * k, 0.35, (0.1, 0.75, 0.0), palm=palm, fingers=(0.0, 1.0, 0.0))

    seen = written(wrung)
    found = joint_angles(seen.skeleton, seen.rotations, seen.positions)
    assert max(found["forearm_pronation"], found["forearm_supination"]) < MAX_TWIST_RAD + 0.05


def test_a_turn_beyond_the_limit_is_held_and_one_that_is_possible_is_left_alone() -> None:
    wanted = np.radians([0.0, 80.0, 120.0, 170.0, 120.0, 80.0, 0.0])
    held = _turnable(wanted)
    assert np.abs(held).max() <= MAX_TWIST_RAD and (held[[0, 1, 5, 6]] == wanted[[0, 1, 5, 6]]).all()
    assert (held[2:5] == wanted[1]).all()
    round_it = np.radians([80.0, 150.0, -150.0, -80.0])
    assert (np.diff(_turnable(round_it)) < 0.0).all()  # led across, not flipped
    assert (np.abs(_turnable(np.full(3, 3.0))) == MAX_TWIST_RAD).all()


@pytest.mark.parametrize("body", BODIES)
def test_elbows_stay_out_of_ones_own_trunk(body: str) -> None:
    def folded(s: Score) -> None:
        with s.phase("act", 1.0):
            for hand in (s.right, s.left):
                hand.go(0.2, 0.1, "chest", (0.05, s.body.belly_front_m + 0.12, -0.20), palm=(0.0, -1.0, 0.0),
                        fingers=(-1.0, 0.0, 0.0), elbow=(-0.6, -0.3, -0.4))  # fmt: skip

    seen = written(folded, body)
    late = slice(15, None)
    own = Body("a", seen.skeleton, seen.rotations[late], seen.positions[late])
    assert depths(own, [])["self_depth_m"] < 0.02


def test_a_chain_leads_from_its_anchor_to_between_the_hands_however_far_they_go() -> None:
    def rows(s: Score) -> None:
        s.stand("machine", (0.3, 1.2))
        tether(s, "chain", "machine", "fan")
        with s.phase("act", 1.0) as (start, end):
            for at, time in ((0.8, start + 0.4), (0.3, end)):
                for hand in (s.right, s.left):
                    hand.reach(time, 0.4, (-0.1, at, -0.3))

    use = (PropUse("machine", ("ergometer",), (1.0, 1.0)), PropUse("chain", ("rowing_chain",), (1.0, 1.0)))
    seen = written(rows, props=use)
    chain, fan = seen.performance.props["chain"], seen.prop_point("machine", "fan")
    palms = 0.5 * (seen.mark("right_palm") + seen.mark("left_palm"))
    np.testing.assert_allclose(chain[:, :3, 3], fan, atol=1e-9)
    assert np.linalg.norm(seen.prop_point("chain", "end") - palms, axis=-1).max() < 0.02
    assert np.ptp(np.linalg.norm(chain[:, :3, 2], axis=-1)) > 0.3  # it is drawn out
    np.testing.assert_allclose(np.linalg.norm(chain[:, :3, :2], axis=1), 1.0, atol=1e-9)  # and does not grow thick


@pytest.mark.parametrize("occasion", OUTFITS)
def test_an_outfit_covers_torso_hips_and_feet(occasion: str) -> None:
    from synapt.generator.body.clothes.patterns import PATTERNS

    drawn = [draw_outfit(np.random.default_rng(seed), Ranges(), occasion) for seed in range(20)]
    for garments in drawn:
        assert {PATTERNS[garment.kind].surface for garment in garments} == {"top", "bottom", "shoe"}
    assert len({repr(garments) for garments in drawn}) == 20


def test_who_reaches_into_a_pocket_wears_one_that_nothing_hides() -> None:
    drawn = [draw_outfit(np.random.default_rng(seed), Ranges(), "pockets") for seed in range(60)]
    worn = {garment.kind for garments in drawn for garment in garments}
    assert not worn & {"skirt", "dress", "leggings", "jacket", "hoodie"}
    assert {"trousers", "shorts"} <= worn
