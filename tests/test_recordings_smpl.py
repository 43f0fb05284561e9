"""A known motion written as AMASS, BEDLAM, pose estimators, Motion-X, MDM and InterHuman write it comes back in one world."""

import pickle
from collections import defaultdict

import joblib
import numpy as np
import pytest
from made_arrays import SMPL_PELVIS, SMPLX_PELVIS, Y_TO_Z, Motion, fits, left_is_left, six
from scipy.spatial.transform import Rotation
from synapt.generator.base.errors import UserError
from synapt.generator.recordings.numpy_files import read, read_with
from synapt.generator.skeletons import JOINT, SMPLX_JOINTS

CAMERA = np.diag([1.0, -1.0, -1.0])
"""Points with y up to a camera's x right, y down, z ahead."""

HANDS = [*range(25, 55)]


def same(recording, motion, joints=55, person=0, world=None, atol=1e-5):
    """The motion itself, in metres with z up, the left on the left, rotations that make the places."""
    track = recording.people[person]
    indices = [JOINT[name] for name in track.joints]
    assert len(indices) == joints and indices == sorted(indices)
    np.testing.assert_allclose(track.positions_m, (motion.world if world is None else world)[:, indices], atol=atol)
    assert left_is_left(track) and fits(track) < 1e-9
    assert track.rest_m[track.joints.index("head"), 2] > track.rest_m[track.joints.index("left_ankle"), 2] + 1.0


@pytest.mark.parametrize("spelling", ["mocap_framerate", "mocap_frame_rate"])
@pytest.mark.parametrize("gender", ["female", b"female", np.array(["female"]), np.array("female", dtype=object)])
def test_amass_smplh(tmp_path, spelling, gender):
    motion = Motion()
    motion.angles[:, 22:25] = 0.0  # SMPL-H has no jaw and no eyes
    angles, trans = motion.table(Y_TO_Z)
    poses = np.concatenate([angles[:, :22], angles[:, HANDS]], axis=1).reshape(-1, 156)
    np.savez(tmp_path / "a.npz", poses=poses, trans=trans, betas=np.ones(16), gender=gender, dmpls=trans, **{spelling: 59.94})
    (recording,) = read(tmp_path / "a.npz")
    same(recording, motion, 52)
    track = recording.people[0]
    assert recording.fps == 59.94 and track.gender == "female" and track.betas.tolist() == [1.0] * 16
    assert [note.split(":")[0] for note in recording.notes] == ["shape"]


def test_amass_smplx_whole_and_in_parts(tmp_path):
    motion = Motion()
    angles, trans = motion.table(Y_TO_Z, SMPLX_PELVIS)
    rows = angles.reshape(len(trans), -1)
    parts = {
        "root_orient": rows[:, :3], "pose_body": rows[:, 3:66], "pose_jaw": rows[:, 66:69], "pose_eye": rows[:, 69:75],
        "pose_hand": rows[:, 75:],
    }  # fmt: skip
    rest = {"trans": trans, "betas": np.zeros(16), "gender": "neutral", "mocap_frame_rate": 120.0, "surface_model_type": "smplx"}
    np.savez(tmp_path / "whole.npz", poses=rows, **rest)
    np.savez(tmp_path / "parts.npz", **parts, **rest)
    np.savez_compressed(tmp_path / "both.npz", poses=rows, **parts, **rest)
    for name in ("whole", "parts", "both"):
        (recording,) = read(tmp_path / f"{name}.npz")
        same(recording, motion)
        assert recording.people[0].joints == SMPLX_JOINTS and recording.notes == () and recording.fps == 120.0


def test_bedlam_has_y_up_under_amass_names(tmp_path):
    motion = Motion()
    angles, trans = motion.table(pelvis=SMPLX_PELVIS)
    rows = angles.reshape(len(trans), -1)
    np.savez(
        tmp_path / "b.npz", poses=rows, trans=trans, betas=np.zeros(10), gender="male", mocap_frame_rate=30, motion_info="walk"
    )
    (recording,) = read(tmp_path / "b.npz")
    same(recording, motion)
    assert recording.caption == "walk" and "up: y" in recording.notes[0]


@pytest.mark.parametrize("head", [-1.0, 1.0])
def test_who_lies_on_the_floor_of_amass_is_not_taken_to_stand(tmp_path, head):
    """Their heads point along y, or against it, in every frame."""
    motion = Motion(lie=np.pi / 2 * head)
    motion.angles[:, 0] = (Rotation.from_rotvec([np.pi / 2 * head, 0, 0]) * Rotation.from_rotvec([0, 0.3, 0])).as_rotvec()
    motion.pelvis = np.tile([0.5, 0.2, 3.0], (24, 1))
    angles, trans = motion.table(Y_TO_Z)
    np.savez(tmp_path / "a.npz", poses=angles[:, :22].reshape(24, 66), trans=trans, mocap_framerate=30.0)
    (recording,) = read(tmp_path / "a.npz")
    heights = recording.people[0].positions_m[..., 2]
    assert not recording.notes and heights.max() - heights.min() < 0.9
    assert read(tmp_path / "a.npz", up="z")[0].people[0].positions_m.tobytes() == recording.people[0].positions_m.tobytes()


