"""A clip's motion out again: what other tools read in the files is what happened in the clip."""

import itertools
import json
import struct
from dataclasses import replace

import numpy as np
import pytest
import trimesh
from click.testing import CliRunner
from made_dataset import write_dataset
from made_performer import made_performance
from scipy.spatial.transform import Rotation
from synapt.generator.base.errors import UserError
from synapt.generator.dataset.labels_file import load_arrays
from synapt.generator.export import FORMATS, bvh, find_writer, humanml3d
from synapt.generator.export.glb import glb
from synapt.generator.motion.kinematics import UPRIGHT, forward, skin_transforms
from synapt.generator.recordings import bvh as bvh_reader
from synapt.generator.recordings import gltf as gltf_reader
from synapt.generator.render.mesh import posed
from synapt.generator.skeletons import JOINT, SMPLX_JOINTS
from synapt.generator.values import Landmark, Material, Mesh, Scene, Weights
from synapt.generator.verbs.export import export


def moving(n=12, fps=30.0, seed=0):
    """A performance of one whose every joint turns, with landmarks at the ends that BVH has."""
    rng = np.random.default_rng(seed)
    performance = made_performance("walk", frames=n, fps=fps)
    (performer,) = performance.performers
    turns = Rotation.from_euler("yxz", rng.normal(0, 0.3, (n, 55, 3)).reshape(-1, 3)).as_matrix().reshape(n, 55, 3, 3)
    turns[:, 0] = performer.rotations[:, 0] @ turns[:, 0]
    marks = {f"{side}_toe": Landmark(JOINT[f"{side}_foot"], np.array([0.0, -0.01, 0.08])) for side in ("left", "right")}
    skeleton = replace(performer.skeleton, landmarks=marks)
    return replace(performance, performers=(replace(performer, skeleton=skeleton, rotations=turns),))


def where(performer):
    return forward(performer.skeleton, performer.rotations, performer.pelvis_m)


# ---------------------------------------------------------------- BVH


@pytest.mark.parametrize("fps", [15.0, 20.0, 24.0, 30.0, 60.0, 29.97])
def test_bvh_read_again_is_the_same_motion(tmp_path, fps):
    performance = moving(fps=fps)
    (performer,) = performance.performers
    path = tmp_path / "a.bvh"
    path.write_text(bvh.bvh(performer, fps))
    (recording,) = bvh_reader.read(path)
    (track,) = recording.people
    turns, places = where(performer)
    assert track.joints[:55] == SMPLX_JOINTS and recording.fps == pytest.approx(fps, rel=1e-5)
    np.testing.assert_allclose(track.positions_m[:, :55], places, atol=1e-6)
    np.testing.assert_allclose(track.rotations[:, :55], turns @ UPRIGHT.T, atol=1e-6)
    toe = track.positions_m[:, track.joints.index("left_toe")]
    np.testing.assert_allclose(toe, places[:, JOINT["left_foot"]] + turns[:, JOINT["left_foot"]] @ [0.0, -0.01, 0.08], atol=1e-6)


def test_bvh_angles_never_jump_a_turn():
    performance = made_performance(frames=60)
    (performer,) = performance.performers
    spin = Rotation.from_euler("z", np.linspace(0, 4 * np.pi, 60)[:, None]).as_matrix()
    rotations = performer.rotations.copy()
    rotations[:, 0] = spin @ UPRIGHT
    rows = bvh.bvh(replace(performer, rotations=rotations), 15.0).partition("Frame Time")[2].splitlines()[1:]
    numbers = np.array([row.split() for row in rows], float)
    assert np.abs(np.diff(numbers, axis=0)[:, 3:]).max() < 90.0
    assert np.abs(numbers[-1, 3:6] - numbers[0, 3:6]).max() == pytest.approx(720.0)


# ---------------------------------------------------------------- HumanML3D


