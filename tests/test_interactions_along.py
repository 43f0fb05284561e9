"""Two people together: walking, carrying, dancing, handing things over, playing; on bodies as different as they come."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from made_performance import BARE, BODIES, middle_of, skeleton_of
from synapt.generator.actions import find_action
from synapt.generator.actions.action import Choice
from synapt.generator.motion.animate import animate
from synapt.generator.motion.apart import Flesh
from synapt.generator.motion.fingers import SHAPES
from synapt.generator.motion.kinematics import forward
from synapt.generator.motion.page import PropEvent
from synapt.generator.motion.passing import borne, kept, passed
from synapt.generator.motion.quality import landmark, measures
from synapt.generator.motion.secondary import N_PHASES
from synapt.generator.props.base import Prop
from synapt.generator.props.table import build_props, forms_of
from synapt.generator.skeletons import JOINT
from synapt.generator.values import (
    Array,
    Performance,
    PerformanceSpec,
    PerformerSpec,
    PropSpec,
)

WALKING = ("walking_towards", "walking_apart", "walk_hold_hands", "following")
STANDING = (
    "giving_object", "exchanging_things", "throwing_and_catching_between_two", "touch_pocket", "rock_paper_scissors",
    "taking_a_photo_of_other",
)  # fmt: skip
ALL = (*WALKING, "carrying_with_another", "dancing_as_a_pair", *STANDING)
PAIRS = (("average", "tall_thin"), ("short_heavy", "tall_thin"), ("tall_thin", "short_heavy"))
ALIKE = ("average", "average")


@dataclass(frozen=True)
class Pair:
    """Two people's performance, and where their joints and skin are in the world."""

    performance: Performance
    props: dict[str, Prop]
    poses: dict[str, tuple[Array, Array]]

    def joint(self, role: str, name: str) -> Array:
        return self.poses[role][1][:, JOINT[name]]

    def mark(self, role: str, name: str) -> Array:
        performer = next(p for p in self.performance.performers if p.role == role)
        return landmark(performer.skeleton, name, *self.poses[role])

    def segment(self, name: str) -> slice:
        found, fps = next(s for s in self.performance.segments if s.name == name), self.performance.fps
        return slice(int(np.ceil(found.start_s * fps - 1e-6)), int(np.floor(found.end_s * fps + 1e-6)) + 1)

    def ahead(self, role: str) -> Array:
        """Level direction (T, 2) in which somebody's hips face."""
        way = self.poses[role][0][:, 0, :2, 2]
        return np.asarray(way / np.linalg.norm(way, axis=1, keepdims=True))

    def depth(self, role: str, name: str, other: str) -> Array:
        """How deep (T,) a joint is in the flesh of somebody else."""
        rotations, positions = self.poses[other]
        skeleton = next(p for p in self.performance.performers if p.role == other).skeleton
        joints = range(rotations.shape[1])
        body = SimpleNamespace(skeleton=skeleton, rotations={j: rotations[:, j] for j in joints},
                               positions={j: positions[:, j] for j in joints})  # fmt: skip
        joint = self.joint(role, name)
        return np.maximum(Flesh(body).depth(joint[:, None], np.arange(len(joint)))[:, 0] - 0.035, 0.0)


def together(name: str, bodies: tuple[str, str], params: dict[str, float | str] | None = None,
             kinds: dict[str, str] | None = None, tempo: float = 1.0, fps: float = 12.0) -> Pair:  # fmt: skip
    """An action of two on bare bodies; parameters not given are the middle of their range, things the first that will do."""
    action = find_action(name)
    spec = PerformanceSpec({**middle_of(action), **(params or {})}, tempo, "right", 0.1, 0.2, 0.3, 0.0)
    performers = [
        PerformerSpec(role, BODIES[body], BARE, "neutral", 1.0, tuple((0.7 + k + 2.0 * n) % 6.28 for k in range(N_PHASES)))
        for n, (role, body) in enumerate(zip(action.roles, bodies, strict=True))
    ]
    skeletons = [skeleton_of(body) for body in bodies]
    uses = [(use, (kinds or {}).get(use.name, use.kinds[0])) for use in action.props]
    made = tuple(PropSpec(use.name, kind, 0.5 * sum(use.size), ((0.5,) * 3,) * 3, 0, forms_of(kind, 0)) for use, kind in uses)
    props = build_props(made, skeletons[0])
    performance = animate(action.choreography, spec, performers, skeletons, props, fps)
    return Pair(performance, props, {p.role: forward(p.skeleton, p.rotations, p.pelvis_m) for p in performance.performers})


