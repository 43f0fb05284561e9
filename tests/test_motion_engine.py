"""The motion engine: timing, rotations, inverse kinematics, and what must hold of any solved performance."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import OWN, performer_of
from scipy.spatial.transform import Rotation
from synapt.generator.actions import find_action
from synapt.generator.actions.action import Action, Choice, Range
from synapt.generator.body import load_body
from synapt.generator.motion.animate import animate
from synapt.generator.motion.ik import Bones, reach, softened
from synapt.generator.motion.kinematics import UPRIGHT, forward, joint_transforms, skin_transforms
from synapt.generator.motion.quality import landmark, measures
from synapt.generator.motion.rotations import about, arc, limited, mix, tilt, twist_about, unit
from synapt.generator.motion.score import Score
from synapt.generator.motion.timing import EASES, Channel, Move
from synapt.generator.props.table import build_props, forms_of
from synapt.generator.skeletons import JOINT, N_BONES, SMPLX_JOINTS
from synapt.generator.values import FIRST, BodySpec, Performance, PerformanceSpec, Performer, PropSpec, Skeleton
from thinned import EVERY_ACTION, every_action_on

BODIES = {
    "average": BodySpec("anny", "a", "male", 35.0, {}),
    "short_heavy": BodySpec("anny", "b", "female", 60.0, {"height": 0.15, "weight": 0.9}),
    "tall_thin": BodySpec("anny", "c", "male", 22.0, {"height": 0.7, "weight": 0.15}),
}


@pytest.fixture(scope="module", params=list(BODIES))
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    return load_body("anny").shaped(BODIES[request.param]).skeleton


def performance_spec(action: Action, side: str = "right", **changes: object) -> PerformanceSpec:
    params = {
        name: kind.options[0] if isinstance(kind, Choice) else float(round(0.5 * (kind.low + kind.high)))
        if kind.whole else 0.5 * (kind.low + kind.high)
        for name, kind in action.params.items()
    }  # fmt: skip
    values = {"params": params, "tempo": 1.0, "side": side, "idle_before_s": 0.2, "idle_after_s": 0.2, "start_phase": 0.3,
              "heading_rad": 0.0}  # fmt: skip
    return PerformanceSpec(**{**values, **changes})  # type: ignore[arg-type]


def perform(name: str, skeleton: Skeleton, side: str = "right", **changes: object) -> Performance:
    """All performers of the action have this skeleton."""
    action = find_action(name)
    specs = tuple(
        PropSpec(use.name, use.kinds[0], 0.5 * sum(use.size), ((0.8, 0.2, 0.2),) * 3, forms=forms_of(use.kinds[0], 0))
        for use in action.props
    )
    own = {name: value for name, value in changes.items() if name in OWN}
    performers = [performer_of(role, **own) for role in action.roles]  # type: ignore[arg-type]
    spec = performance_spec(action, side, **{name: value for name, value in changes.items() if name not in OWN})
    skeletons = [skeleton] * len(performers)
    return animate(action.choreography, spec, performers, skeletons, build_props(specs, skeleton), 15.0)


def first(performance: Performance) -> Performer:
    return performance.performers[0]


# ---------------------------------------------------------------- timing and rotations


@pytest.mark.parametrize("name", list(EASES))
def test_every_profile_starts_at_zero_and_arrives_at_one(name: str) -> None:
    ends = EASES[name](np.array([-1.0, 0.0, 1.0, 3.0]))
    np.testing.assert_allclose(ends, [0.0, 0.0, 1.0, 1.0], atol=1e-9)


def test_minimum_jerk_is_at_rest_at_both_ends() -> None:
    x = np.linspace(0.0, 1.0, 10001)
    speed = np.gradient(EASES["smooth"](x), x)
    assert abs(speed[0]) < 1e-3 and abs(speed[-1]) < 1e-3
    assert speed.max() == pytest.approx(1.875, abs=1e-3)  # Flash & Hogan: peak speed 15/8 of the mean


def test_a_channel_holds_between_movements_and_blends_overlapping_ones() -> None:
    channel = Channel(1.0)
    channel.to(2.0, 1.0, 5.0)
    channel.to(4.0, 1.0, -1.0)
    np.testing.assert_allclose(channel.at(np.array([0.0, 1.0, 2.0, 3.0, 4.0, 9.0])), [1, 1, 5, 5, -1, -1], atol=1e-12)
    channel.to(4.5, 1.0, 3.0)
    assert channel.at(np.array([5.0]))[0] == pytest.approx(3.0)


def test_rotation_about_each_axis_is_scipys() -> None:
    angles = np.linspace(-3.0, 3.0, 7)
    for axis in "xyz":
        np.testing.assert_allclose(about(axis, angles), Rotation.from_euler(axis, angles[:, None]).as_matrix(), atol=1e-12)


def test_tilt_bows_forward_leans_right_and_turns_left() -> None:
    one, zero = np.array([0.3]), np.array([0.0])
    up, ahead = np.array([0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0])
    assert (tilt(zero, one, zero)[0] @ up)[1] > 0.2
    assert (tilt(zero, zero, one)[0] @ up)[0] > 0.2
    assert (tilt(one, zero, zero)[0] @ ahead)[0] < -0.2


def test_mix_reaches_both_ends_by_the_shortest_arc() -> None:
    a, b = Rotation.random(5, random_state=1).as_matrix(), Rotation.random(5, random_state=2).as_matrix()
    np.testing.assert_allclose(mix(a, b, np.zeros(5)), a, atol=1e-12)
    np.testing.assert_allclose(mix(a, b, np.ones(5)), b, atol=1e-9)
    half = Rotation.from_matrix(np.swapaxes(a, 1, 2) @ mix(a, b, np.full(5, 0.5))).magnitude()
    whole = Rotation.from_matrix(np.swapaxes(a, 1, 2) @ b).magnitude()
    np.testing.assert_allclose(half, whole / 2, atol=1e-9)


def test_arc_keeps_the_distance_from_the_shoulder() -> None:
    a, b = np.array([[0.5, 0.0, 0.0]]), np.array([[0.0, 0.0, 0.7]])
    for w in (0.0, 0.25, 0.5, 1.0):
        assert np.linalg.norm(arc(a, b, np.array([w]))) == pytest.approx(0.5 + 0.2 * w)


def test_twist_and_limit_measure_what_they_say() -> None:
    axis = unit(np.array([1.0, 2.0, -0.5]))
    turned = Rotation.from_rotvec(np.outer([-1.2, 0.4, 2.0], axis)).as_matrix()
    np.testing.assert_allclose(twist_about(axis, turned), [-1.2, 0.4, 2.0], atol=1e-9)
    angles = Rotation.from_matrix(limited(turned, 0.7)).magnitude()
    np.testing.assert_allclose(angles, [0.7, 0.4, 0.7], atol=1e-9)


# ---------------------------------------------------------------- inverse kinematics


def test_a_limb_reaches_every_point_in_reach_with_its_own_bone_lengths_bending_the_right_way() -> None:
    rng = np.random.default_rng(0)
    bones = Bones(np.array([0.02, -0.42, 0.01]), np.array([-0.01, -0.40, -0.02]), np.array([1.0, 0.0, 0.0]))
    target = unit(rng.normal(size=(200, 3))) * rng.uniform(0.4, 0.98, (200, 1)) * bones.length_m
    root, pole = rng.normal(size=(200, 3)), rng.normal(size=(200, 3))
    upper, lower, middle, end = reach(bones, root, root + target, pole)
    np.testing.assert_allclose(end, root + target, atol=1e-9)
    np.testing.assert_allclose(root + upper @ bones.upper, middle, atol=1e-9)
    np.testing.assert_allclose(middle + lower @ bones.lower, end, atol=1e-9)
    hinge = upper @ np.array([1.0, 0.0, 0.0])
    assert (np.sum(np.cross(middle - root, end - middle) * hinge, axis=1) > 0).all()
    across = pole - np.sum(pole * unit(target), axis=1, keepdims=True) * unit(target)
    assert (np.sum((middle - root) * across, axis=1) > 0).all()


def test_full_stretch_is_eased_into_and_never_passed() -> None:
    distance = np.linspace(0.0, 2.0, 400)
    soft = softened(distance, 1.0)
    assert soft.max() < 1.0 and (np.diff(soft) >= -1e-12).all()
    np.testing.assert_allclose(soft[distance < 0.98], distance[distance < 0.98])


# ---------------------------------------------------------------- kinematics


def test_the_rest_pose_set_upright_is_the_rest_pose(skeleton: Skeleton) -> None:
    rotations = np.tile(np.eye(3), (2, 55, 1, 1))
    rotations[:, 0] = UPRIGHT
    stands = Performer(FIRST, skeleton, rotations, np.tile(UPRIGHT @ skeleton.joints_m[0], (2, 1)))
    np.testing.assert_allclose(joint_transforms(stands)[0, :, :3, 3], skeleton.joints_m @ UPRIGHT.T, atol=1e-12)
    np.testing.assert_allclose(skin_transforms(stands, 15.0)[0, :, :, :3], np.tile(UPRIGHT, (N_BONES, 1, 1)), atol=1e-6)
    np.testing.assert_allclose(skin_transforms(stands, 15.0)[0, :, :, 3], 0.0, atol=1e-6)


# ---------------------------------------------------------------- whole performances


@pytest.mark.parametrize(("name", "body"), every_action_on(tuple(BODIES)))
def test_every_action_is_finite_orthonormal_and_within_human_limits(name: str, body: str) -> None:
    in_water = "water" in find_action(name).tags
    performance = perform(name, load_body("anny").shaped(BODIES[body]).skeleton)
    for performer in performance.performers:
        identity = np.swapaxes(performer.rotations, -1, -2) @ performer.rotations
        np.testing.assert_allclose(identity, np.broadcast_to(np.eye(3), identity.shape), atol=1e-8)
        assert np.isfinite(performer.pelvis_m).all()
        found = measures(performer, performance)
        assert found["bend_excess_rad"] < 0.02
        assert found["floor_depth_m"] < (8.0 if in_water else 0.03)
        most = (
            2.0 if in_water else 0.35 if name in ("falling_down", "car_hit") else 0.10 if name == "leg_split" else 0.08
        )  # feet drag under a body that falls, and kick; they glide into a split
        assert found["foot_slide_m"] < most
        assert found["peak_speed_mps"] < (20.0 if in_water else 16.0)  # who falls from 10 m is as fast
        assert found["frozen_share"] == 0.0
    assert 1.5 <= performance.n_frames / performance.fps <= 8.0


@pytest.mark.parametrize("name", EVERY_ACTION)
def test_segments_are_the_declared_phases_in_order_without_gaps(name: str) -> None:
    action = find_action(name)
    performance = perform(name, load_body("anny").shaped(BODIES["average"]).skeleton)
    names = [segment.name for segment in performance.segments]
    assert list(dict.fromkeys(names)) == [phase for phase in action.phases if phase in names]  # a phase may come again
    for before, after in zip(performance.segments, performance.segments[1:], strict=False):
        assert after.start_s == pytest.approx(before.end_s)
    under_way = len(performance.segments) == 1  # walking fills the clip, what begins and ends leaves the pauses out
    assert performance.segments[0].start_s == pytest.approx(0.0 if under_way else 0.2)


@pytest.mark.parametrize("name", ["waving_a_hand", "taking_a_bow", "drinking_water", "throwing"])
def test_the_left_handed_performance_is_the_mirror_image(name: str) -> None:
    skeleton = symmetric(load_body("anny").shaped(BODIES["average"]).skeleton)
    right, left = first(perform(name, skeleton)), first(perform(name, skeleton, side="left"))
    _, a = forward(skeleton, right.rotations, right.pelvis_m)
    _, b = forward(skeleton, left.rotations, left.pelvis_m)
    other = [JOINT["_".join({"left": "right", "right": "left"}.get(w, w) for w in joint.split("_"))] for joint in SMPLX_JOINTS]
    np.testing.assert_allclose(b[:, other] * [-1.0, 1.0, 1.0], a, atol=1e-9)


def symmetric(skeleton: Skeleton) -> Skeleton:
    """The skeleton made exactly symmetric: anny's is so to a millimetre."""
    other = [JOINT["_".join({"left": "right", "right": "left"}.get(w, w) for w in joint.split("_"))] for joint in SMPLX_JOINTS]
    mirrored = skeleton.joints_m[other] * [-1.0, 1.0, 1.0]
    marks = {}
    for name, mark in skeleton.landmarks.items():
        twin = skeleton.landmarks["_".join({"left": "right", "right": "left"}.get(w, w) for w in name.split("_"))]
        marks[name] = type(mark)(mark.joint, 0.5 * (np.asarray(mark.offset_m) + np.asarray(twin.offset_m) * [-1.0, 1.0, 1.0]))
    return Skeleton(0.5 * (skeleton.joints_m + mirrored), marks, skeleton.radius_m, skeleton.sole_drop_m)