def estimator_forms(angles):
    """The rotations of a body (T, 24, 3) in the forms that estimators write."""
    matrices = Rotation.from_rotvec(angles.reshape(-1, 3)).as_matrix().reshape(*angles.shape[:2], 3, 3)
    count = len(angles)
    yield {"pose": angles.reshape(count, 72)}
    yield {"poses": angles}
    yield {"smpl_thetas": angles.reshape(count, 72)}
    yield {"poses": matrices}
    yield {"pose": matrices.reshape(count, 216)}
    yield {"poses": six(matrices)}
    yield {"poses": matrices[..., :2].reshape(count, 24, 6)}  # SPIN's: by column, number by number
    yield {"global_orient": angles[:, 0], "body_pose": angles[:, 1:].reshape(count, 69)}
    yield {"global_orient": angles[:, :1], "body_pose": angles[:, 1:22]}
    yield {"global_orient": matrices[:, 0], "body_pose": matrices[:, 1:]}
    yield {"global_orient": matrices[:, :1], "body_pose": matrices[:, 1:]}
    yield {"root_orient": angles[:, 0], "pose_body": angles[:, 1:22].reshape(count, 63)}


@pytest.mark.parametrize("form", range(12))
@pytest.mark.parametrize("up", ["z", "y", "-y"])
def test_pose_estimators(tmp_path, form, up):
    motion = Motion(joints=22)
    turn = {"z": Y_TO_Z, "y": np.eye(3), "-y": CAMERA}[up]
    angles, trans = motion.table(turn)
    table = list(estimator_forms(angles[:, :24]))[form]
    places = {"poses": "trans", "pose": "trans", "smpl_thetas": "smpl_trans", "global_orient": "transl", "root_orient": "trans"}
    place = next(places[name] for name in table)
    (tmp_path / "e.pkl").write_bytes(
        pickle.dumps({**table, place: trans[:, None] if form % 2 else trans, "betas": np.zeros((24, 10))})
    )
    (recording,) = read(tmp_path / "e.pkl")
    same(recording, motion, 22)
    assert recording.fps == 30.0 and any(note.startswith(f"up: {up} ") for note in recording.notes)
    assert any(note.startswith("frames/s: 30") for note in recording.notes)


def test_several_people_of_one_file(tmp_path):
    motions = [Motion(seed=k, joints=22) for k in range(2)]
    results = defaultdict(dict)
    for k, motion in enumerate(motions):
        angles, trans = motion.table(CAMERA)
        world, path = motion.table()
        results[k] = {
            "pose": angles[:, :24].reshape(24, 72), "trans": trans,
            "pose_world": world[:, :24].reshape(24, 72), "trans_world": path,
            "betas": np.zeros((24, 10)), "frame_ids": np.arange(24), "verts": np.zeros((24, 10, 3)),
        }  # fmt: skip
    joblib.dump(results, tmp_path / "wham_output.pkl")
    (recording,) = read(tmp_path / "wham_output.pkl")
    assert len(recording.people) == 2
    for k, motion in enumerate(motions):
        same(recording, motion, 22, k)
    results[1]["frame_ids"] = np.arange(24) + 7
    joblib.dump(results, tmp_path / "apart.pkl", compress=3)
    takes = read(tmp_path / "apart.pkl")
    assert [take.name for take in takes] == ["0", "1"] and all("take of their own" in take.notes[-1] for take in takes)
    same(takes[1], motions[1], 22)


def test_the_world_is_taken_before_the_camera(tmp_path):
    motion = Motion(joints=22)

    def params(turn):
        angles, trans = motion.table(turn)
        return {
            "global_orient": angles[:, 0],
            "body_pose": angles[:, 1:22].reshape(24, 63),
            "transl": trans,
            "betas": np.zeros(10),
        }

    data = {"smpl_params_incam": params(CAMERA), "smpl_params_global": params(np.eye(3)), "K_fullimg": np.eye(3)}
    (tmp_path / "g.pkl").write_bytes(pickle.dumps(data))
    (recording,) = read(tmp_path / "g.pkl")
    same(recording, motion, 22)
    assert any(note.startswith("up: y ") for note in recording.notes)


def test_motionx(tmp_path):
    motion = Motion()
    motion.angles[:, 23:25] = 0.0
    angles, trans = motion.table(pelvis=SMPLX_PELVIS)
    rows = np.zeros((24, 322))
    rows[:, :66], rows[:, 66:156] = angles[:, :22].reshape(24, 66), angles[:, 25:].reshape(24, 90)
    rows[:, 156:159], rows[:, 159:309], rows[:, 309:312], rows[:, 312:] = angles[:, 22], 7.0, trans, 0.5
    np.save(tmp_path / "m.npy", rows.astype(np.float32))
    (recording,) = read(tmp_path / "m.npy")
    same(recording, motion, 53, atol=1e-5)
    assert recording.fps == 30.0 and recording.people[0].betas.tolist() == [0.5] * 10