def recovered(vectors):
    """Positions that features mean, by the data set's own rule: turns and steps added up."""
    angle = np.concatenate([[0.0], np.cumsum(vectors[:-1, 0])])
    back = Rotation.from_euler("y", -2.0 * angle[:, None])
    steps = np.zeros((len(vectors), 3))
    steps[1:, [0, 2]] = vectors[:-1, 1:3]
    root = np.cumsum(back.apply(steps), axis=0)
    root[:, 1] = vectors[:, 3]
    places = [root]
    for joint in range(21):
        places.append(back.apply(vectors[:, 4 + 3 * joint : 7 + 3 * joint]) + root * [1.0, 0.0, 1.0])
    return np.stack(places, axis=1)


@pytest.mark.parametrize("seed", range(3))
def test_features_mean_the_positions_that_they_are_of(seed):
    performance = moving(40, seed=seed)
    (performer,) = performance.performers
    spin = Rotation.from_euler("z", np.linspace(0, 7, 40)[:, None]).as_matrix()  # through facing away
    rotations = performer.rotations.copy()
    rotations[:, 0] = spin @ rotations[:, 0]
    positions = humanml3d.standard(humanml3d.positions_of(replace(performer, rotations=rotations), 30.0))
    vectors = humanml3d.features(positions)
    assert positions.shape == (27, 22, 3) and vectors.shape == (26, 263)
    np.testing.assert_allclose(recovered(vectors), positions[:-1], atol=1e-9)


def test_the_six_numbers_of_each_bone_lead_to_the_positions():
    positions = humanml3d.standard(humanml3d.positions_of(moving(20).performers[0], 20.0))
    vectors = humanml3d.features(positions)
    six = vectors[:, 67:193].reshape(-1, 21, 2, 3)
    turn = np.concatenate([[0.0], np.cumsum(vectors[:-1, 0])])
    root = Rotation.from_euler("y", 2.0 * turn[:, None]).as_matrix()
    for chain in humanml3d.CHAINS:
        axes = root
        for above, joint in itertools.pairwise(chain):
            x, y = six[:, joint - 1, 0], six[:, joint - 1, 1]
            axes = axes @ np.stack([x, y, np.cross(x, y)], axis=-1)
            bone = positions[:-1, joint] - positions[:-1, above]
            length = np.linalg.norm(bone, axis=1, keepdims=True)
            np.testing.assert_allclose(axes @ humanml3d.BONES[joint] * length, bone, atol=1e-9)


def test_features_are_laid_out_as_the_data_set_has_them():
    """A walk straight ahead at 1.9 m/s, whatever its heading: steps along z, level, no turn; one foot never stands."""
    performer = made_performance("walk", frames=31, fps=30.0, heading=1.1).performers[0]
    positions = humanml3d.standard(humanml3d.positions_of(performer, 30.0))
    vectors = humanml3d.features(positions)
    assert positions.shape == (21, 22, 3)
    np.testing.assert_allclose(positions[0, 0, [0, 2]], 0.0, atol=1e-12)
    assert positions[..., 1].min() == 0.0 and positions[0, 1, 0] > positions[0, 2, 0]  # left at +x of who faces +z
    np.testing.assert_allclose(vectors[:, 0], 0.0, atol=1e-9)
    np.testing.assert_allclose(vectors[:, 1:3], [[0.0, 1.9 / 20]] * 20, atol=1e-9)
    np.testing.assert_allclose(vectors[:, 3], positions[:-1, 0, 1])
    np.testing.assert_allclose(vectors[:, 193:196], [[0.0, 0.0, 1.9 / 20]] * 20, atol=1e-9)
    assert not vectors[:, 259:].any()
    still = humanml3d.features(humanml3d.standard(humanml3d.positions_of(made_performance(frames=31).performers[0], 30.0)))
    assert still[:, 259:].all()


