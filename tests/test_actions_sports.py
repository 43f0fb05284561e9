"""Throwing, catching, jumping jacks, punches, kicks and push-ups: what makes each of them itself."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import angle, perform, skeleton_of
from synapt.generator.values import Skeleton


@pytest.fixture(scope="module", params=["short_heavy", "tall_thin"])
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return skeleton_of(request.param)


@pytest.mark.parametrize("kind", ["overarm", "underarm"])
def test_a_thrown_ball_is_in_the_hand_until_the_release_and_then_falls_freely_ahead(skeleton: Skeleton, kind: str) -> None:
    throw = perform("throwing", skeleton, {"kind": kind, "speed_mps": 10.0, "loft_rad": 0.1}, fps=60.0)
    ball, palm = throw.performance.props["ball"][:, :3, 3], throw.mark("right_palm")
    let_go = throw.segment("throw").stop
    gap = np.linalg.norm(ball - palm, axis=1)
    assert gap[: let_go - 1].max() < 0.07
    after = slice(let_go + 1, let_go + 10)
    speed = np.diff(ball, axis=0)[after] * 60.0
    assert -speed[0, 1] > 3.5 and abs(speed[0, 0]) < 0.5
    falls = np.broadcast_to([0.0, 0.0, -9.81], (len(speed) - 1, 3))
    np.testing.assert_allclose(np.diff(speed, axis=0) * 60.0, falls, atol=0.7)


def test_an_overarm_throw_unrolls_from_the_hips_to_the_hand(skeleton: Skeleton) -> None:
    throw = perform("throwing", skeleton, {"kind": "overarm"}, fps=120.0)
    whole = slice(throw.segment("throw").start - 24, throw.segment("follow_through").stop)

    def fastest(track: np.ndarray) -> int:
        return int(np.abs(np.gradient(track[whole])).argmax())

    def facing(joint: int) -> np.ndarray:
        front = throw.rotations[:, joint, :2, 2]
        return np.unwrap(np.arctan2(front[:, 1], front[:, 0]))

    hips, trunk = fastest(facing(0)), fastest(facing(9))
    hand = int(np.linalg.norm(np.gradient(throw.joint("right_wrist"), axis=0), axis=1)[whole].argmax())
    assert hips < trunk < hand
    assert throw.joint("right_wrist")[throw.segment("throw").stop, 2] > throw.joint("head")[throw.segment("throw").stop, 2] - 0.05


@pytest.mark.parametrize(("size", "pause"), [(0.07, 0.0), (0.22, 0.6)])
def test_a_ball_flies_into_the_hands_and_stays_there(skeleton: Skeleton, size: float, pause: float) -> None:
    params = {"hands": "one", "wait_s": 0.6}
    catch = perform("catch", skeleton, params, sizes={"ball": size}, fps=60.0, idle_before_s=pause)
    ball = catch.performance.props["ball"][:, :3, 3]
    met = catch.segment("absorb").start
    fall = np.diff(ball[: met - 1], n=2, axis=0) * 3600.0
    kicked = np.abs(fall - [0.0, 0.0, -9.81]).max(axis=1) > 1e-3
    assert kicked.sum() <= (2 if pause else 0)  # nothing but gravity, and one bounce if it comes from afar
    assert 0.5 * size - 1e-6 <= ball[:, 2].min() and ball[:, 2].max() < 2.7
    assert np.linalg.norm(np.diff(ball, axis=0)[met - 1]) < 0.30  # no jump into the hand
    assert ball[0, 1] < -2.0
    hands = ("right", "left") if size > 0.12 else ("right",)
    for side in hands:
        gap = np.linalg.norm(catch.mark(f"{side}_palm") - ball, axis=1)
        assert np.abs(gap[met:] - 0.5 * size).max() < 0.02 + 0.015 * (side == "left")


def test_the_catchers_eyes_follow_the_ball(skeleton: Skeleton) -> None:
    catch = perform("catch", skeleton, sizes={"ball": 0.22}, fps=30.0)
    ball = catch.performance.props["ball"][:, :3, 3]
    watched = slice(10, catch.segment("absorb").start - 3)
    head = catch.joint("head")
    front = catch.rotations[:, 15, :, 2]
    wanted = (ball - head) / np.linalg.norm(ball - head, axis=1, keepdims=True)
    off = np.arccos(np.clip(np.sum(front * wanted, axis=1), -1.0, 1.0))
    assert np.degrees(off[watched]).max() < 32


def test_jumping_jacks_open_legs_and_arms_together(skeleton: Skeleton) -> None:
    jacks = perform("jumping_jack", skeleton, {"jacks": 3.0, "arms": 0.9}, fps=60.0)
    apart = np.linalg.norm((jacks.joint("left_ankle") - jacks.joint("right_ankle"))[:, :2], axis=1)
    high = jacks.joint("right_wrist")[:, 2] - jacks.joint("right_shoulder")[:, 2]
    busy = slice(jacks.segment("open").start, jacks.performance.n_frames - 30)
    top, bottom = high[busy] > 0.95 * high.max(), high[busy] < 0.95 * high.min()
    assert apart[busy][top].min() > 0.7 * apart.max() and apart[busy][bottom].max() < 0.5 * apart.max()
    assert apart.max() > 3.0 * apart.min()
    assert high.max() > 0.8 * (jacks.joint("right_shoulder")[0, 2] - jacks.joint("right_wrist")[0, 2])
    opens = (np.diff((apart > 0.5 * (apart.max() + apart.min())).astype(int)) == 1).sum()
    assert opens == 3
    soles = np.min([jacks.mark(f"{side}_{part}")[:, 2] for side in ("left", "right") for part in ("ball", "toe")], axis=0)
    assert 4 <= (np.diff((soles > 0.012).astype(int)) == 1).sum() <= 8  # it leaves the floor at each half


@pytest.mark.parametrize("combo", ["jab", "jab_cross", "cross_hook", "uppercut"])
def test_punches_snap_out_and_back_while_the_other_fist_guards(skeleton: Skeleton, combo: str) -> None:
    punch = perform("punching", skeleton, {"combo": combo, "gap_s": 0.5}, fps=60.0)
    busy = punch.segment("punch")
    chin = punch.mark("chin")
    gaps = [np.linalg.norm(punch.joint(f"{side}_wrist") - chin, axis=1)[busy] for side in ("left", "right")]
    arm = np.linalg.norm(punch.joint("left_wrist") - punch.joint("left_shoulder"), axis=1).max()
    assert max(gap.max() for gap in gaps) > (0.45 if combo in ("jab", "jab_cross") else 0.3) * arm / 0.55
    assert np.minimum(*gaps).max() < 0.36  # one fist is always near the chin
    assert punch.performer.rotations.shape[0] > 60


def test_a_lunge_throws_one_fist_ahead_on_a_long_step_and_comes_back(skeleton: Skeleton) -> None:
    lunge = perform("punching", skeleton, {"combo": "lunge", "bend_rad": 0.3}, fps=60.0)
    ahead = -lunge.joint("right_wrist")[:, 1] + lunge.joint("right_shoulder")[:, 1]
    hit = int(ahead.argmax())
    reach = np.linalg.norm(lunge.joint("right_wrist")[hit] - lunge.joint("right_shoulder")[hit])
    arm = np.linalg.norm(lunge.joint("right_elbow")[0] - lunge.joint("right_shoulder")[0]) + np.linalg.norm(
        lunge.joint("right_wrist")[0] - lunge.joint("right_elbow")[0]
    )
    assert lunge.segment("punch").start <= hit < lunge.segment("punch").stop and ahead[hit] > 0.7 * arm and reach > 0.85 * arm
    feet = [-lunge.joint(f"{side}_ankle")[:, 1] for side in ("left", "right")]
    assert feet[0][hit] - feet[1][hit] > 0.45 and ahead[: lunge.segment("guard").stop].min() < -0.2 * arm  # from far behind
    for side in ("left", "right"):
        assert np.linalg.norm(lunge.joint(f"{side}_ankle")[-1] - lunge.joint(f"{side}_ankle")[0]) < 0.01


@pytest.mark.parametrize("kind", ["front", "side", "roundhouse"])
def test_a_kick_leaves_one_foot_on_the_floor_and_bends_the_knee_before_and_after(skeleton: Skeleton, kind: str) -> None:
    kick = perform("kicking", skeleton, {"kind": kind, "height": 0.2}, fps=60.0, without=("ball",))
    strike = kick.segment("kick")
    foot = kick.joint("right_ankle")
    top = strike.start + int(foot[strike, 2].argmax())
    assert foot[top, 2] > 0.75 * kick.joint("right_hip")[top, 2]
    assert foot[top, 1] < kick.joint("pelvis")[top, 1] - 0.3
    knee = np.degrees(kick.knee_rad("right"))
    assert knee[top] < 45 and knee[kick.segment("chamber").stop] > 70 and knee[kick.segment("recoil")].max() > 70
    stand = slice(kick.segment("chamber").start + 10, kick.segment("recoil").stop)
    assert np.ptp(kick.mark("left_ball")[stand, 2]) < 0.01
    assert np.ptp(kick.mark("left_ball")[stand, :2], axis=0).max() < 0.01  # the foot turns on its ball


def test_a_football_is_hit_where_it_lies_and_flies_ahead(skeleton: Skeleton) -> None:
    kick = perform("kicking", skeleton, {"speed_mps": 9.0}, fps=60.0)
    ball = kick.performance.props["ball"][:, :3, 3]
    hit = kick.segment("kick").stop
    assert np.ptp(ball[: hit - 1], axis=0).max() == 0.0
    assert np.linalg.norm(kick.mark("right_toe")[hit - 1] - ball[hit - 2]) < 0.11 + 0.10
    assert -(ball[hit + 6] - ball[hit])[1] > 0.6


def test_push_ups_keep_palms_and_toes_planted_and_the_body_straight(skeleton: Skeleton) -> None:
    push = perform("push_up", skeleton, {"reps": 2.0})
    for name in ("left_palm", "right_palm", "left_toe", "right_toe"):
        assert np.ptp(push.mark(name), axis=0).max() < 0.015
        assert np.abs(push.mark(name)[:, 2]).max() < 0.02
    hip = 0.5 * (push.joint("left_hip") + push.joint("right_hip"))
    ankle = 0.5 * (push.joint("left_ankle") + push.joint("right_ankle"))
    shoulder = 0.5 * (push.joint("left_shoulder") + push.joint("right_shoulder"))
    bend = np.degrees(angle(hip - ankle, shoulder - hip))
    assert bend.max() < 16
    height = shoulder[:, 2]
    assert height.max() > 1.8 * height.min()
    assert (np.diff((height < height.mean()).astype(int)) == 1).sum() == 2
    assert min(push.mark(name)[:, 2].min() for name in ("chest_front", "belly", "nose")) > 0.005
