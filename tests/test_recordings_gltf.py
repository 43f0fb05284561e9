"""glTF files: each animation is a recording, wherever its buffers lie; what is none, or reaches out, is refused in one line."""

import base64
import copy
import json
import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_recordings import BODY, CONVENTIONS, JOINTS, Moving, glb, gltf, moving
from scipy.spatial.transform import Rotation
from synapt.generator.base.errors import UserError
from synapt.generator.recordings import gltf as reader
from test_recordings_bvh import ALL, check


def read(tmp_path, data, blob=b"", name="bad.glb"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else glb(data, blob))
    return reader.read(path)


def refusal(tmp_path, data, blob=b""):
    with pytest.raises(UserError) as caught:
        read(tmp_path, data, blob)
    said = str(caught.value)
    assert "bad.gl" in said and "\n" not in said and len(said) < 900
    return said


@pytest.mark.parametrize("convention", ["smplx", "mixamo", "unreal", "rigify"])
@pytest.mark.parametrize("skinned", [True, False])
def test_any_names_give_the_same_body(tmp_path, convention, skinned):
    body = moving()
    (recording,) = read(tmp_path, *gltf(body, CONVENTIONS[convention], skinned=skinned))
    (track,) = recording.people
    assert set(track.joints) == ALL and (recording.name, recording.fps) == ("Walk", 24.0)
    check(track, body, atol=1e-5)


@pytest.mark.parametrize("how", ["LINEAR", "STEP", "CUBICSPLINE"])
def test_keys_are_met_whatever_lies_between(tmp_path, how):
    body = moving(9)
    (recording,) = read(tmp_path, *gltf(body, how=how))
    check(recording.people[0], body, atol=1e-5)


def sampled(tmp_path, how):
    """A body that turns its head by 90 degrees from 0 s to 0.25 s, with one key at each end and dense ones elsewhere."""
    turns = {"head": Rotation.from_euler("y", np.array([[0.0], [90.0]]), degrees=True).as_matrix()}
    data, blob = gltf(Moving(np.zeros((2, 3)), turns), fps=4.0, how=how)
    (recording,) = read(tmp_path, data, blob)
    track = recording.people[0]
    k = track.joints.index("head")
    return recording.fps, [np.degrees(np.arctan2(r[1, 0], r[0, 0])) for r in track.rotations[:, k]]


def test_between_two_keys_rotations_go_along_the_arc_and_steps_wait(tmp_path):
    fps, angles = sampled(tmp_path, "LINEAR")
    assert fps == 30.0
    np.testing.assert_allclose(angles, np.minimum(90.0 * np.arange(len(angles)) / 7.5, 90.0), atol=1e-3)
    _, angles = sampled(tmp_path, "STEP")
    np.testing.assert_allclose(angles[:8], 0.0, atol=1e-4)


def test_several_animations_are_several_recordings(tmp_path):
    names = ("Walk", "Jump", "Walk", "")
    recordings = read(tmp_path, *gltf(moving(), names_of=names))
    assert [recording.name for recording in recordings] == ["Walk", "Jump", "Walk 2", "animation 4"]


def test_two_skeletons_are_two_people(tmp_path):
    body, other = moving(), moving(seed=5)
    data, blob = gltf(body)
    data2, blob2 = gltf(other)
    n, views, accessors = len(data["nodes"]), len(data["bufferViews"]), len(data["accessors"])
    for node in data2["nodes"]:
        if "children" in node:
            node["children"] = [child + n for child in node["children"]]
    for view in data2["bufferViews"]:
        view["byteOffset"] += len(blob)
    for accessor in data2["accessors"]:
        accessor["bufferView"] += views
    first = data["animations"][0]
    for channel in data2["animations"][0]["channels"]:
        channel["sampler"] += len(first["samplers"])
        channel["target"]["node"] += n
    for sampler in data2["animations"][0]["samplers"]:
        sampler["input"] += accessors
        sampler["output"] += accessors
    data["skins"].append({"joints": [j + n for j in data2["skins"][0]["joints"]],
                          "inverseBindMatrices": data2["skins"][0]["inverseBindMatrices"] + accessors})  # fmt: skip
    for part in ("nodes", "bufferViews", "accessors"):
        data[part] += data2[part]
    first["channels"] += data2["animations"][0]["channels"]
    first["samplers"] = first["samplers"][: len(data2["animations"][0]["samplers"])] + data2["animations"][0]["samplers"]
    data["buffers"] = [{"byteLength": len(blob + blob2)}]
    (recording,) = read(tmp_path, data, blob + blob2)
    assert len(recording.people) == 2
    check(recording.people[0], body, atol=1e-5)
    check(recording.people[1], other, atol=1e-5)


