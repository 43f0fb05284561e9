"""Two people greet, come close, have words and help: palms meet, feet stand, bodies stay outside one another, on every pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from made_performance import BARE, BODIES, skeleton_of, spec_of
from synapt.generator.actions import Choice, find_action
from synapt.generator.motion.animate import animate, duration_s, write_scores
from synapt.generator.motion.kinematics import forward
from synapt.generator.motion.quality import landmark, measures
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.skeletons import JOINT
from synapt.generator.values import (
    Array,
    Performance,
    PerformerSpec,
)

ACTIONS = (
    "handshaking", "high_five", "hugging_each_other", "pat_on_back", "whispering", "point_finger_interaction",
    "talking_to_each_other", "helping_up",
)  # fmt: skip
FIRST = (("average", "average"), ("short_heavy", "tall_thin"), ("tall_thin", "short_heavy"))
PAIRS = [
    pytest.param(pair, marks=() if pair in FIRST else pytest.mark.slow, id="-".join(pair)) for pair in product(BODIES, BODIES)
]
UNLIKE = ("short_heavy", "tall_thin")
TRUNK = ("pelvis", "spine1", "spine2", "spine3", "neck", "head")


def performers_of(pair: tuple[str, str]) -> list[PerformerSpec]:
    return [
        PerformerSpec(role, BODIES[name], BARE, "neutral", 1.0, tuple(0.26 * k + shift for k in range(24)))
        for role, name, shift in zip("ab", pair, (0.0, 2.0), strict=True)
    ]


class Played:
    """A performance of two bare bodies, with joints and landmarks of each in the world."""

    def __init__(self, action: str, pair: tuple[str, str], fps: float = 12.0, side: str = "right", **params: float | str) -> None:
        spec = spec_of(find_action(action), params, side=side)
        skeletons = [skeleton_of(name) for name in pair]
        self.performance: Performance = animate(find_action(action).perform, spec, performers_of(pair), skeletons, {}, fps)
        self.joints = {p.role: forward(p.skeleton, p.rotations, p.pelvis_m) for p in self.performance.performers}

    def joint(self, role: str, name: str) -> Array:
        return self.joints[role][1][:, JOINT[name]]

    def mark(self, role: str, name: str) -> Array:
        performer = next(p for p in self.performance.performers if p.role == role)
        return landmark(performer.skeleton, name, *self.joints[role])

    def during(self, start_s: float, end_s: float) -> slice:
        fps = self.performance.fps
        first = int(np.ceil(start_s * fps - 1e-6))
        return slice(first, max(int(end_s * fps + 1e-6), first) + 1)

    def segment(self, name: str) -> slice:
        found = next(segment for segment in self.performance.segments if segment.name == name)
        return self.during(found.start_s, found.end_s)

    def measured(self) -> list[dict[str, float]]:
        return [measures(performer, self.performance) for performer in self.performance.performers]

    def misses(self) -> Iterator[tuple[str, float]]:
        """Of each contact between the two: what touches, and by how much it misses at best, m."""
        for contact in self.performance.contacts:
            role, _, mark = contact.target.rpartition(":")
            if role:
                frames = self.during(contact.start_s, contact.end_s)
                away = self.mark(contact.role, contact.landmark)[frames] - self.mark(role, mark)[frames]
                yield contact.landmark, float(np.linalg.norm(away, axis=-1).min())


def played_by(action: str, pair: tuple[str, str], fps: float = 12.0, **changes: float | str) -> Played:
    """A performance, worked out once."""
    return _played(action, pair, fps, tuple(sorted(changes.items())))


@cache
def _played(action: str, pair: tuple[str, str], fps: float, changes: tuple[tuple[str, float | str], ...]) -> Played:
    return Played(action, pair, fps, **dict(changes))  # type: ignore[arg-type]


def options_of(action: str) -> list[dict[str, str]]:
    """Every option of every choice once, the others at their first."""
    kinds = {name: kind.options for name, kind in find_action(action).params.items() if isinstance(kind, Choice)}
    return [{name: option} for name, options in kinds.items() for option in options] or [{}]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("action", ("handshaking", "helping_up", "high_five"))
def test_palms_meet_whoever_they_belong_to(action: str, pair: tuple[str, str]) -> None:
    found = list(played_by(action, pair, fps=30.0).misses())
    assert found and max(miss for _, miss in found) <= 0.01, found


@pytest.mark.parametrize("where", ("beside", "behind"))
@pytest.mark.parametrize("pair", PAIRS)
def test_a_palm_pats_the_back(pair: tuple[str, str], where: str) -> None:
    """On the shoulder blades; by somebody much shorter lower down, and then no contact with them is recorded."""
    played = played_by("pat_on_back", pair, fps=30.0, **{"from": where, "low_m": 0.0})
    found = list(played.misses())
    assert len(found) == (0 if pair[0] == "short_heavy" != pair[1] else 4)
    assert all(miss <= 0.03 for _, miss in found), found


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("action", ACTIONS)
def test_feet_stand_and_nobody_sinks_in(action: str, pair: tuple[str, str]) -> None:
    for found in played_by(action, pair).measured():
        assert found["foot_slide_m"] <= 0.02 and found["floor_depth_m"] <= 0.02 and found["bend_excess_rad"] == 0.0, found


@pytest.mark.parametrize(("action", "choice"), [(action, choice) for action in ACTIONS for choice in options_of(action)])
def test_trunks_and_heads_stay_out_of_each_other(action: str, choice: dict[str, str]) -> None:
    for pair in (UNLIKE, UNLIKE[::-1], ("average", "average")):
        played = played_by(action, pair, **choice)
        radius = {
            p.role: {name: float(p.skeleton.radius_m[JOINT[name]]) for name in TRUNK} for p in played.performance.performers
        }
        for mine, theirs in product(TRUNK, TRUNK):
            away = np.linalg.norm(played.joint("a", mine) - played.joint("b", theirs), axis=-1).min()
            assert away >= 0.93 * (radius["a"][mine] + radius["b"][theirs]) - 0.01, (pair, mine, theirs, away)


@pytest.mark.parametrize("action", ACTIONS)
def test_phases_follow_one_another_as_declared(action: str) -> None:
    segments = played_by(action, UNLIKE).performance.segments
    assert [found.start_s for found in segments][1:] == pytest.approx([found.end_s for found in segments][:-1])
    names = [found.name for found in segments]
    assert list(dict.fromkeys(names)) == list(find_action(action).phases)


@pytest.mark.parametrize("action", ACTIONS)
def test_clips_last_two_to_five_seconds(action: str) -> None:
    recipe = load_recipe("standard")
    ranges = recipe.motion
    skeletons = [skeleton_of(name) for name in UNLIKE]
    for index in range(25):
        spec = sample(action, recipe, 1, index)
        for k in (0, 1):
            idle = {"idle_before_s": ranges.idle_before_s[1 - k], "idle_after_s": ranges.idle_after_s[1 - k]}
            slow = replace(spec.performance, tempo=ranges.tempo[k], **idle)
            scores = write_scores(find_action(action).choreography, slow, spec.performers, skeletons, {})
            assert 2.0 <= duration_s(scores[0]) <= 5.0, slow


@pytest.mark.parametrize("action", ACTIONS)
def test_left_handed_pairs_are_the_mirror_image(action: str) -> None:
    right, left = (played_by(action, UNLIKE, side=side) for side in ("right", "left"))
    for role in "ab":
        mirrored = right.joint(role, "right_wrist") * [-1.0, 1.0, 1.0]
        assert np.abs(left.joint(role, "left_wrist") - mirrored).max() < 0.01  # a body's halves differ by millimetres


@pytest.mark.parametrize("action", ACTIONS)
def test_they_look_at_each_other(action: str) -> None:
    """At some time each one's nose points to within 35 degrees of the other's head."""
    played = played_by(action, ("average", "tall_thin"))
    for me, other in (("a", "b"), ("b", "a")):
        nose, head = played.mark(me, "nose"), played.joint(me, "head")
        ahead, goal = (nose - head) * [1, 1, 0], (played.joint(other, "head") - head) * [1, 1, 0]
        cosine = np.sum(ahead * goal, axis=-1) / np.linalg.norm(ahead, axis=-1) / np.linalg.norm(goal, axis=-1)
        assert cosine.max() >= np.cos(np.radians(35.0)), (me, np.degrees(np.arccos(cosine.max())))


@pytest.mark.parametrize("pair", PAIRS)
def test_arms_lie_round_the_other_in_a_hug(pair: tuple[str, str]) -> None:
    """In the embrace the wrists of both are behind the other one's shoulders, seen from themselves, and heads side by side."""
    played = played_by("hugging_each_other", pair)
    frames = played.segment("embrace")
    at = (frames.start + 2 * frames.stop) // 3
    for me, other in (("a", "b"), ("b", "a")):
        ahead = (played.joint(other, "spine3") - played.joint(me, "spine3"))[at] * [1, 1, 0]
        ahead = ahead / np.linalg.norm(ahead)
        middle = played.joint(other, "spine3")[at]
        for side in ("left", "right"):
            assert (played.joint(me, f"{side}_wrist")[at] - middle) @ ahead > -0.02, (me, side)
    found = list(played.misses())
    assert (found or set(pair) == set(UNLIKE)) and all(miss <= 0.01 for _, miss in found), found
    heads = played.joint("a", "head")[at] - played.joint("b", "head")[at]
    assert np.linalg.norm(heads) > 0.17