def test_a_turn_is_half_its_angle():
    performer = made_performance(frames=81, fps=20.0).performers[0]
    rotations = performer.rotations.copy()
    rotations[:, 0] = Rotation.from_euler("z", 0.02 * np.arange(81)[:, None]).as_matrix() @ UPRIGHT
    vectors = humanml3d.features(humanml3d.standard(humanml3d.positions_of(replace(performer, rotations=rotations), 20.0)))
    np.testing.assert_allclose(np.abs(vectors[30:50, 0]), 0.01, atol=2e-3)  # its direction is smoothed over a second


# ---------------------------------------------------------------- GLB


def cloud(bones, most, seed=0, n=400):
    """A mesh of loose triangles near a body, each vertex moved by up to `most` of the bones."""
    rng = np.random.default_rng(seed)
    vertices = rng.normal([0.0, 1.0, 0.0], 0.2, (n, 3)).astype(np.float32)
    counts = rng.integers(1, most + 1, n)
    joint = np.concatenate([rng.choice(bones, count, replace=False) for count in counts]).astype(np.int16)
    weight = rng.uniform(0.1, 1.0, len(joint)).astype(np.float32)
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    weight /= np.repeat(np.add.reduceat(weight, indptr[:-1]), counts)
    faces = rng.permutation(n)[: n // 3 * 3].reshape(-1, 3).astype(np.int32)
    uv = rng.integers(0, 3, (len(faces), 3, 2)).astype(np.float32) / 2
    ids = rng.integers(0, 2, len(faces)).astype(np.int16)
    albedo = rng.integers(0, 255, (8, 8, 3), dtype=np.uint8)
    materials = (Material("skin", albedo), Material("cloth", albedo, 0.6, 0.1))
    return Mesh("person", "person", vertices, faces, uv, ids, ids, ids, materials, Weights(indptr, joint, weight),
                np.zeros((1, 1, 3, 4), np.float32))  # fmt: skip


def scene_of(performance, meshes, props=()):
    people = [
        replace(mesh, transforms=skin_transforms(one, performance.fps))
        for mesh, one in zip(meshes, performance.performers, strict=True)
    ]
    return Scene((*people, *props), None, None, performance)


class Opened:
    """A GLB as the specification reads it."""

    def __init__(self, raw):
        size = struct.unpack_from("<I", raw, 12)[0]
        self.data, self.blob = json.loads(raw[20 : 20 + size]), raw[28 + size :]
        assert struct.unpack_from("<I", raw, 8)[0] == len(raw)

    def numbers(self, index):
        accessor = self.data["accessors"][index]
        view = self.data["bufferViews"][accessor["bufferView"]]
        kind = {5126: "<f4", 5123: "<u2", 5125: "<u4"}[accessor["componentType"]]
        width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}[accessor["type"]]
        found = np.frombuffer(self.blob, kind, accessor["count"] * width, view["byteOffset"]).reshape(-1, width)
        if "min" in accessor:
            assert np.allclose(found.min(axis=0), accessor["min"]) and np.allclose(found.max(axis=0), accessor["max"])
        return found

    def worlds(self, t):
        """Every node's matrix at key t."""
        nodes = [dict(node) for node in self.data["nodes"]]
        for animation in self.data.get("animations", []):
            for channel in animation["channels"]:
                sampler = animation["samplers"][channel["sampler"]]
                nodes[channel["target"]["node"]][channel["target"]["path"]] = self.numbers(sampler["output"])[t]
        local, found = [], {}
        for node in nodes:
            whole = np.eye(4)
            whole[:3, :3] = Rotation.from_quat(node.get("rotation", [0, 0, 0, 1])).as_matrix() * np.asarray(
                node.get("scale", [1, 1, 1])
            )
            whole[:3, 3] = node.get("translation", [0, 0, 0])
            local.append(whole)

        def walk(number, above):
            found[number] = above @ local[number]
            for child in nodes[number].get("children", []):
                walk(child, found[number])

        for root in self.data["scenes"][0]["nodes"]:
            walk(root, np.eye(4))
        assert len(found) == len(nodes)  # all are in the scene, none twice
        return found

    def triangles(self, node, t):
        """World corners (F, 3, 3), z up, of a node's mesh at key t."""
        worlds, out = self.worlds(t), []
        node = self.data["nodes"][node] | {"number": node}
        for primitive in self.data["meshes"][node["mesh"]]["primitives"]:
            at = self.numbers(primitive["attributes"]["POSITION"])
            at = np.concatenate([at, np.ones((len(at), 1))], axis=1)
            if "skin" in node:
                skin = self.data["skins"][node["skin"]]
                bind = self.numbers(skin["inverseBindMatrices"]).reshape(-1, 4, 4).transpose(0, 2, 1)
                moves = np.stack([worlds[joint] @ inverse for joint, inverse in zip(skin["joints"], bind, strict=True)])
                joints, shares = (self.numbers(primitive["attributes"][name]) for name in ("JOINTS_0", "WEIGHTS_0"))
                np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-6)
                world = np.einsum("vk,vkij,vj->vi", shares, moves[joints], at)
            else:
                world = at @ worlds[node["number"]].T
            out.append(world[self.numbers(primitive["indices"]).ravel()][:, :3] @ UPRIGHT.T)
        return np.concatenate(out).reshape(-1, 3, 3)