def test_interhuman_pair(tmp_path):
    motions = [Motion(seed=k, joints=22) for k in range(2)]
    data = {"mocap_framerate": 59.94, "frames": 24}
    for k, motion in enumerate(motions):
        angles, trans = motion.table(Y_TO_Z)
        body = angles[:, 1:22].reshape(24, 63)
        data[f"person{k + 1}"] = {
            "root_orient": angles[:, 0],
            "pose_body": body,
            "trans": trans,
            "betas": np.zeros(10),
            "gender": "male",
        }
    (tmp_path / "1.pkl").write_bytes(pickle.dumps(data, protocol=2))
    (recording,) = read(tmp_path / "1.pkl")
    assert recording.fps == 59.94 and len(recording.people) == 2
    for k, motion in enumerate(motions):
        same(recording, motion, 22, k)


def test_interx_reads_the_other_person_beside(tmp_path):
    motions = [Motion(seed=k) for k in range(2)]
    for k, motion in enumerate(motions):
        motion.angles[:, 22:25] = 0.0
        angles, trans = motion.table(pelvis=SMPLX_PELVIS)
        hands = {"pose_lhand": angles[:, 25:40], "pose_rhand": angles[:, 40:]}
        table = {"root_orient": angles[:, 0], "pose_body": angles[:, 1:22], "trans": trans, "betas": np.zeros((1, 10))}
        np.savez(tmp_path / f"P{k + 1}.npz", **table, **hands, gender="female")
    (recording,) = read(tmp_path / "P1.npz")
    assert recording.fps == 120.0 and len(recording.people) == 2
    for k, motion in enumerate(motions):
        same(recording, motion, 52, k)
    assert read_with(tmp_path / "P2.npz") == tmp_path / "P1.npz" and read_with(tmp_path / "P1.npz") is None


def test_parameters_fitted_to_a_sample_of_mdm(tmp_path):
    motion = Motion(joints=22)
    angles, _ = motion.table()
    thetas = np.moveaxis(six(Rotation.from_rotvec(angles[:, :24].reshape(-1, 3)).as_matrix().reshape(24, 24, 3, 3)), 0, -1)
    data = {"thetas": thetas.astype(np.float32), "root_translation": motion.pelvis.T, "text": "a person walks", "length": 24}
    np.save(tmp_path / "sample00_rep00_smpl_params.npy", data)
    (recording,) = read(tmp_path / "sample00_rep00_smpl_params.npy")
    same(recording, motion, 22, atol=1e-5)
    assert recording.fps == 20.0 and recording.caption == "a person walks"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"trans": np.zeros((23, 3))}, "'trans' has the shape (23, 3)"),
        ({"trans": np.full((24, 3), np.nan)}, "nan at [0, 0]"),
        ({"trans": np.full((24, 3), 1e9)}, "1e+09 at"),
        ({"poses": np.zeros((24, 71))}, "shape (24, 71)"),
        ({"poses": np.zeros((0, 156)), "trans": np.zeros((0, 3))}, "0 frames"),
        ({"poses": np.zeros((1, 156)), "trans": np.zeros((1, 3))}, "1 frames"),
        ({"poses": np.zeros((24, 24, 3, 3))}, "no rotations"),
        ({"mocap_framerate": 0.0}, "'mocap_framerate' is 0.0"),
        ({"mocap_framerate": np.nan}, "nan"),
        ({"mocap_framerate": "fast"}, "no numbers"),
        ({"betas": np.full(10, 1e6)}, "1e+06"),
    ],
)
def test_bad_parameters_are_refused_in_one_line(tmp_path, change, said):
    table = {"poses": np.zeros((24, 156)), "trans": np.zeros((24, 3)), "mocap_framerate": 30.0, **change}
    np.savez(tmp_path / "bad.npz", **table)
    with pytest.raises(UserError, match=r"bad\.npz") as caught:
        read(tmp_path / "bad.npz")
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_components_of_a_hand_model_are_left_out_and_said(tmp_path):
    motion = Motion(joints=22)
    angles, trans = motion.table()
    hands = {"left_hand_pose": np.ones((24, 12)), "right_hand_pose": np.ones((24, 12))}
    np.savez(
        tmp_path / "h.npz",
        global_orient=angles[:, 0],
        body_pose=angles[:, 1:22],
        transl=trans - SMPLX_PELVIS + SMPL_PELVIS,
        **hands,
    )
    (recording,) = read(tmp_path / "h.npz")
    same(recording, motion, 22)
    assert any("hands: 'left_hand_pose'" in note for note in recording.notes)
