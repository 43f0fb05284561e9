"""Pushes, blows, kicks, fights, collisions and flights of two, on bodies as different as they come, in both roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np
import pytest
from made_performance import BODIES, middle_of, skeleton_of
from synapt.generator.actions import Range, find_action
from synapt.generator.motion.animate import animate, duration_s, write_scores
from synapt.generator.motion.apart import CLOTH_M, spheres
from synapt.generator.motion.impact import course, mass_kg, passed_on
from synapt.generator.motion.kinematics import forward
from synapt.generator.motion.proportions import measure
from synapt.generator.motion.quality import landmark, measures
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.skeletons import JOINT
from synapt.generator.values import Array, Contact, Performance, PerformanceSpec, PerformerSpec, Skeleton

FIRST = (("average", "tall_thin"), ("tall_thin", "short_heavy"), ("short_heavy", "tall_thin"))
PAIRS = [
    pytest.param(pair, marks=() if pair in FIRST else pytest.mark.slow, id="-".join(pair)) for pair in permutations(BODIES, 2)
]
NAMES = ("pushing_interaction", "punch_slap", "kicking_another", "fighting_each_other", "bump_into_each_other", "flee")
FPS = 24.0
RECIPE = load_recipe("standard")
LOOK = sample("walking", RECIPE, 0, 0).performers[0].look


@dataclass(frozen=True)
class Played:
    """A performance of two with what its joints and landmarks do in the world."""

    performance: Performance

    def __post_init__(self) -> None:
        poses = {p.role: forward(p.skeleton, p.rotations, p.pelvis_m) for p in self.performance.performers}
        object.__setattr__(self, "poses", poses)

    def skeleton(self, role: str) -> Skeleton:
        return next(p.skeleton for p in self.performance.performers if p.role == role)

    def at(self, role: str, name: str) -> Array:
        """A joint or landmark (T, 3)."""
        rotations, positions = self.poses[role]  # type: ignore[attr-defined]
        skeleton = self.skeleton(role)
        return landmark(skeleton, name, rotations, positions) if name in skeleton.landmarks else positions[:, JOINT[name]]

    def spheres(self, role: str, names: tuple[str, ...]) -> tuple[Array, Array]:
        """Centres (T, N, 3) and radii (N,) of the flesh of some joints."""
        rotations, positions = self.poses[role]  # type: ignore[attr-defined]
        joints, offsets, radii = spheres(self.skeleton(role))
        keep = [k for k, joint in enumerate(joints) if joint in [JOINT[name] for name in names]]
        chosen = [joints[k] for k in keep]
        turned = (rotations[:, chosen] @ offsets[keep][None, :, :, None])[..., 0]
        return positions[:, chosen] + turned, radii[keep] - CLOTH_M

    @property
    def hits(self) -> list[Contact]:
        return [contact for contact in self.performance.contacts if ":" in contact.target]

    def frame(self, time_s: float) -> int:
        return min(int(np.ceil(time_s * FPS)), self.performance.n_frames - 1)


def play(name: str, pair: tuple[str, str], **options: float | str) -> Played:
    action = find_action(name)
    spec = PerformanceSpec({**middle_of(action), **options}, 1.0, "right", 0.2, 0.2, 0.0, 0.0)
    people = tuple(
        PerformerSpec(role, BODIES[body], LOOK, "neutral", 1.0, tuple(0.26 * k + shift for k in range(24)))
        for role, body, shift in zip("ab", pair, (0.0, 0.5), strict=True)
    )
    return Played(animate(action.perform, spec, people, [skeleton_of(body) for body in pair], {}, FPS))


@pytest.mark.parametrize("name", NAMES)
def test_it_is_declared_as_others_are(name: str) -> None:
    action = find_action(name)
    assert (
        action.roles == ("a", "b")
        and "interaction" in action.tags
        and action.aliases
        and {"synapt150", "ntu120"} & set(action.taxonomy)
    )
    assert len(action.params) >= 5
    for kind in action.params.values():
        assert kind.low < kind.high if isinstance(kind, Range) else len(kind.options) >= 2
    for alias in action.aliases:
        assert find_action(alias) is action


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pair", PAIRS)
def test_feet_stand_phases_follow_and_blows_meet(name: str, pair: tuple[str, str]) -> None:
    played = play(name, pair)
    order = [segment.name for segment in played.performance.segments]
    assert order == [phase for phase in find_action(name).phases if phase in order] and len(order) >= 3
    for performer in played.performance.performers:
        found = measures(performer, played.performance)
        assert found["foot_slide_m"] < 0.10, performer.role
        assert found["floor_depth_m"] < 0.03 and found["bend_excess_rad"] < 0.10 and found["frozen_share"] == 0.0
        assert found["contact_error_m"] < (0.16 if name == "fighting_each_other" else 0.10)
    assert played.hits or name == "flee"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pair", PAIRS)
def test_trunks_and_heads_stay_out_of_each_other(name: str, pair: tuple[str, str]) -> None:
    played = play(name, pair)
    names = ("pelvis", "spine1", "spine2", "spine3", "head", "left_shoulder", "right_shoulder")
    (one, radii), (other, others) = played.spheres("a", names), played.spheres("b", names)
    away = np.linalg.norm(one[:, :, None] - other[:, None], axis=-1)
    assert (radii[:, None] + others[None, :] - away).max() < 0.02


@pytest.mark.parametrize(
    ("name", "options", "hand"),
    [
        ("pushing_interaction", {}, "right_palm"),
        ("pushing_interaction", {"where": "shoulder"}, "right_palm"),
        ("punch_slap", {"blow": "slaps at"}, "right_palm"),
        ("punch_slap", {"blow": "punches at the face of"}, "right_knuckles"),
        ("punch_slap", {"blow": "punches at the shoulder of"}, "right_knuckles"),
        ("kicking_another", {"kind": "front"}, "right_ball"),
        ("kicking_another", {"kind": "side", "at": "hip"}, "right_heel"),
        ("kicking_another", {"kind": "front", "at": "thigh"}, "right_ball"),
    ],
)
def test_who_is_hit_stands_until_then_and_is_moved_from_then_on(name: str, options: dict[str, str], hand: str) -> None:
    played = play(name, ("average", "average"), **options)
    hit = next(contact for contact in played.hits if contact.landmark == hand)
    k = played.frame(hit.start_s)
    chest = played.at("b", "spine3") if name != "kicking_another" else played.at("b", "pelvis")
    before = np.linalg.norm(chest[max(k - 10, 0) : k] - chest[k - 1], axis=1).max()
    after = np.linalg.norm(chest[k : k + 12] - chest[k - 1], axis=1).max()
    assert before < 0.025 < 0.045 < after
    towards = played.at("b", "pelvis")[-1] - played.at("b", "pelvis")[k - 1]
    away = played.at("b", "pelvis")[k - 1] - played.at("a", "pelvis")[k - 1]
    assert towards @ away > 0.0  # driven off, not drawn near
    striking = played.at("a", hand)
    speed = np.linalg.norm(np.diff(striking, axis=0), axis=1) * FPS
    assert speed[k - 4 : k].max() > 1.2  # it arrives with a swing


@pytest.mark.parametrize("pair", PAIRS)
def test_a_push_sends_the_other_as_far_as_its_momentum_says(pair: tuple[str, str]) -> None:
    one, other = (measure(skeleton_of(name)) for name in pair)
    played = play("pushing_interaction", pair, speed_mps=2.2, share=0.36, over_s=0.18)
    hit = played.frame(min(contact.start_s for contact in played.hits))
    gone = np.linalg.norm((played.at("b", "pelvis")[-1] - played.at("b", "pelvis")[hit - 2])[:2])
    assert gone == pytest.approx(course(other, passed_on(one, other, 2.2, 0.36), 0.18).far_m, abs=0.06)


def test_a_lighter_person_is_pushed_further() -> None:
    heavy = max(("short_heavy", "tall_thin"), key=lambda name: mass_kg(measure(skeleton_of(name))))
    light = "short_heavy" if heavy == "tall_thin" else "tall_thin"

    def gone(name: str) -> float:
        pelvis = play("pushing_interaction", ("average", name)).at("b", "pelvis")
        return float(np.linalg.norm((pelvis[-1] - pelvis[0])[:2]))

    assert gone(light) > 1.3 * gone(heavy)


@pytest.mark.parametrize(
    ("name", "options"), [("punch_slap", {"answer": "ducks"}), ("kicking_another", {"answer": "jumps back"})]
)
@pytest.mark.parametrize("pair", [("average", "average"), ("average", "tall_thin"), ("tall_thin", "average")])
def test_who_ducks_or_jumps_back_is_not_touched(name: str, options: dict[str, str], pair: tuple[str, str]) -> None:
    played = play(name, pair, **options)
    assert not played.hits
    ends = ("right_middle1", "right_wrist") if name == "punch_slap" else ("right_ankle", "right_foot", "right_toe")
    centers, radii = played.spheres("b", ("pelvis", "spine1", "spine2", "spine3", "head", "neck"))
    for end in ends:
        away = np.linalg.norm(played.at("a", end)[:, None] - centers, axis=-1)
        assert (away - radii).min() > 0.0, end


@pytest.mark.parametrize("late_s", [0.08, 0.25])
def test_who_flees_starts_back_after_seeing_the_threat_and_then_runs_away(late_s: float) -> None:
    played = play("flee", ("average", "short_heavy"), late_s=late_s, how="threatened")
    start = played.frame(played.performance.segments[0].start_s + 0.15 + late_s)
    neck = np.linalg.norm(played.at("a", "neck") - played.at("a", "neck")[0], axis=1)
    assert neck[: start - 1].max() < 0.03 and neck[start : start + 8].max() > 0.04
    apart = np.linalg.norm((played.at("a", "pelvis") - played.at("b", "pelvis"))[:, :2], axis=1)
    assert apart[-1] > apart[0] + 1.0
    speed = np.linalg.norm(np.diff(played.at("a", "pelvis")[:, :2], axis=0), axis=1) * FPS
    assert speed[-6:].mean() > 1.6


def test_shoulders_that_collide_turn_both_back_and_throw_both_aside() -> None:
    played = play("bump_into_each_other", ("average", "tall_thin"))
    hit = played.hits[0]
    k = played.frame(hit.start_s)
    for role in ("a", "b"):
        across = (played.at(role, "left_shoulder") - played.at(role, "right_shoulder"))[:, :2]
        yaw = np.unwrap(np.arctan2(across[:, 1], across[:, 0]))
        turned = yaw[k : k + 8] - yaw[k]
        assert turned.min() < -0.20  # the right shoulder is driven back: a turn to the right
    gap = np.linalg.norm((played.at("a", "pelvis") - played.at("b", "pelvis"))[:, :2], axis=1)
    assert gap[k + 14] > gap[k] + 0.10
    shoulders = np.linalg.norm(played.at("a", "right_shoulder") - played.at("b", "right_shoulder"), axis=1)
    assert 0.05 < shoulders[k - 1 : k + 2].min() < 0.30
    for role, other in (("a", "b"), ("b", "a")):  # in the end they look at each other
        sight = played.at(role, "nose")[-1] - played.at(role, "head")[-1]
        towards = played.at(other, "head")[-1] - played.at(role, "head")[-1]
        assert (sight[:2] @ towards[:2]) / np.linalg.norm(sight[:2]) / np.linalg.norm(towards[:2]) > 0.6


@pytest.mark.parametrize("name", NAMES)
def test_clips_last_two_to_five_seconds(name: str) -> None:
    action, ranges = find_action(name), RECIPE.motion
    paces = [(ranges.tempo[k], ranges.idle_before_s[1 - k], ranges.idle_after_s[1 - k]) for k in (0, 1)]
    skeletons = [skeleton_of(body) for body in BODIES]
    for index in range(60):
        spec = sample(name, RECIPE, 1, index)
        pair = [skeletons[index % 3], skeletons[(index // 3) % 3]]
        for tempo, before_s, after_s in paces:
            performance = replace(spec.performance, tempo=tempo, idle_before_s=before_s, idle_after_s=after_s)
            scores = write_scores(action.perform, performance, spec.performers, pair, {})
            assert 2.0 <= duration_s(scores[0]) <= 5.0, (index, tempo, spec.performance.params)