def length(vectors: Array) -> Array:
    return np.asarray(np.linalg.norm(vectors, axis=-1))


@pytest.mark.parametrize("name", ALL)
def test_feet_that_stand_stay_and_phases_come_in_their_order(name: str) -> None:
    action = find_action(name)
    for bodies in PAIRS[1:]:
        pair = together(name, bodies)
        assert [segment.name for segment in pair.performance.segments] == list(action.phases)
        starts = [segment.start_s for segment in pair.performance.segments]
        assert starts == sorted(starts)
        for performer in pair.performance.performers:
            found = measures(performer, pair.performance)
            assert found["foot_slide_m"] < (0.002 if name in STANDING else 0.06), (bodies, found)
            assert found["bend_excess_rad"] < 1e-3 and found["floor_depth_m"] < 0.01 and found["frozen_share"] == 0.0
            assert found["turn_step_rad"] < 1.9, (bodies, performer.role)


@pytest.mark.parametrize("name", ALL)
def test_clips_last_two_to_five_seconds(name: str) -> None:
    action = find_action(name)
    ends = [
        {key: getattr(kind, end) for key, kind in action.params.items() if not isinstance(kind, Choice)}
        for end in ("low", "high")
    ]
    way = action.params.get("way")
    ways: list[dict[str, float | str]] = [{"way": option} for option in way.options] if isinstance(way, Choice) else [{}]
    for one in ways:
        quick = together(name, ALIKE, {**ends[0], **one}, tempo=1.25).performance.n_frames / 12.0 - 0.3
        slow = together(name, ALIKE, {**ends[1], **one}, tempo=0.87).performance.n_frames / 12.0 - 0.3
        assert quick + 0.15 >= 2.0 - 0.05 and slow + 0.75 <= 5.0 + 0.05, (one, quick, slow)


@pytest.mark.slow
@pytest.mark.parametrize("bodies", PAIRS)
def test_arms_keep_out_of_the_other_persons_trunk(bodies: tuple[str, str]) -> None:
    for name in ALL:
        pair = together(name, bodies)
        for role, other in (("a", "b"), ("b", "a")):
            for joint in ("left_wrist", "right_wrist", "left_elbow", "right_elbow"):
                assert pair.depth(role, joint, other).max() < 0.03, (name, role, joint)


@pytest.mark.parametrize("bodies", PAIRS)
def test_hands_held_stay_together_while_walking_and_dancing(bodies: tuple[str, str]) -> None:
    for steps in ("same", "opposite", "own"):
        walk = together("walk_hold_hands", bodies, {"steps": steps})
        assert length(walk.mark("a", "right_palm") - walk.mark("b", "left_palm")).max() < 0.01, steps
        hips = walk.joint("b", "pelvis") - walk.joint("a", "pelvis")
        assert np.abs(np.sum(hips[:, :2] * walk.ahead("a"), axis=1)).max() < 0.15
    dance = together("dancing_as_a_pair", bodies)
    assert length(dance.mark("a", "left_palm") - dance.mark("b", "right_palm")).max() < 0.01
    turned = np.unwrap(np.arctan2(*dance.ahead("a").T[::-1]))
    assert turned[-1] - turned[0] > 0.7 * 2.8
    assert np.sum(dance.ahead("a") * dance.ahead("b"), axis=1).max() < -0.9


def test_those_who_walk_in_step_strike_with_the_same_foot() -> None:
    def lead(pair: Pair, role: str) -> Array:
        feet = pair.joint(role, "right_ankle") - pair.joint(role, "left_ankle")
        return np.asarray(np.sum(feet[:, :2] * pair.ahead(role), axis=1))

    for steps, least, most in (("same", 0.9, 1.0), ("opposite", -1.0, -0.9)):
        pair = together("walk_hold_hands", ("short_heavy", "tall_thin"), {"steps": steps})
        alike = np.corrcoef(lead(pair, "a"), lead(pair, "b"))[0, 1]
        assert least < alike <= most, (steps, alike)


