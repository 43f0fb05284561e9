"""BVH files: every convention, order, unit and axis gives the same body; what is none is refused in one line."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_recordings import BODY, CONVENTIONS, JOINTS, TO_WORLD, Moving, bvh, moving
from scipy.spatial.transform import Rotation
from synapt.generator.base.errors import UserError
from synapt.generator.recordings import bvh as reader
from synapt.generator.recordings.standing import parents_of
from synapt.generator.recordings.upright import stands
from synapt.generator.skeletons import LANDMARKS, SMPLX_JOINTS

ALL = {*JOINTS, "crown", "left_toe", "right_toe"}


def read(tmp_path, text, name="a.bvh"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (recording,) = reader.read(path)
    return recording


def refusal(tmp_path, text):
    with pytest.raises(UserError) as caught:
        read(tmp_path, text, "bad.bvh")
    said = str(caught.value)
    assert "bad.bvh" in said and "\n" not in said and len(said) < 900
    return said


def check(track, body, atol=1e-6):
    """Every joint where it is, the rotations as `Track` promises, names in their order."""
    for k, name in enumerate(track.joints):
        np.testing.assert_allclose(track.positions_m[:, k], body.world()[name], atol=atol, err_msg=name)
    check_rotations(track, atol)
    order = [*SMPLX_JOINTS, *LANDMARKS]
    assert list(track.joints) == sorted(track.joints, key=order.index)


def check_rotations(track, atol=1e-6):
    """positions[child] - positions[parent] = rotations[parent] @ (rest[child] - rest[parent]), and the rest pose stands."""
    for child, parent in enumerate(parents_of(track.joints)):
        if parent >= 0:
            bone = track.rotations[:, parent] @ (track.rest_m[child] - track.rest_m[parent])
            np.testing.assert_allclose(track.positions_m[:, child] - track.positions_m[:, parent], bone, atol=atol)
    np.testing.assert_allclose(track.rotations @ np.swapaxes(track.rotations, -1, -2), np.eye(3) + 0 * track.rotations, atol=1e-9)
    assert stands(dict(zip(track.joints, track.rest_m, strict=True)))


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_any_names_give_the_same_body(tmp_path, convention):
    body = moving()
    recording = read(tmp_path, bvh(body, CONVENTIONS[convention]))
    (track,) = recording.people
    assert set(track.joints) == ALL
    check(track, body)
    assert (recording.fps, recording.n_frames, recording.notes) == (30.0, 5, ())


@pytest.mark.parametrize("order", ["".join(order) for order in itertools.permutations("XYZ")])
def test_any_rotation_order_gives_the_same_body(tmp_path, order):
    body = moving(seed=1)
    check(read(tmp_path, bvh(body, order=order)).people[0], body)


@pytest.mark.parametrize(
    ("scale", "unit"), [(100.0, "centimetres"), (1000.0, "millimetres"), (1 / 0.0254, "inches"), (17.7, "CMU"), (0.3, "unknown")]
)
def test_units_are_guessed_and_said(tmp_path, scale, unit):
    body = moving()
    recording = read(tmp_path, bvh(body, scale=scale))
    assert [note for note in recording.notes if note.startswith("units") and unit in note]
    found = recording.people[0]
    if unit in ("CMU", "unknown"):
        ratio = np.linalg.norm(found.positions_m[0, 1] - found.positions_m[0, 4]) / 0.39
        assert 0.8 < ratio < 1.25
    else:
        check(found, body)


def test_z_may_be_up(tmp_path):
    body = moving()
    recording = read(tmp_path, bvh(body, turn=TO_WORLD))
    check(recording.people[0], body)
    assert recording.notes == ("up: z",)


def test_a_body_that_lies_all_the_time_is_known_by_its_rest_pose(tmp_path):
    body = moving(8)
    lying = Rotation.from_euler("x", -89, degrees=True).as_matrix()
    body.turns["pelvis"] = np.tile(lying, (8, 1, 1))
    body = replace(body, root=body.root * [1, 0.1, 1])
    check(read(tmp_path, bvh(body)).people[0], body)


def test_who_knows_which_way_is_up_is_believed(tmp_path):
    body = moving()
    path = tmp_path / "a.bvh"
    path.write_text(bvh(body, turn=TO_WORLD))
    check(reader.read(path, up="z")[0].people[0], body)
    (recording,) = reader.read(path, up="y")
    assert "up: z" not in recording.notes
    lying = recording.people[0].positions_m
    np.testing.assert_allclose(lying[:, 0], body.world()["pelvis"] @ TO_WORLD.T, atol=1e-6)
    with pytest.raises(UserError, match="y or z"):
        reader.read(path, up="-y")


def along_x(body, called):
    """The same movement, from a rest pose in which all bones lie along x, turned anyhow (as Bandai-Namco's are)."""
    rng = np.random.default_rng(3)
    own = {name: Rotation.random(random_state=rng).as_matrix() for name in JOINTS}  # world axes of each joint at our rest
    turns, offsets = {}, {}
    for name, (parent, at) in BODY.items():
        above = own[parent] if parent else np.eye(3)
        offsets[name] = above.T @ at
        if name in own:
            turns[name] = above.T @ body.turns[name] @ own[name]
    return bvh(Moving(body.root, turns, offsets), called)


def test_a_rest_pose_that_does_not_stand_is_made_from_the_motion(tmp_path):
    body = moving(12, seed=2)
    recording = read(tmp_path, along_x(body, CONVENTIONS["bandai"]))
    (track,) = recording.people
    check(track, body)
    assert any(note.startswith("rest pose") for note in recording.notes)
    rest = dict(zip(track.joints, track.rest_m - track.rest_m[0], strict=True))
    assert rest["left_wrist"][2] < rest["left_elbow"][2] < rest["left_shoulder"][2]
    for side in ("left", "right"):  # straight limbs
        hip, knee, ankle = (rest[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle"))
        np.testing.assert_allclose(np.cross(knee - hip, ankle - knee), 0.0, atol=1e-9)


def test_joints_without_a_word_are_known_by_the_tree(tmp_path):
    body = moving()
    called = {joint: f"bone {k}" for k, joint in enumerate(JOINTS)}
    (track,) = read(tmp_path, bvh(body, called)).people
    assert set(track.joints) == ALL
    check(track, body)


def test_a_tree_that_could_be_anything_is_refused(tmp_path):
    called = {joint: f"bone {k}" for k, joint in enumerate(JOINTS)}
    body = moving()
    body.offsets["left_hip"] = body.offsets["left_hip"] * 1.0
    body.offsets["left_knee"] = body.offsets["left_knee"] * 2.0  # legs unlike
    said = refusal(tmp_path, bvh(body, called))
    assert "bone 0" in said and "upper leg" in said and "rename" in said


def test_joints_without_a_word_whose_rest_pose_tells_no_side_are_refused(tmp_path):
    assert "rename" in refusal(tmp_path, along_x(moving(), {joint: f"bone {k}" for k, joint in enumerate(JOINTS)}))


def test_positions_of_every_joint_take_the_place_of_offsets(tmp_path):
    body = moving()
    check(read(tmp_path, bvh(body, places=JOINTS)).people[0], body)


def test_positions_that_are_zero_are_added_to_offsets(tmp_path):
    body = moving()
    text = bvh(body, places=("pelvis", "left_knee", "spine2"))
    head, _, rows = text.partition("Frame Time: 0.0333333\n")
    columns = [c.split() for c in rows.splitlines()]
    order = head.split("MOTION")[0].split("\n")
    names, start = {}, 0
    for line in order:
        if line.strip().startswith(("ROOT", "JOINT")):
            name = line.split()[1]
        if line.strip().startswith("CHANNELS"):
            names[name] = start
            start += int(line.split()[1])
    for row in columns:
        for name in ("left_knee", "spine2"):
            row[names[name] : names[name] + 3] = ["0.0"] * 3
    rows = "\n".join(" ".join(row) for row in columns)
    check(read(tmp_path, f"{head}Frame Time: 0.0333333\n{rows}\n").people[0], body)


FORMS = {
    "windows": lambda text: text.replace("\n", "\r\n"),
    "spaces for tabs": lambda text: text.replace("\t", "    "),
    "tabs between numbers": lambda text: text.replace(" ", "\t").replace("End\tSite", "End Site"),
    "brackets on the line": lambda text: text.replace("\n{", " {").replace("\n\t{", " {"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "small letters": lambda text: text.replace("Xposition", "XPOSITION").replace("ROOT", "root").replace("JOINT", "joint"),
    "one long line": lambda text: (
        text.partition("0.0333333\n")[0] + "0.0333333\n" + text.partition("0.0333333\n")[2].replace("\n", " ")
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_text_may_be_written_in_any_way(tmp_path, form):
    body = moving()
    check(read(tmp_path, FORMS[form](bvh(body))).people[0], body)


@pytest.mark.parametrize("time", ["", "Frame Time: 0", "Frame Time: 0.0", "Frame Time:", "Frame Time: quick"])
def test_a_missing_frame_time_is_taken_for_thirty_and_said(tmp_path, time):
    recording = read(tmp_path, bvh(moving(), time=time))
    assert recording.fps == 30.0 and recording.notes[0].startswith("frame rate")


@pytest.mark.parametrize(("time", "fps"), [("0.00833333", 120.0), ("0.008333", 120.0), ("0.041667", 24.0), ("0.05", 20.0)])
def test_rates_are_those_that_are_meant(tmp_path, time, fps):
    assert read(tmp_path, bvh(moving(), time=f"Frame Time: {time}")).fps == fps


def test_zero_length_offsets_and_no_end_sites(tmp_path):
    body = moving()
    for name in ("crown", "left_toe", "right_toe", "spine1", "left_collar", "right_collar"):
        body.offsets[name] = np.zeros(3)
    (track,) = read(tmp_path, bvh(body)).people
    assert set(track.joints) == set(JOINTS)
    for k, name in enumerate(track.joints):
        np.testing.assert_allclose(track.positions_m[:, k], body.world()[name], atol=1e-6)


def test_left_is_the_bodys_left(tmp_path):
    """Facing -y, as a body that faced z with y up does in the world, left is +x, toes are ahead and knees bend forwards."""
    body = Moving(
        np.tile([0, 0.95, 0], (3, 1)), {"left_knee": Rotation.from_euler("x", [[20], [40], [60]], degrees=True).as_matrix()}
    )
    (track,) = read(tmp_path, bvh(body)).people
    at = dict(zip(track.joints, track.positions_m.transpose(1, 0, 2), strict=True))
    assert (at["left_hip"][:, 0] > at["right_hip"][:, 0]).all()
    assert (at["left_toe"][0, 1] < at["left_ankle"][0, 1]) and (at["left_ankle"][2, 1] > at["left_ankle"][0, 1] + 0.1)
    assert at["head"][0, 2] > 1.4 and abs(at["left_toe"][0, 2]) < 0.05


BAD = {
    "frames that aren't there": (lambda t: t.replace("Frames: 5", "Frames: 6"), "declares 6 frames"),
    "fewer than there are": (lambda t: t.replace("Frames: 5", "Frames: 4"), "declares 4 frames"),
    "no frames": (lambda t: t.replace("Frames: 5", "Frames: 0"), "0 frames"),
    "a billion frames": (lambda t: t.replace("Frames: 5", "Frames: 1000000000"), "1,000,000,000 frames"),
    "negative frames": (lambda t: t.replace("Frames: 5", "Frames: -5"), "Frames: N"),
    "NaN": (lambda t: t.rstrip().rpartition(" ")[0] + " nan\n", "not finite"),
    "infinite": (lambda t: t.rstrip().rpartition(" ")[0] + " inf\n", "not finite"),
    "a word among numbers": (lambda t: t.partition("0.0333333\n")[0] + "0.0333333\n 1 2 three\n", "it has 2"),
    "cut off": (lambda t: t[: len(t) * 2 // 3], "give the whole file"),
    "cut off in the tree": (lambda t: t[:400], "MOTION"),
    "a bracket less": (lambda t: t.replace("}", "", 1), "HIERARCHY"),
    "a bracket more": (lambda t: t.replace("MOTION", "}\nMOTION"), "HIERARCHY"),
    "no tree": (lambda t: "HIERARCHY\n" + t[t.index("MOTION") :], "empty"),
    "deep": (lambda t: "HIERARCHY\nROOT a\n{\n" + "JOINT b\n{\n" * 5000 + "MOTION\n", "deep"),
    "offset of words": (lambda t: t.replace("OFFSET", "OFFSET x", 1), "three numbers"),
    "offset of NaN": (lambda t: t.replace("OFFSET 0.000000000", "OFFSET nan", 1), "finite"),
    "channels that lie": (lambda t: t.replace("CHANNELS 3", "CHANNELS 4", 1), "CHANNELS"),
    "a channel twice": (lambda t: t.replace("Xrotation", "Zrotation", 1), "CHANNELS"),
    "another word": (lambda t: t.replace("CHANNELS", "KANAELE", 1), "KANAELE"),
    "another file": (lambda t: "\x00\x01 nothing of the kind", "MOTION"),
    "empty": (lambda t: "", "MOTION"),
    "two roots": (lambda t: t.replace("MOTION", "ROOT b\n{\nOFFSET 0 0 0\n}\nMOTION"), ""),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_files_are_refused_in_one_line(tmp_path, what):
    change, word = BAD[what]
    text = change(bvh(moving()))
    if word:
        assert word in refusal(tmp_path, text)
    else:
        check(read(tmp_path, text).people[0], moving())  # what hangs on another root is left out


@pytest.mark.parametrize("scale", [1e-4, 1e6])
def test_absurd_scales_are_refused(tmp_path, scale):
    assert "units high" in refusal(tmp_path, bvh(moving(), scale=scale))


def test_a_person_kilometres_away_is_refused(tmp_path):
    body = moving()
    assert "from the origin" in refusal(tmp_path, bvh(replace(body, root=body.root + 1e5)))


def test_something_else_with_bones_is_refused(tmp_path):
    said = refusal(tmp_path, "HIERARCHY\nROOT tail\n{\nOFFSET 0 0 0\nCHANNELS 3 Zrotation Xrotation Yrotation\n"
                   "End Site\n{\nOFFSET 0 1 0\n}\n}\nMOTION\nFrames: 1\nFrame Time: 0.03\n0 0 0\n")  # fmt: skip
    assert "tail" in said and "wanted hips" in said


TEXT = bvh(moving(3)).encode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_files_are_read_or_refused(tmp_path, data):
    raw = bytearray(TEXT)
    for _ in range(data.draw(st.integers(1, 4))):
        kind = data.draw(st.sampled_from(("byte", "cut", "piece", "twice")))
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        if kind == "byte" and raw:
            raw[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del raw[at : at + data.draw(st.integers(1, 60))]
        elif kind == "piece":
            raw[at:at] = data.draw(
                st.sampled_from((b"nan", b"1e999", b"-", b"{", b"}", b"\nJOINT x\n{\n", b"99999999999", b"\0", b"MOTION\n"))
            )
        else:
            raw[at:at] = raw[at : at + data.draw(st.integers(1, 300))]
    try:
        recording = read(tmp_path, bytes(raw))
    except UserError as error:
        assert "\n" not in str(error)
    else:
        (track,) = recording.people
        assert np.isfinite(track.positions_m).all() and np.isfinite(track.rotations).all() and track.n_frames >= 1
        assert 0 < recording.fps <= 2000 and np.abs(track.positions_m).max() <= 1e4


def test_a_statue_is_said_to_be_one(tmp_path):
    still = Moving(np.tile([0.0, 0.95, 0.0], (4, 1)), {})
    assert read(tmp_path, bvh(still)).notes == ("it never moves: a pose, not a movement",)


def test_a_joint_that_says_its_channels_twice_is_refused(tmp_path):
    line = next(part for part in TEXT.splitlines(keepends=True) if b"CHANNELS" in part)
    assert "each once" in refusal(tmp_path, TEXT.replace(line, line * 2, 1).decode())
