"""Two people in one picture: each has pixels, boxes, joints and clothes of their own, and hides who stands behind."""

from dataclasses import replace

import numpy as np
import pytest
from made_up import bits
from synapt.generator.actions import find_action
from synapt.generator.dataset import ClipFiles, read_clip, write_clip
from synapt.generator.labels.acting import acting_joints
from synapt.generator.labels.captions import Seen, caption, described
from synapt.generator.labels.label import label
from synapt.generator.labels.passes import PASSES
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.skeletons import SMPLX_JOINTS
from synapt.generator.values import BystanderSpec, Clip

RECIPE = load_recipe("standard")
SIZE = {"width_px": 160, "height_px": 128, "fps": 3.0}


def made(spec, dense=PASSES):
    scene = make_scene(spec)
    return spec, scene, label(scene, spec, dense)


@pytest.fixture(scope="module")
def pair():
    return made(sample("handshaking", RECIPE, 0, 3, **SIZE))


def filmed_from(spec, azimuth_rad):
    level = replace(
        spec.camera, azimuth_rad=azimuth_rad, other_azimuths_rad=(), elevation_rad=0.0, roll_rad=0.0, movement="static",
        movement_params={},
    )  # fmt: skip
    return replace(spec, camera=level)


def at_pixels(picture, points_px):
    """What a pass (T, H, W) shows at points (T, N, 2); 0 outside."""
    t = np.arange(len(points_px))[:, None]
    x, y = np.floor(np.nan_to_num(points_px, nan=-1.0)).astype(int).transpose(2, 0, 1)
    inside = (x >= 0) & (y >= 0) & (x < picture.shape[2]) & (y < picture.shape[1])
    return np.where(inside, picture[t, y * inside, x * inside], 0)


def moves(performer):
    return performer.rotations.tobytes(), performer.pelvis_m.tobytes()


def shape(mesh):
    return [array.tobytes() for array in (mesh.vertices_m, mesh.faces, mesh.uv, mesh.transforms, mesh.part_of_face)] + [
        material.albedo.tobytes() for material in mesh.materials
    ]


# ---------------------------------------------------------------- pixels, boxes, joints


def test_each_ones_visible_joints_lie_on_their_own_pixels(pair):
    _, _, labels = pair
    assert [(person.role, person.acting) for person in labels.people] == [("a", True), ("b", True)]
    for number, person in enumerate(labels.people, 1):
        visible = person.joints_visible == 2
        assert visible.mean() > 0.2
        own = at_pixels(labels.dense["person"], person.joints_px) == number
        assert own[:, :20][visible[:, :20]].all()  # hands lie in each other, and fingers are thinner than a pixel here
        assert own[visible].mean() > 0.88


def test_each_box_is_round_exactly_the_pixels_of_its_person(pair):
    _, _, labels = pair
    shown = labels.dense["person"]
    assert np.unique(shown).tolist() == [0, 1, 2]
    np.testing.assert_array_equal(shown > 0, labels.dense["part"] > 0)
    for number, person in enumerate(labels.people, 1):
        for t, box in enumerate(person.box_px):
            rows, columns = np.nonzero(shown[t] == number)
            np.testing.assert_array_equal(box, [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])
        assert person.measures["person_share"] == pytest.approx((shown == number).mean(), abs=1e-12)


def test_labels_of_everybody_do_not_depend_on_the_passes_asked_for(pair):
    spec, scene, labels = pair
    again = label(scene, spec)
    assert bits(again) == bits(replace(labels, dense={}))


@pytest.mark.parametrize(("azimuth_rad", "behind"), [(0.0, "a"), (np.pi, "b")])
def test_who_stands_behind_is_hidden_where_the_other_is_and_nowhere_else(azimuth_rad, behind):
    """The first one looks at the other, who stands between them and a camera in front."""
    spec, scene, labels = made(filmed_from(sample("handshaking", RECIPE, 0, 3, **SIZE), azimuth_rad), ("person",))
    number = scene.performance.performers.index(next(p for p in scene.performance.performers if p.role == behind))
    alone = replace(
        scene,
        meshes=tuple(mesh for mesh in scene.meshes if mesh.kind != "person" or mesh is scene.people[number]),
        performance=replace(scene.performance, performers=(scene.performance.performers[number],), contacts=()),
    )
    wanted = label(alone, replace(spec, action="waving_a_hand", performers=(spec.performers[number],))).people[0]
    got, front = labels.people[number], labels.people[1 - number]
    np.testing.assert_array_equal(got.joints_px, wanted.joints_px)
    covered = got.joints_visible != wanted.joints_visible
    assert (at_pixels(labels.dense["person"], got.joints_px)[covered] == 2 - number).all()
    assert (got.joints_visible[covered] == 1).all() and (wanted.joints_visible[covered] == 2).all()
    assert covered.sum() > 0.2 * (wanted.joints_visible == 2).sum() > 10
    assert (front.joints_visible == 2).mean() > (got.joints_visible == 2).mean()


# ---------------------------------------------------------------- words, roles, measures


