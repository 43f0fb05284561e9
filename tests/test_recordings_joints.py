"""Joint positions, features of text-to-motion models, pairs, and our own clips: a known motion comes back from each."""

import numpy as np
import pytest
from made_arrays import Y_TO_Z, Motion, features, fits, left_is_left
from scipy.spatial.transform import Rotation
from synapt.generator.base.errors import UserError
from synapt.generator.labels.amass import amass_body
from synapt.generator.recordings.numpy_files import read, read_with
from synapt.generator.recordings.reference import SMPLX_PELVIS_M
from synapt.generator.skeletons import JOINT, SMPLX_JOINTS
from synapt.generator.values import BodySpec, Performer, Skeleton


def same(track, world, atol=1e-5):
    assert track.rotations is None and track.rest_m is None
    assert [JOINT[name] for name in track.joints] == sorted(JOINT[name] for name in track.joints)
    np.testing.assert_allclose(track.positions_m, world, atol=atol)
    assert left_is_left(track)


@pytest.fixture
def motion():
    return Motion(joints=22)


def test_features_of_humanml3d(tmp_path, motion):
    rows, start = features(motion.places[:, :22])
    assert rows.shape == (23, 263)
    np.save(tmp_path / "000001.npy", rows.astype(np.float32))
    (recording,) = read(tmp_path / "000001.npy")
    same(recording.people[0], start[:-1] @ Y_TO_Z.T)
    assert recording.fps == 20.0 and recording.people[0].joints == SMPLX_JOINTS[:22]
    np.save(tmp_path / "batch.npy", np.stack([rows, rows]))
    takes = read(tmp_path / "batch.npy")
    assert [take.name for take in takes] == ["0", "1"]
    same(takes[1].people[0], start[:-1] @ Y_TO_Z.T)


def test_features_without_their_mean_and_deviation_are_refused(tmp_path, motion):
    rows, _ = features(motion.places[:, :22])
    scaled = (rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-3)
    np.save(tmp_path / "scaled.npy", scaled)
    with pytest.raises(UserError, match="mean and deviation put back"):
        read(tmp_path / "scaled.npy")


@pytest.mark.parametrize("count", [22, 24])
@pytest.mark.parametrize(("turn", "up"), [(np.eye(3), "y"), (Y_TO_Z, "z"), (np.diag([1.0, -1.0, -1.0]), "-y")])
@pytest.mark.parametrize(("size", "unit"), [(1.0, None), (100.0, "centimetres"), (1000.0, "millimetres")])
def test_positions_in_any_axes_and_units(tmp_path, motion, count, turn, up, size, unit):
    indices = [*range(22), JOINT["left_middle1"], JOINT["right_middle1"]][:count]
    np.save(tmp_path / "j.npy", motion.places[:, indices] @ turn.T * size)
    (recording,) = read(tmp_path / "j.npy")
    same(recording.people[0], motion.world[:, indices])
    notes = " ".join(recording.notes)
    assert (f"up: {up}" in notes) == (up != "y") and ("units" in notes) == (unit is not None) and (unit or "") in notes


def test_one_sample_with_frames_last(tmp_path, motion):
    np.save(tmp_path / "s.npy", np.moveaxis(motion.places[:, :22], 0, -1))
    same(read(tmp_path / "s.npy")[0].people[0], motion.world[:, :22])