@pytest.mark.parametrize("pair", PAIRS)
def test_a_mouth_comes_to_the_ear(pair: tuple[str, str]) -> None:
    played = played_by("whispering", pair)
    frames = played.segment("whisper")
    away = np.linalg.norm(played.mark("a", "mouth") - played.mark("b", "right_ear"), axis=-1)
    limit = 0.30 if set(pair) == set(UNLIKE) else 0.20
    assert away[frames].mean() < limit < 0.5 * away[0] + 0.1, (away[frames].mean(), away[0])


@pytest.mark.parametrize("pair", PAIRS)
def test_a_finger_points_at_the_other_and_stays_off(pair: tuple[str, str]) -> None:
    played = played_by("point_finger_interaction", pair)
    frames = played.segment("point")
    tip, knuckle = played.mark("a", "right_index_tip")[frames], played.joint("a", "right_index1")[frames]
    goal = played.joint("b", "neck")[frames] - tip
    along = tip - knuckle
    cosine = np.sum(along * goal, axis=-1) / np.linalg.norm(along, axis=-1) / np.linalg.norm(goal, axis=-1)
    assert np.median(cosine) > np.cos(np.radians(40.0))
    assert np.linalg.norm(goal, axis=-1).min() > 0.15


@pytest.mark.parametrize("late_s", (0.08, 0.25))
def test_the_one_pointed_at_answers_after_the_time_declared(late_s: float) -> None:
    """Against a clip in which they answer later yet, the head moves no earlier than `late_s` after the finger is there."""
    early, late = (played_by("point_finger_interaction", UNLIKE, fps=30.0, late_s=value) for value in (late_s, 0.5))
    apart = np.linalg.norm(early.joint("b", "head") - late.joint("b", "head"), axis=-1)
    began = int(np.argmax(apart > 0.001)) / 30.0
    raised = next(found for found in early.performance.segments if found.name == "point").start_s - 0.1
    assert raised + late_s - 0.05 <= began <= raised + late_s + 0.2


def test_speakers_take_turns() -> None:
    played = played_by("talking_to_each_other", ("average", "tall_thin"), turns=2.0)
    still = {role: played.joint(role, "right_wrist") for role in "ab"}
    moved = {
        (role, name): float(np.linalg.norm(np.diff(still[role][played.segment(name)], axis=0), axis=-1).sum())
        for role in "ab"
        for name in ("speak", "answer")
    }
    assert moved["a", "speak"] > 2.0 * moved["b", "speak"] and moved["b", "answer"] > 2.0 * moved["a", "answer"]


@pytest.mark.parametrize("floor", ("sit", "crouch"))
@pytest.mark.parametrize("pair", PAIRS)
def test_who_is_helped_rises_from_the_floor(pair: tuple[str, str], floor: str) -> None:
    height = played_by("helping_up", pair, floor=floor).joint("b", "pelvis")[:, 2]
    leg = skeleton_of(pair[1]).joints_m
    standing = float(leg[JOINT["pelvis"], 1] - leg[JOINT["right_ankle"], 1])
    assert height[0] < 0.55 * standing and height[-1] > 0.95 * standing
    assert np.diff(height).min() > -0.04
