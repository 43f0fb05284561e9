"""Small things at the face and before the chest: where the thing is that tells the action, and when."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, perform, skeleton_of
from synapt.generator.skeletons import JOINT
from synapt.generator.values import Skeleton


@pytest.fixture(scope="module")
def skeleton() -> Skeleton:
    return skeleton_of("average")


def in_head(done: Performed, points: np.ndarray, origin: str) -> np.ndarray:
    """Points (T, 3) in the head's axes (right, forward, up), from a landmark."""
    local = np.einsum("tji,tj->ti", done.rotations[:, JOINT["head"]], points - done.mark(origin))
    return local * (-1.0, 1.0, 1.0) @ np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0]])


def gap(done: Performed, prop: str, frame: str, mark: str) -> np.ndarray:
    return np.linalg.norm(done.prop_point(prop, frame) - done.mark(mark), axis=1)


def up_of(done: Performed, prop: str) -> np.ndarray:
    """How far (cosine) a prop's own z axis points up."""
    return done.performance.props[prop][:, 2, 2]


def test_a_hairbrush_goes_from_the_crown_down_past_the_ear_stroke_after_stroke() -> None:
    brush = perform("brushing_hair", skeleton_of("tall_thin"), {"strokes": 3.0, "free_hand": "side"}, kinds={"mirror": "none"})
    work = brush.segment("brush")
    bristles = in_head(brush, brush.prop_point("brush", "bristles"), "right_ear")[work]
    height = np.linalg.norm(brush.mark("crown")[0] - brush.mark("right_ear")[0])
    assert bristles[:, 2].max() > 0.8 * height and bristles[:, 2].min() < -0.02
    low = bristles[:, 2] < 0.0
    assert int((np.diff(low.astype(int)) == 1).sum()) == 3  # three strokes end below the ear
    assert bristles[low, 0].min() > 0.0  # beside the head, not in it


def test_a_hair_dryer_blows_at_the_head_while_the_other_hand_is_in_the_hair(skeleton: Skeleton) -> None:
    dry = perform("blow_drying_hair", skeleton, {"places": "round", "ruffle": "top"})
    work = dry.segment("dry")
    blow = -dry.performance.props["dryer"][work, :3, 1]
    to_head = dry.joint("head")[work] + (0.0, 0.0, 0.08) - dry.prop_point("dryer", "nozzle")[work]
    distance = np.linalg.norm(to_head, axis=1)
    assert 0.12 < distance.min() and distance.max() < 0.50
    cosine = np.sum(blow * to_head, axis=1) / distance
    assert np.quantile(cosine, 0.2) > 0.55
    on_hair = np.linalg.norm(dry.mark("left_palm") - dry.mark("crown"), axis=1)[work]
    assert on_hair.max() < 0.22


def test_a_lipstick_goes_along_the_lips_before_a_mirror() -> None:
    paint = perform("putting_on_lipstick", skeleton_of("short_heavy"), {"lips": "both", "passes": 1.0})
    work = paint.segment("paint")
    tip = in_head(paint, paint.prop_point("lipstick", "tip"), "mouth")[work]
    assert np.ptp(tip[:, 0]) > 0.7 * np.ptp(np.array([-0.026, 0.026])) * paint.skeleton.joints_m[:, 1].max() / 1.75 / 1.2
    assert np.linalg.norm(tip, axis=1).max() < 0.05
    glass = paint.prop_point("mirror", "mirror")[work] - paint.mark("nose")[work]
    distance = np.linalg.norm(glass, axis=1)
    facing = np.sum((paint.performance.props["mirror"] @ paint.props["mirror"].frames["mirror"])[work, :3, 2] * -glass, axis=1)
    assert 0.12 < distance.min() and distance.max() < 0.5 and (facing / distance).min() > 0.7


@pytest.mark.parametrize("kind", ["makeup_brush", "powder_puff"])
def test_powder_is_taken_from_the_compact_and_goes_to_the_cheeks(skeleton: Skeleton, kind: str) -> None:
    powder = perform("putting_on_cosmetics", skeleton, {"where": "both", "manner": "circle"}, kinds={"tool": kind})
    dip, work = powder.segment("dip"), powder.segment("apply")
    to_powder = np.linalg.norm(powder.prop_point("tool", "tip") - powder.prop_point("mirror", "powder"), axis=1)
    assert to_powder[dip].min() < 0.03 < 0.15 < to_powder[work].min()
    tip = in_head(powder, powder.prop_point("tool", "tip"), "nose")[work]
    assert tip[:, 0].max() > 0.04 and tip[:, 0].min() < -0.04  # one cheek and the other
    assert np.quantile(np.linalg.norm(tip, axis=1), 0.8) < 0.10