def test_a_pose_left_over_does_not_matter_where_the_skin_says_how_it_was_bound(tmp_path):
    body = moving()
    data, blob = gltf(body)
    for node, name in zip(data["nodes"], BODY, strict=True):
        if name in JOINTS:
            node["rotation"] = Rotation.from_euler("xyz", [0.4, -1.0, 0.7]).as_quat().tolist()
    (recording,) = read(tmp_path, data, blob)
    check(recording.people[0], body, atol=1e-5)


@pytest.mark.parametrize("scale", [0.01, 1.0])
def test_scaled_and_turned_parents_count(tmp_path, scale):
    """As files from elsewhere have it: an armature turned by -90 degrees about x and scaled, its bones in other units."""
    body = moving()
    data, blob = gltf(Moving(body.root, body.turns), skinned=False)
    turned = Rotation.from_euler("x", 30, degrees=True)
    data["nodes"].append({"name": "Armature", "children": [0], "scale": [scale] * 3, "rotation": turned.as_quat().tolist()})
    data["nodes"].append({"name": "up again", "children": [len(data["nodes"]) - 1], "rotation": turned.inv().as_quat().tolist()})
    (recording,) = read(tmp_path, data, blob)
    if scale == 1.0:
        check(recording.people[0], body, atol=1e-5)
    else:
        assert "units" in recording.notes[0]  # a person of 1.6 cm


def test_a_matrix_says_the_same_as_its_parts(tmp_path):
    body = moving()
    data, blob = gltf(body)
    for node, name in zip(data["nodes"], BODY, strict=True):
        if name not in JOINTS:
            at = node.pop("translation")
            node["matrix"] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, *at, 1]
    (recording,) = read(tmp_path, data, blob)
    check(recording.people[0], body, atol=1e-5)


def test_buffers_lie_in_the_text_or_beside_the_file(tmp_path):
    body = moving()
    data, blob = gltf(body)
    inside = copy.deepcopy(data)
    inside["buffers"][0]["uri"] = "data:application/octet-stream;base64," + base64.b64encode(blob).decode()
    check(read(tmp_path, json.dumps(inside).encode(), name="a.gltf")[0].people[0], body, atol=1e-5)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a walk.bin").write_bytes(blob)
    beside = copy.deepcopy(data)
    beside["buffers"][0]["uri"] = "sub/a%20walk.bin"
    check(read(tmp_path, json.dumps(beside).encode(), name="b.gltf")[0].people[0], body, atol=1e-5)


def test_uris_that_reach_out_are_refused(tmp_path):
    data, blob = gltf(moving())
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "secret.bin").write_bytes(blob)
    (home / "link.bin").symlink_to(tmp_path / "secret.bin")
    for uri in ("../secret.bin", "%2e%2e/secret.bin", "sub/../../secret.bin", str(tmp_path / "secret.bin"), "link.bin", "",
                "file:///etc/passwd", "http://host/a.bin", "..\\secret.bin", "\0", "%00", "."):  # fmt: skip
        data["buffers"][0]["uri"] = uri
        path = home / "bad.gltf"
        path.write_text(json.dumps(data))
        with pytest.raises(UserError, match=r"bad\.gltf"):
            reader.read(path)


def changed(change):
    data, blob = gltf(moving())
    return change(data, blob) or (data, blob)


def put(place, value):
    def change(data, blob):
        *way, last = place
        for key in way:
            data = data[key]
        data[last] = value

    return change