def in_order(mesh, vertices):
    """Corners (F, 3, 3) of a mesh whose vertices are there, material by material."""
    return np.concatenate([vertices[mesh.faces[mesh.material_of_face == k]] for k in range(len(mesh.materials))])


def node_of(opened, name):
    return next(k for k, node in enumerate(opened.data["nodes"]) if node["name"] == name and "mesh" in node)


@pytest.mark.parametrize("bones", [range(55), range(62)])
def test_glb_skins_move_as_the_clips_surface_does(bones):
    performance = moving()
    mesh = cloud(np.array(bones), 4)
    scene = scene_of(performance, [mesh])
    data, notes = glb(scene, "clip")
    opened, true = Opened(data), posed(scene.people[0])
    tolerance = 1e-4 if len(bones) == 55 else 0.02  # a skirt's and a lock's bones are nearly so
    for t in (0, 5, 11):
        np.testing.assert_allclose(opened.triangles(node_of(opened, "a skin"), t), in_order(mesh, true[t]), atol=tolerance)
    if len(bones) == 55:
        assert notes == ("a: 4 joints a vertex, within 0.0 mm of the clip's own surface",)


def test_glb_says_how_far_four_joints_are_off():
    scene = scene_of(moving(), [cloud(np.arange(55), 9)])
    data, (note,) = glb(scene, "clip")
    opened, true = Opened(data), posed(scene.people[0])
    off = [
        np.linalg.norm(opened.triangles(node_of(opened, "a skin"), t) - in_order(scene.people[0], true[t]), axis=-1).max()
        for t in (0, 2, 5, 8, 11)
    ]
    assert float(note.split("within ")[1].split()[0]) == pytest.approx(1000 * max(off), rel=0.1)


def test_glb_textures_lie_where_they_lay():
    scene = scene_of(moving(), [cloud(np.arange(55), 4)])
    opened = Opened(glb(scene, "clip")[0])
    for k, primitive in enumerate(opened.data["meshes"][0]["primitives"]):
        uv = opened.numbers(primitive["attributes"]["TEXCOORD_0"])[opened.numbers(primitive["indices"]).ravel()]
        own = scene.people[0].uv[scene.people[0].material_of_face == k].reshape(-1, 2)
        np.testing.assert_allclose(uv, np.stack([own[:, 0], 1.0 - own[:, 1]], axis=1), atol=1e-6)
        material = opened.data["materials"][primitive["material"]]
        assert material["name"] == ("skin", "cloth")[k] and material["doubleSided"]