def test_a_spoon_goes_from_the_bowl_to_the_mouth_twice() -> None:
    eat = perform("eating", skeleton_of("tall_thin"), {"bites": 2.0}, kinds={"food": "cutlery", "seat": "chair"})
    lips, bowl = gap(eat, "food", "tip", "mouth"), np.linalg.norm(
        eat.prop_point("food", "tip") - eat.prop_point("dish", "food"), axis=1
    )  # fmt: skip
    for take, bite in (("take", "bite"), ("again", "bite_again")):
        assert bowl[eat.segment(take)].min() < 0.045
        assert lips[eat.segment(bite)].min() < 0.03
    assert up_of(eat, "dish").min() > 0.97
    jaw = np.einsum("ti,ti->t", eat.rotations[:, 22, :, 2], eat.rotations[:, 15, :, 2])
    assert jaw[eat.segment("bite")].min() < 0.99 < jaw[0]


def test_a_pill_goes_into_the_mouth_before_the_water_comes(skeleton: Skeleton) -> None:
    take = perform("taking_medicine", skeleton, {"tilt_rad": 0.8}, kinds={"seat": "none"})
    pill, water = gap(take, "pill", "tip", "mouth"), gap(take, "glass", "rim", "mouth")
    swallowed, drink = take.segment("pill"), take.segment("drink")
    assert pill[0] > 0.2 and pill[swallowed].min() < 0.02 and pill[drink].max() < 0.06  # it stays inside
    assert water[swallowed].min() > 0.12 and water[drink].min() < 0.015
    assert up_of(take, "glass")[drink].min() < 0.75 and up_of(take, "glass")[0] > 0.97


def test_a_cigarette_is_at_the_lips_for_the_drag_and_away_for_the_smoke(skeleton: Skeleton) -> None:
    smoke = perform("smoking", skeleton, {"flick": "after", "held": "low", "chin_up_rad": 0.3}, kinds={"seat": "none"})
    lips = gap(smoke, "cigarette", "lips", "mouth")
    assert lips[smoke.segment("drag")].max() < 0.02 and lips[smoke.segment("exhale")].min() > 0.25
    ember = -smoke.performance.props["cigarette"][:, 1, 2]  # how far it points ahead
    assert ember[smoke.segment("drag")].min() > 0.9
    chin = smoke.rotations[:, 15, 2, 2]
    assert chin[smoke.segment("exhale")].max() > chin[smoke.segment("raise")].min() + 0.15


def test_a_selfie_is_taken_at_a_stretched_arm_with_the_screen_to_the_face() -> None:
    selfie = perform("taking_a_selfie", skeleton_of("short_heavy"), {"pose": "victory", "shots": 1.0})
    shot = selfie.segment("shoot")
    arm = np.linalg.norm(selfie.joint("right_wrist") - selfie.joint("right_shoulder"), axis=1)
    full = sum(
        np.linalg.norm(selfie.joint(a)[0] - selfie.joint(b)[0])
        for a, b in (("right_shoulder", "right_elbow"), ("right_elbow", "right_wrist"))
    )
    assert arm[shot].min() > 0.78 * full > arm[0]
    screen = (selfie.performance.props["phone"] @ selfie.props["phone"].frames["screen"])[shot]
    to_face = selfie.mark("nose")[shot] - screen[:, :3, 3]
    assert (np.sum(to_face * screen[:, :3, 2], axis=1) / np.linalg.norm(to_face, axis=1)).min() > 0.85
    assert (selfie.mark("left_index_tip")[shot, 2] > selfie.mark("chin")[shot, 2]).all()


@pytest.mark.parametrize("seat", ["none", "chair"])
def test_a_remote_control_points_ahead_and_the_thumb_presses(skeleton: Skeleton, seat: str) -> None:
    press = perform("using_a_remote_control", skeleton, {"presses": 4.0}, kinds={"seat": seat})
    work = press.segment("press")
    ahead = -press.performance.props["remote"][:, 1, 2]
    assert np.quantile(ahead[work], 0.2) > 0.85
    front = press.prop_point("remote", "front")[:, 1]
    assert (press.joint("right_shoulder")[:, 1] - front)[work].min() > 0.4
    low = press.joint("pelvis")[0, 2] < 0.65 * press.joint("neck")[0, 2]
    assert low == (seat == "chair")


@pytest.mark.parametrize("kind", ["bottle", "book"])
def test_what_is_dropped_falls_by_gravity_and_lies_flat_and_is_looked_at(skeleton: Skeleton, kind: str) -> None:
    drop = perform("dropping", skeleton, {"answer": "start", "slip_mps": 0.2}, kinds={"thing": kind}, fps=60.0)
    start = drop.segment("drop").start
    path, vertices = drop.performance.props["thing"], drop.props["thing"].mesh.vertices_m.astype(float)
    low = np.array([(vertices @ pose[2, :3]).min() + pose[2, 3] for pose in path])
    middle = path @ np.append(0.5 * (vertices.min(axis=0) + vertices.max(axis=0)), 1.0)
    falling = slice(start + 1, start + 18)
    np.testing.assert_allclose(np.diff(middle[falling, 2], n=2) * 3600.0, -9.81, rtol=0.02)
    assert low.min() > -1e-6 and low[-1] < 0.002  # never in the floor, on it at last
    lying = np.array([(vertices @ path[-1, 2, :3]).max() + path[-1, 2, 3]])
    assert lying[0] < 1.2 * np.ptp(vertices, axis=0).min()
    assert np.linalg.norm(middle[-1] - middle[-6]) < 0.005  # at rest
    down = drop.rotations[:, 15, 2, 2]
    assert down[drop.segment("react").start + 20] < down[start] - 0.3


