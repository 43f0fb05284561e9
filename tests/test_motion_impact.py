"""What a blow does to who meets it: momentum, where and when they step, what of the body goes first."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from synapt.generator.body import load_body
from synapt.generator.motion.animate import animate
from synapt.generator.motion.impact import BRAKE_M, capture_m, catchable_mps, course, jolted, mass_kg, passed_on, struck
from synapt.generator.motion.kinematics import forward
from synapt.generator.motion.proportions import Proportions, measure
from synapt.generator.motion.quality import foot_slide, landmark
from synapt.generator.motion.score import Score
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.skeletons import JOINT
from synapt.generator.values import Array, BodySpec, PerformanceSpec, Performer, PerformerSpec

BODIES = {
    "average": BodySpec("anny", "a", "male", 35.0, {}),
    "short_heavy": BodySpec("anny", "b", "female", 60.0, {"height": 0.15, "weight": 0.9}),
    "tall_thin": BodySpec("anny", "c", "male", 22.0, {"height": 0.7, "weight": 0.15}),
}
FPS = 60.0
HIT_S = 0.5
LOOK = sample("walking", load_recipe("standard"), 0, 0).performers[0].look


def body_of(name: str) -> Proportions:
    return measure(load_body("anny").shaped(BODIES[name]).skeleton)


def performed(blow: Callable[[Score], object], name: str = "average") -> Performer:
    """One person who stands (facing -y) until `blow`, and 2.4 s after it."""

    def choreography(s: Score) -> None:
        with s.phase("all", HIT_S + 2.4):
            blow(s)

    spec = PerformanceSpec({}, 1.0, "right", 0.0, 0.0, 0.0, 0.0)
    person = PerformerSpec("a", BODIES[name], LOOK, "neutral", 1.0, tuple(0.26 * k for k in range(24)))
    skeleton = load_body("anny").shaped(BODIES[name]).skeleton
    return animate(choreography, spec, (person,), (skeleton,), {}, FPS).performers[0]


def joint(performer: Performer, name: str) -> Array:
    _, positions = forward(performer.skeleton, performer.rotations, performer.pelvis_m)
    return positions[:, JOINT[name]]


def back(performer: Performer, name: str) -> Array:
    """How far (T,) a joint has gone backward, along +y, from where it was at the blow."""
    at = joint(performer, name)[:, 1]
    return at - at[round(HIT_S * FPS)]


def pushed(speed_mps: float, high: float = 0.85) -> Callable[[Score], object]:
    return lambda s: struck(s, HIT_S, speed_mps, (0.0, -1.0), high)


@pytest.mark.parametrize("name", BODIES)
def test_mass_is_that_of_the_body_at_the_density_of_water(name: str) -> None:
    shaped = load_body("anny").shaped(BODIES[name])
    a, b, c = (shaped.vertices_m[shaped.faces[:, k]].astype(float) for k in range(3))
    volume = abs(float(np.einsum("fc,fc->f", a, np.cross(b, c)).sum())) / 6.0
    assert mass_kg(measure(shaped.skeleton)) == pytest.approx(1000.0 * volume, rel=0.12)


@pytest.mark.parametrize(("a", "b"), [(a, b) for a in BODIES for b in BODIES])
def test_momentum_is_conserved(a: str, b: str) -> None:
    one, other = body_of(a), body_of(b)
    moving = 0.4 * mass_kg(one)
    taken = passed_on(one, other, 2.5, 0.4)
    assert moving * 2.5 == pytest.approx((moving + mass_kg(other)) * taken)  # they go on together
    bounced = passed_on(one, other, 2.5, 0.4, bounce=0.6)
    left = 2.5 - mass_kg(other) * bounced / moving
    assert bounced - left == pytest.approx(0.6 * 2.5)  # restitution: how fast they part for how fast they met


def test_more_mass_takes_up_less_speed_and_goes_less_far() -> None:
    striker = body_of("average")
    order = sorted(BODIES, key=lambda name: mass_kg(body_of(name)))
    speeds = [passed_on(striker, body_of(name), 2.2, 0.35) for name in order]
    assert speeds == sorted(speeds, reverse=True) and speeds[0] > 1.2 * speeds[-1]
    far = [course(body_of("average"), speed).far_m for speed in speeds]
    assert far == sorted(far, reverse=True)


def test_an_impulse_twice_as_large_gives_twice_the_speed() -> None:
    a, b = body_of("average"), body_of("tall_thin")
    assert passed_on(a, b, 4.0, 0.3) == pytest.approx(2.0 * passed_on(a, b, 2.0, 0.3))


@pytest.mark.parametrize("speed", [0.05, 0.15, 0.21])
def test_what_the_feet_bear_needs_no_step(speed: float) -> None:
    body = body_of("average")
    assert capture_m(body, speed) < BRAKE_M
    goes = course(body, speed)
    assert not goes.footfalls
    assert goes.far_m == pytest.approx(capture_m(body, speed), rel=0.08)


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("speed", [0.3, 0.4, 0.5])
def test_a_step_goes_to_where_the_capture_point_has_come_to(name: str, speed: float) -> None:
    body = body_of(name)
    goes = course(body, speed)
    lead = goes.footfalls[0]
    rate = speed / capture_m(body, speed)
    wanted = BRAKE_M + (capture_m(body, speed) - BRAKE_M) * np.exp(rate * lead.down_s)  # of a pendulum over its brake
    assert lead.at_m == pytest.approx(wanted, rel=0.06)
    assert goes.far_m == pytest.approx(lead.at_m, abs=0.03)
    assert capture_m(body, speed) < goes.far_m


def test_the_first_moment_has_the_speed_that_was_passed_on() -> None:
    gone = course(body_of("average"), 0.6).gone_m
    assert (gone[3] - gone[2]) / 0.005 == pytest.approx(0.6, rel=0.05)


def test_who_is_pushed_longer_is_caught_sooner() -> None:
    body = body_of("average")
    assert course(body, 0.6, over_s=0.2).far_m < course(body, 0.6).far_m


def test_feet_reach_no_further_than_legs_go_and_do_not_cross_sideways() -> None:
    body = body_of("average")
    for speed in (0.4, 0.7, 0.9, 1.2):
        for aside in (0.0, 1.0):
            speed = catchable_mps(body, speed, 0.0, aside)
            feet = [0.0, 0.0]
            for fall in course(body, speed, 0.0, aside).footfalls:
                feet[0 if fall.leads else 1] = fall.at_m
                assert abs(feet[0] - feet[1]) <= 0.62 * body.leg_m + 1e-9
                assert aside == 0.0 or feet[1] <= feet[0] + BRAKE_M + 1e-9


def test_speeds_that_no_step_catches_are_cut() -> None:
    body = body_of("average")
    assert catchable_mps(body, 0.5) == 0.5
    assert catchable_mps(body, 3.0) < 2.0
    assert len(course(body, catchable_mps(body, 3.0)).footfalls) <= 5


@pytest.mark.parametrize("name", BODIES)
def test_a_pushed_body_moves_after_the_blow_as_far_as_it_was_sent(name: str) -> None:
    performer = performed(pushed(0.5), name)
    hit = round(HIT_S * FPS)
    assert np.abs(back(performer, "spine3")[: hit + 1]).max() < 0.01
    assert back(performer, "spine3")[hit + 6] > 0.03
    assert back(performer, "pelvis")[-1] == pytest.approx(course(body_of(name), 0.5).far_m, abs=0.03)


def test_a_body_that_is_sent_off_faster_moves_faster() -> None:
    hit = round(HIT_S * FPS)
    early = [back(performed(pushed(speed)), "spine3")[hit + 6] for speed in (0.25, 0.5, 1.0)]
    assert 1.6 < early[1] / early[0] < 2.4 and 1.4 < early[2] / early[1] < 2.4


def test_the_trunk_goes_before_the_hips_and_the_head_is_left_behind_at_first() -> None:
    performer = performed(pushed(0.6))
    hit = round(HIT_S * FPS)
    when = {name: hit + int(np.argmax(back(performer, name)[hit:] > 0.04)) for name in ("neck", "pelvis")}
    assert hit < when["neck"] < when["pelvis"] <= hit + 0.4 * FPS
    lean = back(performer, "neck") - back(performer, "pelvis")
    assert lean[hit : hit + 20].max() > 0.06  # the trunk is thrown back over the hips
    assert abs(lean[-1]) < 0.03  # and comes up again
    rotations, _ = forward(performer.skeleton, performer.rotations, performer.pelvis_m)
    chest, head = (tilted(rotations, name) - tilted(rotations, name)[hit] for name in ("spine3", "head"))
    early = slice(hit + 3, hit + 9)
    assert (chest[early] > 0.03).all() and (head[early] < 0.6 * chest[early]).all()
    assert np.argmax(chest) < np.argmax(head)


def tilted(rotations: Array, name: str) -> Array:
    """How far (T,) rad a joint is tilted back: its up axis towards +y."""
    up = rotations[:, JOINT[name]] @ np.array([0.0, 1.0, 0.0])
    return np.asarray(np.arctan2(up[:, 1], up[:, 2]))


def test_a_low_blow_folds_the_trunk_over_it() -> None:
    performer = performed(pushed(0.6, high=0.05))
    hit = round(HIT_S * FPS)
    assert (back(performer, "pelvis") - back(performer, "neck"))[hit : hit + 25].max() > 0.05


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("towards", [(0.0, -1.0), (0.0, 1.0), (1.0, -0.2), (-0.7, -0.7)])
def test_feet_do_not_slide_and_end_under_the_body(name: str, towards: tuple[float, float]) -> None:
    performer = performed(lambda s: struck(s, HIT_S, 0.6, towards), name)
    rotations, positions = forward(performer.skeleton, performer.rotations, performer.pelvis_m)
    marks = [
        landmark(performer.skeleton, f"{side}_{part}", rotations, positions)
        for side in ("left", "right")
        for part in ("heel", "ball")
    ]
    soles = np.stack(marks, axis=1)
    assert foot_slide(soles, FPS) < 0.02
    assert soles[:, :, 2].min() > -0.02
    feet = 0.5 * (joint(performer, "left_ankle") + joint(performer, "right_ankle"))[-1, :2]
    assert np.linalg.norm(feet - joint(performer, "pelvis")[-1, :2]) < 0.09
    apart = np.linalg.norm((joint(performer, "left_ankle") - joint(performer, "right_ankle"))[:, :2], axis=1)
    assert apart.min() > 0.08  # a foot never goes through the other


def test_who_stands_turned_steps_the_way_they_are_sent() -> None:
    def turned(s: Score) -> None:
        s.travel.channels["yaw"].base = 0.5 * np.pi  # facing the world's left: a push along it meets the front
        for foot, x, y in ((s.right_foot, 0.0, 0.13), (s.left_foot, 0.0, -0.13)):
            foot.moves.clear()
            foot.place(0.0, 0.0, (x, y), toe_out_rad=-0.5 * np.pi if foot is s.right_foot else 0.5 * np.pi)
        struck(s, HIT_S, 0.6, (1.0, 0.0), 0.9)

    performer = performed(turned)
    moved = joint(performer, "pelvis")[-1] - joint(performer, "pelvis")[round(HIT_S * FPS)]
    assert moved[0] == pytest.approx(-course(body_of("average"), 0.6).far_m, abs=0.04)  # the world's right is -x
    assert abs(moved[1]) < 0.05


@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_a_blow_to_the_head_turns_the_head_before_the_trunk_and_lets_both_come_back(sign: float) -> None:
    performer = performed(lambda s: jolted(s, HIT_S, turn=0.7 * sign, twist=0.3 * sign))
    rotations, _ = forward(performer.skeleton, performer.rotations, performer.pelvis_m)

    def yaw(name: str) -> Array:
        ahead = rotations[:, JOINT[name]] @ np.array([0.0, 0.0, 1.0])
        return np.asarray(np.arctan2(ahead[:, 0], -ahead[:, 1]))

    head, chest = yaw("head") - yaw("head")[0], yaw("spine3") - yaw("spine3")[0]
    hit = round(HIT_S * FPS)
    assert np.abs(head[: hit + 1]).max() < 0.05
    assert sign * head[hit : hit + 15].max() > 0.3 if sign > 0 else -head[hit : hit + 15].min() > 0.3
    assert np.argmax(np.abs(head)) < np.argmax(np.abs(chest))
    assert abs(head[-1]) < 0.06 and abs(chest[-1]) < 0.06