def test_standing_feet_do_not_slide_and_soles_lie_on_the_floor(skeleton: Skeleton) -> None:
    waves = first(perform("waving_a_hand", skeleton))
    rotations, positions = forward(skeleton, waves.rotations, waves.pelvis_m)
    for name in ("left_heel", "right_ball"):
        track = landmark(skeleton, name, rotations, positions)
        assert np.ptp(track, axis=0).max() < 2e-3
        assert 0.0 <= track[:, 2].min() - skeleton.sole_drop_m + 1e-3 < 0.04


def test_clapping_palms_meet(skeleton: Skeleton) -> None:
    claps = first(perform("clapping", skeleton))
    rotations, positions = forward(skeleton, claps.rotations, claps.pelvis_m)
    gap = np.linalg.norm(
        landmark(skeleton, "right_palm", rotations, positions) - landmark(skeleton, "left_palm", rotations, positions), axis=1
    )
    assert gap.min() < 0.03
    assert gap.max() > 0.4


def test_tempo_stretches_time_and_nothing_else(skeleton: Skeleton) -> None:
    slow, fast = (perform("waving_a_hand", skeleton, tempo=tempo, idle_before_s=0.0, idle_after_s=0.0) for tempo in (0.8, 1.25))
    assert slow.n_frames / fast.n_frames == pytest.approx(1.25 / 0.8, rel=0.03)