BAD = {
    "cycle": (put(("nodes", 5, "children"), [0]), "in a circle"),
    "own child": (put(("nodes", 6, "children"), [6]), "hang"),
    "two parents": (lambda d, b: d["nodes"].append({"children": [3]}), "two others"),
    "child that isn't there": (put(("nodes", 5, "children"), [999]), "names node 999"),
    "joint that isn't there": (put(("skins", 0, "joints"), [999]), "names node 999"),
    "accessor that isn't there": (put(("animations", 0, "samplers", 0, "output"), 999), "names accessor 999"),
    "sampler that isn't there": (put(("animations", 0, "channels", 0, "sampler"), 999), "names sampler 999"),
    "view that isn't there": (put(("accessors", 0, "bufferView"), 999), "names buffer view 999"),
    "buffer that isn't there": (put(("bufferViews", 0, "buffer"), 9), "names buffer 9"),
    "count that lies": (put(("accessors", 1, "count"), 1_000_000), "give the whole file"),
    "count of a gigabyte": (put(("accessors", 1, "count"), 1_000_000_000), "give the whole file"),
    "a gigabyte declared": (put(("buffers", 0, "byteLength"), 1 << 30), "1,073,741,824"),
    "another count of keys": (put(("accessors", 1, "count"), 4), "export it again"),
    "no accessors for keys": (put(("accessors", 0, "count"), 0), "give the whole file"),
    "whole numbers": (put(("accessors", 1, "componentType"), 5125), "wanted"),
    "negative": (put(("accessors", 0, "byteOffset"), -4), "-4"),
    "a word for a number": (put(("nodes", 0, "translation"), ["a", 0, 0]), "expected"),
    "endless": (put(("nodes", 0, "scale"), [1e300, 1, 1]), "expected"),
    "sparse": (put(("accessors", 1, "sparse"), {"count": 1}), "sparse"),
    "packed": (put(("bufferViews", 1, "extensions"), {"EXT_meshopt_compression": {}}), "meshopt"),
    "unknown interpolation": (put(("animations", 0, "samplers", 0, "interpolation"), "BEZIER"), "export it again"),
    "no animation": (put(("animations",), []), "0 animations"),
    "no nodes": (put(("nodes",), []), "0 nodes"),
    "no human": (
        lambda d, b: [n.update(name=f"n{k}", translation=[0, 1, 0]) for k, n in enumerate(d["nodes"])] and None,
        "human",
    ),
    "version 1": (put(("asset",), {"version": "1.0"}), "glTF 2.0"),
    "no asset": (put(("asset",), []), "glTF 2.0"),
    "nodes are a word": (put(("nodes",), "x"), "expected"),
    "tiny": (
        lambda d, b: [n.update(translation=[x * 1e-5 for x in n["translation"]]) for n in d["nodes"]] and None,
        "units high",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_files_are_refused_in_one_line(tmp_path, what):
    change, word = BAD[what]
    data, blob = gltf(moving())
    change(data, blob)
    assert word in refusal(tmp_path, data, blob)


def test_numbers_that_are_none_and_times_that_go_back_are_refused(tmp_path):
    data, blob = gltf(moving())
    for at, value, word in ((4, float("nan"), "finite"), (4, float("inf"), "finite"), (8, 0.0, "grow"), (0, -1.0, "grow")):
        raw = bytearray(blob)
        raw[at : at + 4] = struct.pack("<f", value)
        assert word in refusal(tmp_path, data, bytes(raw))


def test_an_animation_of_days_is_refused(tmp_path):
    data, blob = gltf(moving())
    raw = bytearray(blob)
    raw[16:20] = struct.pack("<f", 1e6)
    assert "lasts" in refusal(tmp_path, data, bytes(raw))


def test_very_deep_and_very_many_nodes_are_refused_soon(tmp_path):
    chain = [{"name": f"n{k}", "children": [k + 1]} for k in range(40_000)] + [{"name": "end"}]
    data, blob = gltf(moving())
    assert "skeleton of more" in refusal(tmp_path, {**data, "nodes": chain, "skins": [{"joints": [0]}]}, blob)
    wide = [{"name": "root", "children": list(range(1, 40_000))}] + [{"name": f"n{k}"} for k in range(1, 40_000)]
    assert "skeleton of more" in refusal(tmp_path, {**data, "nodes": wide, "skins": [{"joints": [0]}]}, blob)
    short = [{"name": f"n{k}", "children": [k + 1], "translation": [0, 1, 0]} for k in range(1_990)] + [{"name": "end"}]
    assert "human" in refusal(tmp_path, {**data, "nodes": short, "skins": [{"joints": [0]}]}, blob)
    assert "skins" in refusal(tmp_path, {**data, "skins": data["skins"] * 2_000}, blob)


def test_many_long_animations_are_refused_before_they_fill_the_memory(tmp_path):
    data, blob = gltf(Moving(np.array([[0.0, 0.95, 0.0], [1.0, 0.95, 0.0]]), {}), fps=1 / 7000, names_of=("a",) * 10_000)
    assert "split the file" in refusal(tmp_path, data, blob)


@pytest.mark.parametrize("cut", [3, 11, 19, 60, 2000, 6000, -1])
def test_files_cut_off_anywhere_are_refused(tmp_path, cut):
    refusal(tmp_path, glb(*gltf(moving()))[:cut])


def test_a_part_that_says_a_gigabyte_is_refused(tmp_path):
    raw = bytearray(glb(*gltf(moving())))
    raw[12:16] = struct.pack("<I", 1 << 30)
    assert "1,073,741,824" in refusal(tmp_path, bytes(raw))


RAW = glb(*gltf(moving(3)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_files_are_read_or_refused(tmp_path, data):
    raw = bytearray(RAW)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        if data.draw(st.integers(0, 5)):
            raw[at] = data.draw(st.integers(0, 255) | st.sampled_from(list(b'0123456789[]{},"-e')))
        else:
            del raw[at : at + data.draw(st.integers(1, 100))]
    try:
        recordings = read(tmp_path, bytes(raw))
    except UserError as error:
        assert "\n" not in str(error)
    else:
        for recording in recordings:
            for track in recording.people:
                assert np.isfinite(track.positions_m).all() and np.isfinite(track.rotations).all() and track.n_frames >= 1
