"""Bodies that follow recorded movement: performances of our own, written down as tracks, are performed by other bodies."""

from __future__ import annotations

import numpy as np
import pytest
from made_performance import Performed, perform, performer_of, skeleton_of, spec_of
from made_tracks import FEW, SMPL_22, arms_at_rest, track_of
from synapt.generator.actions import find_action
from synapt.generator.measure.feet import drifts
from synapt.generator.measure.touch import Body, frames_of, misses
from synapt.generator.motion.animate import animate
from synapt.generator.motion.kinematics import forward
from synapt.generator.motion.quality import landmark, measures, sole_points
from synapt.generator.motion.recorded import follow, under
from synapt.generator.motion.recorded.error import alongside, pose_error_deg
from synapt.generator.motion.recorded.resampled import resampled
from synapt.generator.motion.score import Score
from synapt.generator.motion.track import Track
from synapt.generator.skeletons import JOINT
from synapt.generator.values import Array, Performance, Segment

FPS = 30.0


def followed(track: Track, body: str = "tall_thin", fps: float = FPS, start_s: float = 0.0, end_s: float | None = None,
             segments: tuple[Segment, ...] = (), amplitude: float = 1.0, **changes: object) -> Performance:  # fmt: skip
    spec = spec_of(find_action("saluting"), {}, **changes)

    def choreography(score: Score) -> None:
        follow((score,), (track,), fps, start_s, end_s, segments)

    return animate(choreography, spec, (performer_of(amplitude=amplitude),), (skeleton_of(body),), {}, FPS)


def errors(performance: Performance, track: Track, fps: float = FPS) -> dict[str, float]:
    frames = np.minimum(np.arange(performance.n_frames) * fps / FPS, track.n_frames - 1)
    return pose_error_deg(performance.performers[0], track, frames)


def world(performance: Performance, k: int = 0) -> tuple[Array, Array]:
    performer = performance.performers[k]
    return forward(performer.skeleton, performer.rotations, performer.pelvis_m)


@pytest.fixture(scope="module")
def walk() -> Performed:
    return perform("walking", skeleton_of("average"))


LONG = [pytest.param(name, marks=pytest.mark.slow) for name in ("squatting", "jumping", "saluting", "clapping")]


@pytest.mark.parametrize("name", ["walking", "lying_down", *LONG])
@pytest.mark.parametrize("positions_only", [False, True])
def test_another_body_does_what_was_recorded(name: str, positions_only: bool) -> None:
    source = perform(name, skeleton_of("average"))
    track = track_of(
        source.performer, SMPL_22 if positions_only else FEW, positions_only=positions_only, rest=arms_at_rest(1.5, 0.8)
    )
    own = followed(track)
    found = errors(own, track)
    assert found["mean"] < 5.0 and max(found.values()) < 10.0, found
    performer, (rotations, positions) = own.performers[0], world(own)
    assert max(drifts(sole_points(performer.skeleton, rotations, positions), FPS), default=0.0) < 0.01
    found = measures(performer, own)
    assert found["floor_depth_m"] < 0.01
    assert found["bend_excess_rad"] < 1e-6


@pytest.mark.parametrize("drop_rad", [0.7, 1.5])
def test_the_rest_pose_of_a_file_changes_nothing(walk: Performed, drop_rad: float) -> None:
    plain, other = (followed(track_of(walk.performer, rest=rest)) for rest in (None, arms_at_rest(drop_rad, 2.0)))
    a, b = world(plain)[0], world(other)[0]
    trace = np.einsum("tjab,tjab->tj", a[:, :22], b[:, :22])
    assert np.degrees(np.arccos(np.clip(0.5 * (trace - 1.0), -1.0, 1.0))).max() < 4.0


def test_size_floor_and_heading_of_a_file_change_nothing(walk: Performed) -> None:
    plain = followed(track_of(walk.performer))
    other = followed(track_of(walk.performer, scale=0.56, floor_m=1.3, turn_rad=2.5))
    assert np.abs(world(plain)[1] - world(other)[1]).max() < 0.012


