"""DeepMimic's rows: the humanoid's joints where its own skeleton has them; what is no such file is refused in one line."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation
from synapt.generator.base.errors import UserError
from synapt.generator.recordings import deepmimic as reader
from synapt.generator.recordings.standing import parents_of

STILL = [1, 0, 0, 0]
ROW = [0.05, 0.0, 0.9, 0.0, *STILL, *STILL, *STILL, *STILL, 0.0, *STILL, *STILL, 0.0, *STILL, 0.0, *STILL, *STILL, 0.0]
RIGHT_KNEE, RIGHT_ELBOW, LEFT_SHOULDER = 20, 29, 39
"""Columns."""


def rows(n=4, **changes):
    made = [list(ROW) for _ in range(n)]
    for k, row in enumerate(made):
        row[1] = 0.1 * k
    made[-1][0] = 0.0  # as the last one's is
    return made


def read(tmp_path, data):
    path = tmp_path / "bad.txt"
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    (recording,) = reader.read(path)
    return recording


def at(track, name, frame=0):
    return track.positions_m[frame, track.joints.index(name)]


def test_the_humanoid_stands_with_its_left_on_the_left(tmp_path):
    recording = read(tmp_path, {"Loop": "wrap", "Frames": rows()})
    (track,) = recording.people
    assert (recording.fps, track.n_frames) == (20.0, 4)
    np.testing.assert_allclose(at(track, "pelvis", 2), [0.2, 0, 0.9])  # forward is x, up is z
    np.testing.assert_allclose(at(track, "left_hip"), [0, 0.084887, 0.9])
    np.testing.assert_allclose(at(track, "left_toe") - at(track, "left_ankle"), [0.1335, 0, -0.05], atol=1e-12)
    assert abs(at(track, "left_heel")[2]) < 0.05
    assert 1.55 < at(track, "crown")[2] < 1.7


def test_knees_bend_back_and_elbows_forward(tmp_path):
    made = rows()
    for row in made:
        row[RIGHT_KNEE], row[RIGHT_ELBOW] = -1.0, 1.0
    (track,) = read(tmp_path, {"Frames": made}).people
    assert at(track, "right_ankle")[0] < at(track, "right_knee")[0] - 0.3
    assert at(track, "right_wrist")[0] > at(track, "right_elbow")[0] + 0.2


def test_rotations_lead_from_the_rest_pose_to_the_frame(tmp_path):
    rng = np.random.default_rng(0)
    made = rows(6)
    for row in made:
        for start in (4, 8, 12, 16, 21, 25, 30, 35, LEFT_SHOULDER):
            row[start : start + 4] = Rotation.random(random_state=rng).as_quat()[[3, 0, 1, 2]].tolist()
        row[RIGHT_KNEE], row[RIGHT_ELBOW] = -0.7, 0.4
    (track,) = read(tmp_path, {"Frames": made}).people
    shoulder = Rotation.from_quat(np.array(made[0])[[5, 6, 7, 4]]) * Rotation.from_quat(np.array(made[0])[[9, 10, 11, 8]])
    shoulder *= Rotation.from_quat(np.array(made[0])[[40, 41, 42, 39]])
    upper_arm = shoulder.apply([0, -0.274788, 0]) @ np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]]).T
    np.testing.assert_allclose(at(track, "left_elbow") - at(track, "left_shoulder"), upper_arm, atol=1e-9)
    for child, parent in enumerate(parents_of(track.joints)):
        if parent >= 0:
            bone = track.rotations[:, parent] @ (track.rest_m[child] - track.rest_m[parent])
            np.testing.assert_allclose(track.positions_m[:, child] - track.positions_m[:, parent], bone, atol=1e-9)


def test_rows_that_last_differently_are_brought_to_an_even_rate(tmp_path):
    made = rows(5)
    for row, dt, x in zip(made, (0.05, 0.05, 0.1, 0.05, 0.0), (0.0, 1.0, 2.0, 4.0, 5.0), strict=True):
        row[0], row[1] = dt, x
    recording = read(tmp_path, {"Frames": made})
    (track,) = recording.people
    assert recording.fps == 20.0
    np.testing.assert_allclose(track.positions_m[:, 0, 0], [0, 1, 2, 3, 4, 5], atol=1e-9)


BAD = {
    "no frames": ({"Frames": []}, "no list 'Frames'"),
    "another file": ({"frames": 3}, "no list 'Frames'"),
    "no JSON": (b"HIERARCHY", "JSON"),
    "short rows": ({"Frames": [[0.1] * 43]}, "43 entries"),
    "words": ({"Frames": [["x"] * 44]}, "wanted 44 numbers"),
    "rows of rows": ({"Frames": [[[1]] * 44]}, "wanted 44 numbers"),
    "NaN": (json.dumps({"Frames": rows()}).replace("0.9", "NaN").encode(), "NaN"),
    "far too large": ({"Frames": [[0.1, 1e8, *ROW[2:]]]}, "million"),
    "no quaternion": ({"Frames": [[*ROW[:4], 0, 0, 0, 0, *ROW[8:]]]}, "quaternion"),
    "no time": ({"Frames": [[0.0, *ROW[1:]], ROW]}, "last"),
    "deep": (b"[" * 100_000, "nested"),
    "cut off": (json.dumps({"Frames": rows()}).encode()[:300], "JSON"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_files_are_refused_in_one_line(tmp_path, what):
    data, word = BAD[what]
    with pytest.raises(UserError) as caught:
        read(tmp_path, data)
    assert word in str(caught.value) and "bad.txt" in str(caught.value) and "\n" not in str(caught.value)


TEXT = json.dumps({"Loop": "wrap", "Frames": rows(3)}).encode()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_files_are_read_or_refused(tmp_path, data):
    raw = bytearray(TEXT)
    for _ in range(data.draw(st.integers(1, 3))):
        at_byte = data.draw(st.integers(0, max(0, len(raw) - 1)))
        if data.draw(st.booleans()):
            raw[at_byte : at_byte + 1] = data.draw(st.sampled_from((b"9", b"e", b"-", b"]", b"[", b"1e300", b"null", b'"')))
        else:
            del raw[at_byte : at_byte + data.draw(st.integers(1, 40))]
    try:
        (track,) = read(tmp_path, bytes(raw)).people
    except UserError as error:
        assert "\n" not in str(error)
    else:
        assert np.isfinite(track.positions_m).all() and np.isfinite(track.rotations).all()