def test_two_walk_up_to_each_other_and_stop_before_each_other() -> None:
    for begins in ("walking", "standing"):
        pair = together("walking_towards", PAIRS[1], {"begins": begins, "gap_m": 0.8, "aside_m": 0.0})
        apart = length((pair.joint("a", "pelvis") - pair.joint("b", "pelvis"))[:, :2])
        assert apart[0] > 3.0 and np.diff(apart).max() < 0.02 and abs(apart[-1] - 0.8) < 0.12
        assert np.sum(pair.ahead("a") * pair.ahead("b"), axis=1).max() < -0.9


def test_two_who_stood_together_turn_and_walk_off_each_their_way() -> None:
    for turns in ("left", "right"):
        pair = together("walking_apart", PAIRS[2], {"b_turns": turns, "turned_rad": 0.2})
        between = (pair.joint("b", "pelvis") - pair.joint("a", "pelvis"))[:, :2]
        apart = length(between)
        assert apart[0] < 1.1 and apart[-1] > apart[0] + 1.2 and np.diff(apart).min() > -0.05
        toward = between / apart[:, None]
        looks = [
            float(np.sum(pair.ahead(role) * sign * toward, axis=1)[frame])
            for role, sign in (("a", 1), ("b", -1))
            for frame in (0, -1)
        ]
        assert looks[0] > 0.9 and looks[1] < -0.9 and looks[2] > 0.9 and looks[3] < -0.9


def test_who_follows_goes_the_same_way_at_a_distance() -> None:
    pair = together("following", PAIRS[1], {"turn_rad": 0.6, "gap_m": 1.3, "speed_mps": 1.0})
    ahead, behind = pair.joint("a", "pelvis")[:, :2], pair.joint("b", "pelvis")[:, :2]
    assert np.abs(length(ahead - behind) - 1.3).max() < 0.12
    late = round(1.3 * pair.performance.fps)
    assert length(ahead[:-late] - behind[late:]).max() < 0.12  # where the one was, the other is later


@pytest.mark.parametrize("way", ["one_behind_the_other", "sideways"])
def test_all_four_hands_stay_on_what_two_carry(way: str) -> None:
    for bodies in PAIRS:
        pair = together("carrying_with_another", bodies, {"way": way})
        grips = pair.props["burden"].frames
        held = {"a": "front", "b": "back"} if way == "one_behind_the_other" else {"a": "back", "b": "front"}
        for role, end in held.items():
            for side in ("right", "left"):
                same = way == "one_behind_the_other" or role == "a"
                frame = f"{end}_{side if same else {'right': 'left', 'left': 'right'}[side]}"
                at = (pair.performance.props["burden"] @ grips[frame])[:, :3, 3]
                assert length(at - pair.mark(role, f"{side}_palm")).max() < 0.01, (bodies, role, side)
        moved = pair.performance.props["burden"][-1, :2, 3] - pair.performance.props["burden"][0, :2, 3]
        assert length(moved) > 0.5


def handed_over(pair: Pair, thing: str, giver: str, hand: str, taker: str, other: str) -> int:
    """First frame in which the taker has the thing; the thing must lie still in each one's hand, and never jump."""
    poses = {
        role: np.linalg.inv(_palm(pair, role, side)) @ pair.performance.props[thing]
        for role, side in ((giver, hand), (taker, other))
    }

    def still(relative: Array) -> Array:
        return length(relative[1:, :3, 3] - relative[:-1, :3, 3]) < 1e-6

    given, taken = still(poses[giver]), still(poses[taker])
    last = int(np.flatnonzero(~given)[0])
    assert taken[last:].all() and given[:last].all()
    return last + 1


def _palm(pair: Pair, role: str, side: str) -> Array:
    performer = next(p for p in pair.performance.performers if p.role == role)
    pose = np.tile(np.eye(4), (pair.performance.n_frames, 1, 1))
    pose[:, :3, :3] = pair.poses[role][0][:, JOINT[f"{side}_wrist"]]
    pose[:, :3, 3] = landmark(performer.skeleton, f"{side}_palm", *pair.poses[role])
    return pose