def test_the_same_body_comes_back(walk: Performed) -> None:
    own = followed(track_of(walk.performer), body="average")
    found = errors(own, track_of(walk.performer))
    assert max(found.values()) < 6.0 and found["mean"] < 2.5, found


def test_it_starts_at_the_origin_facing_as_the_clip_says(walk: Performed) -> None:
    own = followed(track_of(walk.performer, turn_rad=1.9), start_s=0.5, heading_rad=0.4)
    _, positions = world(own)
    hips = 0.5 * (positions[0, JOINT["left_hip"]] + positions[0, JOINT["right_hip"]])
    assert np.abs(hips[:2]).max() < 0.02
    way = positions[-1, 0, :2] - positions[0, 0, :2]
    assert way @ [np.sin(0.4), -np.cos(0.4)] > 0.98 * np.linalg.norm(way)


def test_steps_fit_the_legs(walk: Performed) -> None:
    leg = {name: perform("saluting", skeleton_of(name)).joint("left_hip")[0, 2] for name in ("average", "short_heavy")}
    own = followed(track_of(walk.performer), body="short_heavy")
    ways = [np.linalg.norm(np.ptp(positions[:, 0, :2], axis=0)) for positions in (world(own)[1], walk.positions)]
    assert abs(ways[0] / ways[1] / (leg["short_heavy"] / leg["average"]) - 1.0) < 0.08


def test_feet_stand_where_and_while_contacts_say(walk: Performed) -> None:
    own = followed(track_of(walk.performer))
    performer, (rotations, positions) = own.performers[0], world(own)
    balls = [contact for contact in own.contacts if contact.landmark.endswith("_ball")]
    assert {contact.landmark for contact in balls} == {"left_ball", "right_ball"}
    assert len(balls) >= 3
    for contact in balls:
        at = landmark(performer.skeleton, contact.landmark, rotations, positions)
        during = at[int(np.ceil(contact.start_s * FPS)) : int(contact.end_s * FPS) + 1]
        assert np.linalg.norm(during[:, :2] - during[0, :2], axis=-1).max() < 0.01
        assert np.abs(during[:, 2]).max() < 0.015


def test_a_hand_at_the_head_stays_there() -> None:
    source = perform("headache", skeleton_of("average"))
    for body in ("short_heavy", "tall_thin"):
        own = followed(track_of(source.performer), body=body)
        rotations, positions = world(own)
        skeleton, found = own.performers[0].skeleton, 0
        heads = [np.linalg.norm(body.landmarks["forehead"].offset_m) for body in (source.skeleton, skeleton)]
        for side in ("left", "right"):
            theirs = np.linalg.norm(source.mark(f"{side}_palm") - source.mark("forehead"), axis=-1) / heads[0]
            palm, brow = (landmark(skeleton, name, rotations, positions) for name in (f"{side}_palm", "forehead"))
            ours = np.linalg.norm(palm - brow, axis=-1) / heads[1]
            near = np.flatnonzero(theirs[: len(ours)] < 1.6)
            found += len(near)
            assert np.abs(ours[near] - theirs[near]).max(initial=0.0) < 0.2
        assert found > 10


def test_palms_that_meet_meet() -> None:
    source = perform("clapping", skeleton_of("average"))
    theirs = np.linalg.norm(source.joint("left_wrist") - source.joint("right_wrist"), axis=-1)
    own = followed(track_of(source.performer, SMPL_22, positions_only=True), body="short_heavy")
    _, positions = world(own)
    ours = np.linalg.norm(positions[:, JOINT["left_wrist"]] - positions[:, JOINT["right_wrist"]], axis=-1)
    meets = theirs[: len(ours)] < theirs.min() + 0.01
    assert meets.sum() >= 3
    assert np.abs(ours[meets] - theirs[: len(ours)][meets]).max() < 0.04