def test_pose_of_a_gesture_returns_to_where_it_began(skeleton: Skeleton) -> None:
    waves = first(perform("waving_a_hand", skeleton, idle_after_s=0.6))
    _, positions = forward(skeleton, waves.rotations, waves.pelvis_m)
    assert np.abs(positions[-1] - positions[0]).max() < 0.06


def test_same_spec_same_motion_bit_for_bit(skeleton: Skeleton) -> None:
    a, b = (first(perform("clapping", skeleton)) for _ in range(2))
    assert a.rotations.tobytes() == b.rotations.tobytes() and a.pelvis_m.tobytes() == b.pelvis_m.tobytes()


def test_heading_turns_the_whole_performance_about_the_vertical(skeleton: Skeleton) -> None:
    plain, turned = (first(perform("taking_a_bow", skeleton, heading_rad=angle)) for angle in (0.0, 0.7))
    turn = about("z", np.array([0.7]))[0]
    np.testing.assert_allclose(turned.pelvis_m, plain.pelvis_m @ turn.T, atol=1e-12)
    np.testing.assert_allclose(turned.rotations[:, 1:], plain.rotations[:, 1:], atol=1e-12)


def test_a_planted_hand_holds_its_place_while_the_trunk_moves(skeleton: Skeleton) -> None:
    def lean_on_wall(s: Score) -> None:
        spot = (0.1, 0.75 * s.body.arm_m, s.body.shoulder_height_m - 0.1)
        with s.phase("lean", 2.0) as (_, end):
            s.right.go(0.0, 0.0, "world", spot, palm=(0.0, 1.0, 0.0), fingers=(0.0, 0.0, 1.0))
            s.trunk.to(end, 1.5, twist=0.35, bend=0.15)
            s.pelvis.to(end, 1.5, right=0.05)

    action = Action("leaning", "leans", lean_on_wall, ("lean",), {"x": Range(0, 1)})
    leans = first(animate(action.choreography, performance_spec(action), [performer_of()], [skeleton], {}, 15.0))
    rotations, positions = forward(skeleton, leans.rotations, leans.pelvis_m)
    palm = landmark(skeleton, "right_palm", rotations, positions)
    assert np.ptp(palm, axis=0).max() < 5e-3
    assert Move(1.0, 0.5).weight(np.array([0.5]))[0] == 0.0