@pytest.mark.parametrize("kind", ["cup", "bottle", "box", "bag"])
def test_a_thing_given_goes_from_hand_to_hand_without_a_jump(kind: str) -> None:
    for bodies in PAIRS:
        pair = together("giving_object", bodies, kinds={"thing": kind}, fps=24.0)
        taken = handed_over(pair, "thing", "a", "right", "b", "right")
        assert taken in range(pair.segment("take").start, pair.segment("part").start + 12)
        path = pair.performance.props["thing"]
        assert length(np.diff(path[:, :3, 3], axis=0)).max() < 0.095
        vertices = pair.props["thing"].mesh.vertices_m @ path[taken, :3, :3].T + path[taken, :3, 3]
        away = length(vertices - pair.mark("b", "right_palm")[taken]).min()
        assert away < (0.01 if kind in ("cup", "bottle") else 0.05) or kind == "box", (bodies, away)
        if kind == "box":  # which has vertices at its corners only: the palm lies flat under it
            foot = (np.linalg.inv(path[taken]) @ np.append(pair.mark("b", "right_palm")[taken], 1.0))[:3]
            assert abs(foot[2]) < 0.01


def test_things_exchanged_are_taken_from_below_and_kept_upright() -> None:
    for bodies in PAIRS:
        pair = together("exchanging_things", bodies, kinds={"one": "bottle", "other": "cup"}, fps=24.0)
        for thing, giver, taker in (("one", "a", "b"), ("other", "b", "a")):
            taken = handed_over(pair, thing, giver, "right", taker, "left")
            path = pair.performance.props[thing]
            foot = (np.linalg.inv(path[taken]) @ np.append(pair.mark(taker, "left_palm")[taken], 1.0))[:3]
            assert length(foot) < 0.01, (bodies, thing, foot)
            assert path[taken:, 2, 2].min() > 0.85 and length(np.diff(path[:, :3, 3], axis=0)).max() < 0.08


@pytest.mark.parametrize("tempo", [0.87, 1.25])
def test_a_ball_thrown_across_falls_as_gravity_says_and_comes_into_the_hands(tempo: float) -> None:
    pair = together("throwing_and_catching_between_two", PAIRS[1], {"flight_s": 0.55, "second": 1.0}, tempo=tempo, fps=60.0)
    path = pair.performance.props["ball"][:, :3, 3]
    radius = float(pair.props["ball"].frames["grip"][1, 3])
    for phase, catcher in (("fly", "b"), ("fly_back", "a")):
        part = pair.segment(phase)
        assert abs((part.stop - part.start) / 60.0 - 0.55) < 0.05  # whatever the tempo
        inside = path[part.start + 1 : part.stop - 2]
        falls = np.diff(inside, n=2, axis=0) * 60.0**2
        np.testing.assert_allclose(falls, np.tile([0.0, 0.0, -9.81], (len(falls), 1)), atol=0.05)
        for side in ("right", "left"):
            assert abs(length(path[part.stop] - pair.mark(catcher, f"{side}_palm")[part.stop]) - radius) < 0.012, (phase, side)
    assert length(np.diff(path, axis=0)).max() < 7.0 / 60.0


def test_the_receiver_answers_as_late_as_is_declared() -> None:
    def onset(pair: Pair, role: str) -> float:
        speed = length(np.diff(pair.joint(role, "right_wrist"), axis=0)) * pair.performance.fps
        return float(np.argmax(speed > 0.12)) / pair.performance.fps

    quick, slow = (together("giving_object", ALIKE, {"late_s": late}, fps=60.0) for late in (0.08, 0.25))
    assert 0.1 < onset(slow, "b") - onset(quick, "b") < 0.24
    assert onset(quick, "b") > onset(quick, "a") + 0.08


SHORT_OF_IT = pytest.mark.xfail(reason="known: a tall, thin man's forearm gives up before a short woman's pocket", strict=True)


@pytest.mark.parametrize("origin", [pytest.param("behind", marks=SHORT_OF_IT), "beside"])
def test_fingers_go_to_the_others_hip_pocket_and_out_again(origin: str) -> None:
    for bodies in PAIRS:
        pair = together("touch_pocket", bodies, {"from": origin})
        tip = pair.mark("a", "right_middle_tip" if origin == "behind" else "left_middle_tip")
        skeleton = pair.performance.performers[1].skeleton
        away = length(tip - pair.joint("b", "right_hip")) - float(skeleton.radius_m[JOINT["right_hip"]])
        inside = pair.segment("in_pocket")
        assert away[inside].max() < 0.13 and away[inside].min() > -0.01, (bodies, away[inside])
        assert away[0] > 0.2 and away[-1] > 0.2