@pytest.mark.parametrize("middle", ["turn", "near"])
def test_both_halves_of_a_newspaper_meet_in_the_fold_and_a_page_is_turned(skeleton: Skeleton, middle: str) -> None:
    read = perform("reading_a_newspaper", skeleton, {"middle": middle}, kinds={"seat": "none"})
    folds = [read.prop_point(half, "fold") for half in ("right_half", "left_half")]
    apart = np.linalg.norm(folds[0] - folds[1], axis=1)
    assert apart[read.segment("read")].max() < 0.02
    edges = [read.performance.props[half][:, :3, 1] for half in ("right_half", "left_half")]
    open_rad = np.arccos(np.clip(np.sum(edges[0] * edges[1], axis=1), -1.0, 1.0))
    assert open_rad[read.segment("read")].min() > 2.0
    assert (open_rad[read.segment("turn")].min() < 1.3) == (middle == "turn")
    assert open_rad[-1] > 2.0


@pytest.mark.parametrize(("name", "kind"), [("short_heavy", "jug"), ("tall_thin", "bottle")])
def test_water_is_poured_over_the_glass_and_the_stream_is_there_only_then(name: str, kind: str) -> None:
    pour = perform("pour_water", skeleton_of(name), {}, kinds={"jug": kind, "glass": "glass"})
    work = slice(pour.segment("pour").start + 16, pour.segment("pour").stop - 6)
    lip, rim = pour.prop_point("jug", "spout")[work], pour.performance.props["glass"][work, :3, 3]
    assert np.linalg.norm((lip - rim)[:, :2], axis=1).max() < 0.04 and (lip - rim)[:, 2].min() > 0.08
    assert up_of(pour, "jug")[work].min() < 0.75 and up_of(pour, "glass").min() > 0.95
    water = pour.performance.props["stream"]
    assert np.linalg.norm((water[work, :3, 3] - rim)[:, :2], axis=1).max() < 0.02
    assert np.abs(water[work, 2, 0]).min() > 0.97  # upright
    grip = np.linalg.norm(water[:, :3, 3] - pour.prop_point("jug", "grip"), axis=1)
    assert np.ptp(grip[: pour.segment("pour").start]) < 1e-6  # in the jug until it pours


def test_a_blade_passes_over_the_fruit_towards_the_body(skeleton: Skeleton) -> None:
    peel = perform("peeling_fruit", skeleton, {"strokes": 4.0})
    work = peel.segment("peel")
    off = (peel.prop_point("knife", "edge") - peel.prop_point("fruit", "center"))[work]
    away = np.linalg.norm(off, axis=1)
    assert 0.025 < away.min() and np.median(away) < 0.06
    ahead = -off[:, 1]
    assert ahead.max() > 0.02 and ahead.min() < -0.01
    assert int((np.diff(np.sign(ahead - 0.5 * (ahead.max() + ahead.min()))) < 0).sum()) == 4


@pytest.mark.parametrize(("name", "kind"), [("tall_thin", "pistol"), ("short_heavy", "rifle")])
def test_a_gun_is_aimed_level_at_eye_height_and_kicks_with_each_shot(name: str, kind: str) -> None:
    shoot = perform("shooting_gun", skeleton_of(name), {"shots": 3.0, "kick_rad": 0.4, "crouch_m": 0.0}, kinds={"gun": kind})
    barrel = -shoot.performance.props["gun"][:, :3, 1]
    aim, fire = shoot.segment("aim"), shoot.segment("fire")
    assert (-barrel[aim, 1]).min() > 0.95 and np.abs(barrel[aim, 2]).max() < 0.25
    rise = barrel[fire, 2] - barrel[aim.stop - 1, 2]
    above = rise > 0.5 * rise.max()
    assert rise.max() > 0.08 and int((np.diff(above.astype(int)) == 1).sum()) == 3
    frame = "fore" if kind == "rifle" else "support"
    support = np.linalg.norm(shoot.prop_point("gun", frame) - shoot.mark("left_palm"), axis=1)
    assert support[aim].max() < 0.06
    height = shoot.prop_point("gun", "sights")[aim, 2] - shoot.mark("right_eye")[aim, 2]
    assert np.abs(height).max() < (0.14 if kind == "rifle" else 0.08)