def test_the_caption_says_who_does_it_with_whom(pair):
    spec, _, labels = pair
    a, b = spec.performers
    exchanged = replace(spec, performers=(replace(b, role="a"), replace(a, role="b")))
    words, other = caption(spec, Seen(0.0, 0.0)), caption(exchanged, Seen(0.0, 0.0))
    assert labels.caption.split(". ")[0] == words.split(". ")[0] != other.split(". ")[0]
    first = {one.role: described(one) for one in (a, b)}
    assert f"shakes hands with {first['b']}" in words and f"shakes hands with {first['a']}" in other
    assert first["a"].split(" in ")[0] in words.lower() and first["b"].split(" in ")[0] in other.lower()


def test_the_hand_that_tells_the_action_is_each_ones_own():
    action = find_action("handshaking")
    for role in "ab":
        for side in ("left", "right"):
            names = {SMPLX_JOINTS[joint] for joint in acting_joints(action, role, side)}
            assert names == {f"{side}_wrist", f"{side}_index1", f"{side}_pinky1"}


def test_people_who_meet_are_measured_and_a_contact_names_both(pair):
    _, _, labels = pair
    assert [(c.role, c.landmark.split("_")[1], c.target.split("_")[1]) for c in labels.contacts if ":" in c.target] == [
        ("a", "palm", "palm")
    ]
    for person in labels.people:
        assert 0.0 <= person.measures["penetration_mean_m"] <= person.measures["penetration_m"] < 0.2
    assert labels.people[0].measures["contact_error_m"] < 0.03


# ---------------------------------------------------------------- twins


def test_another_ones_clothes_change_nothing_but_these(pair):
    """Soles of another height would move who wears them; of a clip where they are equal, no bit of anybody's motion changes."""
    compared = 0
    for index in range(60):
        usual, twin = (sample("handshaking", RECIPE, 0, index, **SIZE, variants=variants) for variants in ({}, {"b.clothes": 1}))
        one, other = make_scene(usual), make_scene(twin)
        soles = [scene.performance.performers[1].skeleton.sole_drop_m for scene in (one, other)]
        assert shape(one.people[1]) != shape(other.people[1])
        if soles[0] != soles[1]:
            continue
        compared += 1
        assert shape(one.people[0]) == shape(other.people[0])
        for before, after in zip(one.performance.performers, other.performance.performers, strict=True):
            assert moves(before) == moves(after)
        np.testing.assert_array_equal(
            one.performance.performers[1].skeleton.joints_m, other.performance.performers[1].skeleton.joints_m
        )
        if compared == 2:
            return
    raise AssertionError("no two pairs of equal soles were drawn")


# ---------------------------------------------------------------- bystanders


@pytest.fixture(scope="module")
def watched(pair):
    """The same with somebody who waves beside them."""
    spec, _, _ = pair
    waving = sample("waving_a_hand", RECIPE, 5, 7)
    (person,) = waving.performers
    one = BystanderSpec("waving_a_hand", waving.performance, replace(person, role="bystander-1"), (1.5, 1.0))
    return made(replace(spec, bystanders=(one,)), ("mask", "person"))


def test_a_bystander_is_labelled_not_acting_and_moves_nobody(pair, watched):
    (_, alone, before), (_, scene, labels) = pair, watched
    assert [(p.role, p.acting) for p in labels.people] == [("a", True), ("b", True), ("bystander-1", False)]
    assert [p.role for p in labels.acting] == ["a", "b"]
    for one, other in zip(alone.performance.performers, scene.performance.performers, strict=False):
        assert moves(one) == moves(other)
    for one, other in zip(alone.people, scene.people, strict=False):
        assert shape(one) == shape(other)
    np.testing.assert_array_equal(alone.camera.T_camera_world, scene.camera.T_camera_world)  # framed for those who act
    assert labels.segments == before.segments and labels.contacts == before.contacts and labels.caption == before.caption
    third = scene.performance.performers[2]
    assert np.abs(third.pelvis_m[:, :2] - [1.5, 1.0]).max() < 0.3 and len(third.pelvis_m) == scene.n_frames
    assert (labels.dense["person"] == 3).any() == bool((labels.people[2].joints_visible > 0).any())


def test_a_bystander_lies_on_disk_beside_the_performers(watched, tmp_path):
    spec, scene, labels = watched
    frames = np.zeros((scene.n_frames, spec.height_px, spec.width_px, 3), np.uint8)
    row = write_clip(tmp_path, Clip(spec, frames, labels), 0)
    files = ClipFiles(tmp_path, "handshaking", 3)
    assert {path.name for path in files.labels.parent.iterdir()} == {
        f"handshaking-000003{part}.npz" for part in ("", ".b", ".bystander-1", ".mask", ".person")
    }
    back = read_clip(tmp_path, "handshaking", 3)
    assert bits(back.labels) == bits(labels) and back.spec == spec
    assert (row["people"], row["bystanders"]) == (2, "waving_a_hand") and not any("bystander-1_" in name for name in row)
    with np.load(files.person("bystander-1")) as arrays:
        assert {"poses", "trans", "betas", "gender", "root_orient", "pose_body", "joints_px", "box_px"} <= set(arrays)
        assert not {"phase", "K_px", "segments_s"} & set(arrays)