def box(name, transforms, weights=None):
    faces = np.array([[0, 1, 2], [0, 2, 3], [0, 3, 1], [1, 3, 2]], np.int32)
    corners = np.array([[0, 0, 0], [0.3, 0, 0], [0, 0.3, 0], [0, 0, 0.3]], np.float32)
    ids = np.zeros(4, np.int16)
    grey = Material(name, np.full((4, 4, 3), 99, np.uint8))
    uv, moves = np.zeros((4, 3, 2), np.float32), transforms.astype(np.float32)
    return Mesh(name, "prop", corners, faces, uv, ids, ids, ids, (grey,), weights, moves, smooth=False)


def test_glb_has_people_things_that_move_and_things_that_bend():
    rng = np.random.default_rng(4)
    one, other = moving(seed=1), moving(seed=2)
    performance = replace(one, performers=(one.performers[0], replace(other.performers[0], role="b")))
    turns = Rotation.random(24, random_state=rng).as_matrix().reshape(12, 2, 3, 3)
    paths = np.concatenate([turns, rng.normal(0, 1, (12, 2, 3, 1))], axis=-1)
    bent = Weights(
        np.array([0, 1, 3, 4, 5], np.int32), np.array([0, 0, 1, 1, 0], np.int16), np.array([1, 0.5, 0.5, 1, 1], np.float32)
    )
    things = (box("ball", paths[:, :1]), box("rope", paths, bent), box("table", paths[:1, :1]))
    place = replace(box("room", paths[:1, :1]), kind="backdrop")
    scene = scene_of(performance, [cloud(np.arange(55), 4, seed) for seed in (1, 2)], (*things, place))
    opened = Opened(glb(scene, "clip")[0])
    assert "room" not in json.dumps(opened.data)
    for name, mesh in (
        ("a skin", scene.people[0]),
        ("b skin", scene.people[1]),
        ("ball", things[0]),
        ("rope skin", things[1]),
        ("table", things[2]),
    ):
        true = posed(mesh)
        for t in (0, 7):
            found = opened.triangles(node_of(opened, name), t)
            np.testing.assert_allclose(found, in_order(mesh, true[min(t, len(true) - 1)]), atol=1e-4)


def test_glb_is_read_again_by_us_and_opened_by_trimesh(tmp_path):
    one, other = moving(seed=1), moving(seed=2)
    performance = replace(one, performers=(one.performers[0], replace(other.performers[0], role="b")))
    scene = scene_of(performance, [cloud(np.arange(55), 4, seed) for seed in (1, 2)])
    path = tmp_path / "clip.glb"
    path.write_bytes(glb(scene, "clip")[0])
    (recording,) = gltf_reader.read(path)
    assert (recording.name, recording.fps, recording.notes, len(recording.people)) == ("clip", 30.0, (), 2)
    for track, performer in zip(recording.people, performance.performers, strict=True):
        assert track.joints == SMPLX_JOINTS
        turns, places = where(performer)
        np.testing.assert_allclose(track.positions_m, places, atol=1e-5)
        np.testing.assert_allclose(track.rotations, turns @ UPRIGHT.T, atol=1e-5)
    opened = trimesh.load(path)
    assert sum(len(mesh.faces) for mesh in opened.geometry.values()) == sum(len(mesh.faces) for mesh in scene.people)


# ---------------------------------------------------------------- files and the command


@pytest.fixture
def clips(tmp_path, monkeypatch):
    """A dataset of three clips, each of which "is" a performance of one made-up person."""
    write_dataset(tmp_path / "data")
    monkeypatch.setattr(
        "synapt.generator.pipeline.make_scene", lambda spec: scene_of(moving(seed=spec.index), [cloud(np.arange(55), 4)])
    )
    monkeypatch.setattr("synapt.generator.setup.prepare.prepare", lambda body: None)
    return tmp_path / "data"


def run(*words):
    return CliRunner().invoke(export, [str(word) for word in words], catch_exceptions=False)