def test_kit_has_its_sides_from_where_the_toes_point(tmp_path, motion):
    """Whichever chain of the file is the left one, the left of the person is."""
    places = motion.places
    left, right = ([JOINT[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist")] for side in ("left", "right"))
    legs = [[JOINT[f"{side}_{part}"] for part in ("hip", "knee", "ankle")] for side in ("left", "right")]
    trunk = places[:, [JOINT[name] for name in ("pelvis", "spine1", "spine3", "neck", "head")]]

    def foot(side):
        return np.stack(
            [(places[:, JOINT[f"{side}_ankle"]] + places[:, JOINT[f"{side}_foot"]]) / 2, places[:, JOINT[f"{side}_foot"]]], 1
        )

    for first, second, arm_a, arm_b, leg_a, leg_b in (
        ("left", "right", left, right, legs[0], legs[1]),
        ("right", "left", right, left, legs[1], legs[0]),
    ):
        kit = np.concatenate(
            [trunk, places[:, arm_a], places[:, arm_b], places[:, leg_a], foot(first), places[:, leg_b], foot(second)], axis=1
        )
        np.save(tmp_path / "k.npy", kit * 1000.0)
        (recording,) = read(tmp_path / "k.npy")
        track = recording.people[0]
        same(track, motion.world[:, [JOINT[name] for name in track.joints]])
        assert recording.fps == 12.5 and len(track.joints) == 19


def test_results_of_mdm(tmp_path):
    motions = [Motion(seed=k, joints=22, frames=24 + k) for k in range(4)]
    data = np.zeros((4, 22, 3, 40), np.float32)
    for k, each in enumerate(motions):
        data[k, :, :, : 24 + k] = np.moveaxis(each.places[:, :22], 0, -1)
    texts = ["a person waves", "a person jumps"] * 2
    lengths = np.array([24, 25, 26, 27])
    np.save(tmp_path / "results.npy", {"motion": data, "text": texts, "lengths": lengths, "num_samples": 2, "num_repetitions": 2})
    takes = read(tmp_path / "results.npy")
    assert [take.name for take in takes] == ["sample00_rep00", "sample01_rep00", "sample00_rep01", "sample01_rep01"]
    assert [take.caption for take in takes] == texts and {take.fps for take in takes} == {20.0}
    for take, each in zip(takes, motions, strict=True):
        same(take.people[0], each.world[:, :22])


@pytest.mark.parametrize("form", ["people first", "frames first", "side by side"])
def test_pairs_of_intergen(tmp_path, form):
    motions = [Motion(seed=k, joints=22) for k in range(2)]
    rows = np.full((2, 24, 262), 0.3)
    for k, each in enumerate(motions):
        rows[k, :, :66] = each.places[:, :22].reshape(24, 66)
    arrays = {"people first": rows, "frames first": np.moveaxis(rows, 0, 1), "side by side": np.concatenate(list(rows), axis=1)}
    np.save(tmp_path / "pair.npy", arrays[form])
    (recording,) = read(tmp_path / "pair.npy")
    assert recording.fps == 30.0 and len(recording.people) == 2
    for track, each in zip(recording.people, motions, strict=True):
        same(track, each.world[:, :22])


def test_processed_pairs_of_interhuman_lie_in_two_folders(tmp_path):
    motions = [Motion(seed=k, joints=22) for k in range(2)]
    for k, each in enumerate(motions):
        rows = np.zeros((24, 492), np.float32)
        rows[:, :66] = each.world[:, :22].reshape(24, 66)
        (tmp_path / f"person{k + 1}").mkdir()
        np.save(tmp_path / f"person{k + 1}" / "7.npy", rows)
    (recording,) = read(tmp_path / "person1" / "7.npy")
    assert len(recording.people) == 2 and recording.fps == 30.0
    for track, each in zip(recording.people, motions, strict=True):
        same(track, each.world[:, :22])
    assert read_with(tmp_path / "person2" / "7.npy") == tmp_path / "person1" / "7.npy"
    (tmp_path / "person1" / "7.npy").unlink()
    (alone,) = read(tmp_path / "person2" / "7.npy")
    assert len(alone.people) == 1 and any("not beside it" in note for note in alone.notes)


def test_joints_of_two_people_in_two_folders(tmp_path):
    motions = [Motion(seed=k, joints=22) for k in range(2)]
    for k, each in enumerate(motions):
        (tmp_path / f"person{k + 1}").mkdir()
        np.save(tmp_path / f"person{k + 1}" / "7.npy", each.places[:, :22])
    (recording,) = read(tmp_path / "person1" / "7.npy")
    for track, each in zip(recording.people, motions, strict=True):
        same(track, each.world[:, :22])
    for other, said in ((motions[1].places[:-1, :22], "23"), (features(motions[1].places[:, :22])[0], "(23, 263)")):
        np.save(tmp_path / "person2" / "7.npy", other)  # another length; features, which have no world in common
        with pytest.raises(UserError) as caught:
            read(tmp_path / "person1" / "7.npy")
        assert said in str(caught.value)


def clip_labels(seed, role="a"):
    """The arrays of one person of a clip of ours, and where the joints are."""
    motion = Motion(seed=seed)
    rest = motion.rest * 1.07 + [0.0, 0.1, 0.0]
    skeleton = Skeleton(rest, {}, np.ones(55))
    angles = motion.angles.copy()
    angles[:, 0] = (Rotation.from_matrix(Y_TO_Z) * Rotation.from_rotvec(angles[:, 0])).as_rotvec()
    rotations = Rotation.from_rotvec(angles.reshape(-1, 3)).as_matrix().reshape(24, 55, 3, 3)
    motion.rest = rest - rest[0]
    performer = Performer(role, skeleton, rotations, motion.pelvis @ Y_TO_Z.T)
    body = amass_body(performer, BodySpec("anny", "p1", "female", 30.0, {}), 24.0)
    return {**body, "joints_world_m": motion.world}, motion.world


def test_our_own_clips_keep_their_joints_phases_and_people(tmp_path):
    (first, world), (second, others) = clip_labels(1), clip_labels(2, "b")
    phases = {"segments_name": np.array(["reach", "shake"]), "segments_s": np.array([[0.1, 0.5], [0.5, 0.9]])}
    people = {"roles": np.array(["a", "b", "bystander-1"]), "acting": np.array([True, True, False])}
    np.savez(tmp_path / "shaking-000001.npz", **first, **phases, **people, caption="two people shake hands", action="shaking")
    np.savez(tmp_path / "shaking-000001.b.npz", **second)
    (recording,) = read(tmp_path / "shaking-000001.npz")
    assert [(s.name, s.start_s, s.end_s) for s in recording.segments] == [("reach", 0.1, 0.5), ("shake", 0.5, 0.9)]
    assert recording.caption == "two people shake hands" and recording.fps == 24.0 and recording.notes == ()
    for track, places in zip(recording.people, (world, others), strict=True):
        np.testing.assert_allclose(track.positions_m, places, atol=1e-9)
        assert fits(track) < 1e-9 and left_is_left(track) and track.joints == SMPLX_JOINTS
    assert read_with(tmp_path / "shaking-000001.b.npz") == tmp_path / "shaking-000001.npz"
    first["joints_world_m"] = world + np.linspace(0, 0.1, 55)[:, None]
    np.savez(tmp_path / "shaking-000001.npz", **first)
    with pytest.raises(UserError, match="not where the poses put them"):
        read(tmp_path / "shaking-000001.npz")
    assert tuple(SMPLX_PELVIS_M) == (0.0031, -0.3514, 0.0120)


@pytest.mark.parametrize(
    ("array", "said"),
    [
        (np.zeros((24, 22, 3)), "limbs whose lengths change"),
        (np.random.default_rng(0).normal(size=(24, 22, 3)), "limbs whose lengths change"),
        (np.full((24, 22, 3), np.inf), "inf at [0, 0, 0]"),
        (np.zeros((0, 22, 3)), "0 frames"),
        (np.zeros((24, 66)), "shape (24, 66)"),
        (np.zeros((24, 22, 3), complex), "no numbers"),
        (np.array(3.0), "shape ()"),
        (np.array("motion"), "shape ()"),
    ],
)
def test_what_is_no_person_is_refused_in_one_line(tmp_path, array, said):
    np.save(tmp_path / "bad.npy", array)
    with pytest.raises(UserError, match=r"bad\.npy") as caught:
        read(tmp_path / "bad.npy")
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_an_absurd_size_is_refused(tmp_path, motion):
    for size in (1e-5, 20.0):
        np.save(tmp_path / "big.npy", motion.places[:, :22] * size)
        with pytest.raises(UserError, match="legs of"):
            read(tmp_path / "big.npy")