def test_two_stay_together() -> None:
    action = find_action("handshaking")
    performers = tuple(performer_of(role) for role in action.roles)
    spec = spec_of(action, {})
    source = animate(action.perform, spec, performers, (skeleton_of("average"),) * 2, {}, FPS)
    tracks = [track_of(performer) for performer in source.performers]
    bodies = (skeleton_of("tall_thin"), skeleton_of("short_heavy"))

    def choreography(*scores: Score) -> None:
        follow(scores, tracks, FPS)

    own = animate(choreography, spec, performers, bodies, {}, FPS)
    palms = {}
    for what in (source, own):
        a, b = (landmark(p.skeleton, "right_palm", *forward(p.skeleton, p.rotations, p.pelvis_m)) for p in what.performers)
        palms[what is own] = np.linalg.norm(a - b, axis=-1)
    shake = palms[False][: len(palms[True])] < 0.06
    assert shake.sum() > 10
    assert palms[True][shake].max() < 0.08
    whole = {p.role: Body(p.role, p.skeleton, *forward(p.skeleton, p.rotations, p.pelvis_m)) for p in own.performers}
    held = {contact.target: (contact, miss) for contact, miss in misses(whole, own, {}) if contact.landmark == "right_palm"}
    assert held.keys() == {"b:right_wrist", "a:right_wrist"}
    for contact, miss in held.values():
        assert miss < 0.04
        assert np.all(palms[True][frames_of(contact, own)] < 0.12) and contact.end_s - contact.start_s > shake.sum() / FPS - 0.2
    for performer, track in zip(own.performers, tracks, strict=True):
        assert pose_error_deg(performer, track, np.arange(own.n_frames))["mean"] < 10.0
        assert measures(performer, own)["floor_depth_m"] < 0.01


def test_a_choreography_on_top_has_the_arm_and_the_recording_the_rest(walk: Performed) -> None:
    track, action = track_of(walk.performer), find_action("shake_fist")
    skeleton, spec, who = skeleton_of("average"), spec_of(find_action("shake_fist"), {}), performer_of()
    alone = followed(track, body="average")
    layered = animate(under(action.choreography, (track,), FPS), spec, (who,), (skeleton,), {}, FPS)
    n = min(layered.n_frames, alone.n_frames) - 20  # what comes later is felt a little before
    local = np.abs(layered.performers[0].rotations[:n] - alone.performers[0].rotations[:n]).max(axis=(0, 2, 3))
    for name in ("pelvis", "left_hip", "left_knee", "right_hip", "right_knee", "left_shoulder", "left_elbow"):
        assert local[JOINT[name]] < 1e-4, name
    assert local[JOINT["right_elbow"]] > 0.5
    assert [segment.name for segment in layered.segments] == [
        segment.name for segment in perform("shake_fist", skeleton).performance.segments
    ]
    fist = landmark(skeleton, "right_knuckles", *world(layered))[:, 2] - world(layered)[1][:, JOINT["right_shoulder"], 2]
    assert (
        fist.max()
        > -0.05
        > landmark(skeleton, "right_knuckles", *world(alone))[:, 2].max() - world(alone)[1][:, JOINT["right_shoulder"], 2].min()
    )


def test_left_is_the_mirror_image(walk: Performed) -> None:
    track = track_of(walk.performer)
    right, left = (followed(track, side=side) for side in ("right", "left"))
    a, b = world(right)[1], world(left)[1]
    assert np.allclose(b[:, JOINT["left_wrist"]], a[:, JOINT["right_wrist"]] * [-1.0, 1.0, 1.0], atol=0.01)
    found = pose_error_deg(left.performers[0], track, np.arange(left.n_frames), mirrored=True)
    assert found == pytest.approx(errors(right, track), abs=1.0)
    assert {c.landmark for c in left.contacts} == {c.landmark for c in right.contacts}


def test_tempo_and_pauses(walk: Performed) -> None:
    track = track_of(walk.performer)
    plain = followed(track, start_s=0.4, end_s=1.2)
    double = followed(track, start_s=0.4, end_s=1.2, tempo=2.0)
    assert double.n_frames == plain.n_frames // 2
    away = np.abs(world(double)[1] - world(plain)[1][::2]).max(axis=(0, 1))
    assert away.max() < 0.08, "knees give as soon before a step, and that is sooner in it"
    paused = followed(track, start_s=0.4, end_s=1.2, idle_before_s=0.2, idle_after_s=0.2)
    assert np.abs(world(paused)[1][6:-6] - world(plain)[1]).max() < 0.03
    moving = np.linalg.norm(np.diff(world(paused)[1][:, 0, :2], axis=0), axis=-1) * FPS
    assert moving.min() > 0.5, "the recording goes on in the pauses"