EXPECTED = {
    "amass": ["calm/calm-00000{}.npz"],
    "bvh": ["calm/calm-00000{}.bvh"],
    "glb": ["calm/calm-00000{}.glb"],
    "humanml3d": ["new_joints/calm-00000{}.npy", "new_joint_vecs/calm-00000{}.npy"],
}


@pytest.mark.parametrize("to", FORMATS)
def test_a_dataset_goes_out_in_every_format(clips, tmp_path, to):
    out = tmp_path / "out"
    done = run(clips, "--to", to, "--out", out, "--n", 2)
    assert done.exit_code == 0 and "2 of 2 clips" in done.output
    found = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    assert found == sorted(name.format(k) for name in EXPECTED[to] for k in range(2))


def test_amass_files_hold_the_pose_in_their_own_terms(clips, tmp_path):
    assert run(clips, "--to", "amass", "--out", tmp_path / "out").exit_code == 0
    arrays = load_arrays(tmp_path / "out" / "calm" / "calm-000001.npz")
    (performer,) = moving(seed=1).performers
    assert (
        arrays["mocap_frame_rate"] == 30.0 and str(arrays["surface_model_type"]) == "smplx" and str(arrays["gender"]) == "neutral"
    )
    turns = Rotation.from_rotvec(arrays["poses"].reshape(-1, 3)).as_matrix().reshape(-1, 55, 3, 3)
    np.testing.assert_allclose(turns, performer.rotations, atol=1e-9)
    np.testing.assert_allclose(arrays["trans"] + arrays["rest_pelvis_m"], performer.pelvis_m, atol=1e-12)
    pieces = [arrays[name] for name in ("root_orient", "pose_body", "pose_jaw", "pose_eye", "pose_hand")]
    np.testing.assert_array_equal(np.concatenate(pieces, axis=1), arrays["poses"])


def test_one_clip_goes_out_by_its_video(clips, tmp_path):
    video = clips / "clips" / "calm" / "calm-000002.mp4"
    assert run(video, "--to", "bvh", "--out", tmp_path / "out").exit_code == 0
    assert [path.name for path in (tmp_path / "out").rglob("*.bvh")] == ["calm-000002.bvh"]


def test_files_are_the_same_every_time(clips, tmp_path):
    for to in FORMATS:
        for _ in range(2):
            run(clips, "--to", to, "--out", tmp_path / "out", "--n", 1)
            run(clips, "--to", to, "--out", tmp_path / "again", "--n", 1)
    first, second = (sorted(path for path in (tmp_path / name).rglob("*") if path.is_file()) for name in ("out", "again"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second] and len(first) == 5


def test_a_clip_that_cannot_be_made_does_not_stop_the_others(clips, tmp_path, monkeypatch):
    def scene(spec):
        if spec.index == 1:
            raise UserError("no body")
        return scene_of(moving(), [cloud(np.arange(55), 4)])

    monkeypatch.setattr("synapt.generator.pipeline.make_scene", scene)
    done = run(clips, "--to", "bvh", "--out", tmp_path / "out")
    assert done.exit_code == 1 and "2 of 3" in done.output and "calm-000001: no body" in done.output


@pytest.mark.parametrize(("words", "said"), [
    (("--to", "fbx", "--action", "waving"), "unknown format 'fbx'"),
    (("--to", "bvh"), "--action NAME"),
    (("--to", "bvh", "nowhere"), "is not there"),
    (("--to", "bvh", "DATA", "--action", "clam"), "did you mean calm"),
])  # fmt: skip
def test_what_cannot_be_meant_is_said(clips, words, said):
    with pytest.raises(UserError, match=said.replace("?", r"\?")):
        run(*(clips if word == "DATA" else word for word in words))


def test_a_format_is_found_by_its_name():
    assert {find_writer(name) for name in FORMATS} and len({find_writer(name) for name in FORMATS}) == len(FORMATS)
