"""Who walks in place in a file walks on with us, exactly as the feet say; who stands, jumps or travels is left alone."""

from dataclasses import replace

import numpy as np
import pytest
from synapt.generator.motion.track import Track
from synapt.generator.recordings.read import read
from synapt.generator.recordings.travel import moved_on
from synapt.generator.recordings.values import Recording

FPS, CYCLE_S = 30.0, 1.0
NAMES = ("pelvis", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle", "left_foot", "right_foot")
BODY = np.array(
    [(0, 0, 0.95), (-0.1, 0, 0.9), (0.1, 0, 0.9), (-0.1, 0, 0.5), (0.1, 0, 0.5), (-0.1, -0.1, 0.08), (0.1, -0.1, 0.08),
     (-0.1, 0, 0.02), (0.1, 0, 0.02)]
)  # fmt: skip
REST = ("left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist")


def walking(velocity, stands=0.6, seconds=2.0, lifted_m=0.1):
    """Feet that stand still in turn, each for a share of the time, and swing over the floor in between; the hips go evenly."""
    t = np.arange(round(seconds * FPS) + 1) / FPS
    velocity = np.array([*velocity, 0.0])
    at = BODY + velocity * t[:, None, None]
    for side, late in (("left", 0.0), ("right", 0.5)):
        cycle, phase = np.divmod(t / CYCLE_S + late, 1.0)
        swing = np.clip((phase - stands) / (1.0 - stands), 0.0, 1.0)
        steps = (cycle + swing - late - 0.5 * stands)[:, None] * velocity * CYCLE_S
        for name in (f"{side}_ankle", f"{side}_foot"):
            k = NAMES.index(name)
            at[:, k] = BODY[k] + steps + np.array([0.0, 0.0, lifted_m]) * np.sin(np.pi * swing)[:, None]
        hip, knee, ankle = (NAMES.index(f"{side}_{joint}") for joint in ("hip", "knee", "ankle"))
        at[:, knee] = 0.5 * (at[:, hip] + at[:, ankle])
    above = np.repeat(at[:, :1] + [0.0, 0.0, 0.4], len(REST), axis=1)
    return Recording("walk", FPS, (Track((*NAMES, *REST), np.concatenate([at, above], axis=1)),))


def in_place(recording, velocity):
    (track,) = recording.people
    back = np.array([*velocity, 0.0]) * (np.arange(track.n_frames) / FPS)[:, None, None]
    return replace(recording, people=(replace(track, positions_m=track.positions_m - back),))


@pytest.mark.parametrize("velocity", [(0.0, 1.2), (0.0, -1.2), (0.8, 0.3), (1.0, 2.0), (0.0, 0.4)])
@pytest.mark.parametrize("stands", [0.3, 0.6, 0.7])
def test_a_walk_whose_way_was_taken_out_gets_it_back(velocity, stands):
    walk = walking(velocity, stands)
    back = moved_on(in_place(walk, velocity))
    assert np.abs(back.people[0].positions_m - walk.people[0].positions_m).max() < 1e-9
    assert back.notes == (f"steps in place: moved on at {np.hypot(*velocity):.1f} m/s, as its feet on the floor tell",)
    assert moved_on(back) == back


@pytest.mark.parametrize(
    "recording",
    [
        walking((0.0, 1.2)),  # has its way
        walking((0.0, 0.0)),  # marches on the spot
        in_place(walking((0.0, 0.15)), (0.0, 0.15)),  # shifts its feet
        replace(walking((0.0, 0.0)), people=walking((0.0, 0.0)).people * 2),
    ],
)
def test_who_does_not_walk_in_place_is_left_alone(recording):
    assert moved_on(recording) is recording


def test_feet_that_go_different_ways_do_not_travel():
    """A split, or a dance: one foot slides to the left while the other slides to the right."""
    walk = in_place(walking((0.0, 1.2)), (0.0, 1.2))
    (track,) = walk.people
    at = track.positions_m.copy()
    for name in ("right_ankle", "right_foot"):
        at[:, NAMES.index(name), 1] *= -1.0
    danced = replace(walk, people=(replace(track, positions_m=at),))
    assert moved_on(danced) is danced


def test_files_are_read_so(tmp_path, monkeypatch):
    found = in_place(walking((0.0, 1.2)), (0.0, 1.2))
    monkeypatch.setattr("synapt.generator.recordings.bvh.read", lambda path, up="": (found,))
    (tmp_path / "walk.bvh").write_text("HIERARCHY")
    (seen,) = read(tmp_path / "walk.bvh")
    assert np.ptp(seen.people[0].positions_m[:, 0, 1]) == pytest.approx(2.4)