@pytest.mark.parametrize("shape", ["rock", "paper", "scissors"])
def test_three_shakes_and_then_the_shape_that_was_chosen(shape: str) -> None:
    pair = together("rock_paper_scissors", PAIRS[1], {"a_shows": shape, "b_shows": "rock"}, fps=30.0)
    shake, show = pair.segment("shake"), pair.segment("show")
    height = (pair.joint("a", "right_wrist") - pair.joint("a", "spine3"))[:, 2]
    inner = height[shake]
    peaks = np.flatnonzero((inner[1:-1] > inner[:-2]) & (inner[1:-1] >= inner[2:]) & (inner[1:-1] > inner.min() + 0.06))
    assert len(peaks) == 3
    frame = show.stop - 2
    reach = {
        finger: float(length(pair.mark("a", "right_palm") - pair.mark("a", f"right_{finger}_tip"))[frame])
        for finger in ("index", "middle")
    }
    ring = float(length(pair.joint("a", "right_ring3") - pair.mark("a", "right_palm"))[frame])
    open_index, open_ring = shape != "rock", shape == "paper"
    assert (reach["index"] > 0.085) == (reach["middle"] > 0.085) == open_index and (ring > 0.062) == open_ring, (reach, ring)
    assert np.array_equal(SHAPES["scissors"][:6], SHAPES["point"][[0, 1, 2, 0, 1, 2]])


def test_the_phone_is_held_before_the_face_and_its_back_points_at_the_other() -> None:
    for bodies in PAIRS:
        pair = together("taking_a_photo_of_other", bodies)
        middle = (pair.segment("shoot").start + pair.segment("shoot").stop) // 2
        phone = pair.performance.props["phone"][middle]
        eyes = 0.5 * (pair.mark("a", "left_eye") + pair.mark("a", "right_eye"))[middle]
        assert abs(phone[2, 3] - eyes[2]) < 0.12 and 0.15 < length(phone[:3, 3] - eyes) < 0.45
        toward = pair.mark("b", "nose")[middle] - phone[:3, 3]
        lens = -phone[:3, 1]  # the screen is at +y
        assert np.dot(toward[:2], lens[:2]) / length(toward[:2]) / length(lens[:2]) > 0.9
        left, right = pair.mark("a", "left_palm")[middle], pair.mark("a", "right_palm")[middle]
        assert length(left - right) < 0.12


def test_what_is_kept_lies_in_the_hand_as_it_did() -> None:
    hand = np.tile(np.eye(4), (6, 1, 1))
    hand[:, 0, 3] = [0.0, 0.1, 0.2, 0.4, 0.5, 0.7]
    path = np.tile(np.eye(4), (6, 1, 1))
    path[:, :3, 3] = [0.3, 0.02, 0.0]
    after = kept(hand, path, 3)
    np.testing.assert_allclose(after[2], path[2])
    np.testing.assert_allclose(after[3:, 0, 3] - hand[3:, 0, 3], 0.1)


def test_what_is_passed_flies_freely_from_where_it_was_to_where_it_is_held() -> None:
    held, path = np.tile(np.eye(4), (30, 1, 1)), np.tile(np.eye(4), (30, 1, 1))
    held[:, :3, 3], path[:, :3, 3] = [2.0, 0.0, 1.2], [0.0, 0.0, 1.0]
    flight = passed(held, path, 5, 20, fps=30.0)[:, :3, 3]
    whole = np.concatenate([path[4:5, :3, 3], flight, held[20:21, :3, 3]])
    np.testing.assert_allclose(np.diff(whole, n=2, axis=0) * 900.0, np.tile([0.0, 0.0, -9.81], (15, 1)), atol=1e-9)


def test_what_is_borne_goes_where_most_hands_say() -> None:
    frames = {name: np.eye(4) for name in ("a", "b", "c")}
    for name, at in (("a", (1.0, 0.0, 0.0)), ("b", (-1.0, 0.0, 0.0)), ("c", (0.0, 1.0, 0.0))):
        frames[name][:3, 3] = at
    pose = np.eye(4)
    pose[:3, :3] = [[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    pose[:3, 3] = (0.5, 2.0, 1.0)
    hands = {("x", name): (pose @ frames[name])[None] for name in frames}
    event = PropEvent(0.0, "borne", "x", bearers=tuple(("x", name, name) for name in frames))
    prop = SimpleNamespace(frames=frames)
    np.testing.assert_allclose(borne(prop, event, hands)[0], pose, atol=1e-12)