def test_who_is_held_after_the_end_breathes() -> None:
    track = track_of(perform("clapping", skeleton_of("average")).performer)
    own = followed(track, end_s=0.5 * track.n_frames / FPS + 0.4, idle_after_s=0.0)
    held = followed(track, idle_after_s=1.5)
    assert measures(held.performers[0], held)["frozen_share"] == 0.0
    assert own.n_frames < held.n_frames


def test_phases_are_the_recordings_own_cut_to_the_take(walk: Performed) -> None:
    track = track_of(walk.performer)
    phases = (Segment("lead", 0.0, 0.7), Segment("stride", 0.7, 1.0), Segment("gone", 2.0, 3.0))
    found = followed(track, start_s=0.5, end_s=1.2, segments=phases, tempo=0.5).segments
    assert [(s.name, round(s.start_s, 6), round(s.end_s, 6)) for s in found] == [("lead", 0.0, 0.4), ("stride", 0.4, 1.0)]
    assert [s.name for s in followed(track).segments] == ["motion"]


def test_arms_swing_less_with_less_amplitude(walk: Performed) -> None:
    track = track_of(walk.performer)
    swings = []
    for amplitude in (0.8, 1.0, 1.2):
        own = followed(track, amplitude=amplitude)
        _, positions = world(own)
        hand = positions[:, JOINT["right_wrist"]] - positions[:, JOINT["right_shoulder"]]
        swings.append(float(np.ptp(hand[:, 1])))
    assert swings[0] < 0.95 * swings[1] < swings[1] < 0.95 * swings[2]


def test_a_faster_recording_is_not_aliased_and_a_noisy_one_not_jittery() -> None:
    times = np.arange(480) / 120.0
    path = np.zeros((480, 1, 3))
    path[:, 0, 0] = 0.3 * np.sin(2.0 * np.pi * 0.5 * times) + 0.01 * np.sin(2.0 * np.pi * 40.0 * times)
    wanted = np.arange(45) / 15.0
    found = resampled(Track(("pelvis",), path), 120.0, wanted, 1.0 / 15.0).positions_m[:, 0, 0]
    assert np.abs(found - 0.3 * np.sin(np.pi * wanted))[3:-3].max() < 0.004


def test_all_between_frames_is_smooth(walk: Performed) -> None:
    track = track_of(walk.performer)
    at = np.linspace(0.3, 1.0, 200)
    path = resampled(track, FPS, at, 1.0 / FPS).positions_m[:, JOINT["left_ankle"]]
    step = np.linalg.norm(np.diff(path, axis=0), axis=-1)
    assert step.max() < 3.0 * np.abs(np.diff(track.positions_m[:, JOINT["left_ankle"]], axis=0)).max() * FPS * (at[1] - at[0])
    assert np.linalg.norm(np.diff(path, n=2, axis=0), axis=-1).max() < 0.25 * step.max()


def test_alongside_lies_on_the_performer(walk: Performed) -> None:
    track = track_of(walk.performer, turn_rad=1.0, scale=1.7, floor_m=-3.0)
    own = followed(track, body="average")
    theirs, (_, ours) = alongside(own.performers[0], track, np.arange(own.n_frames)), world(own)
    assert (
        max(np.linalg.norm(theirs[name] - ours[:, JOINT[name]], axis=-1).mean() for name in ("head", "left_wrist", "left_knee"))
        < 0.05
    )


@pytest.mark.parametrize("span", [(1.0, 0.5), (-0.1, 1.0), (9.0, 10.0)])
def test_a_take_outside_the_recording_is_refused(walk: Performed, span: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="give a start before its end"):
        followed(track_of(walk.performer), start_s=span[0], end_s=span[1])
