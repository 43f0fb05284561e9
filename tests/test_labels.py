"""Labels against scenes whose answers are known, and against a dressed person where the prepared body is at hand."""

import dataclasses

import made_scenes as made
import numpy as np
import pytest
from made_up import make_spec, performed_by
from scipy.spatial.transform import Rotation
from synapt.generator.base.errors import UserError
from synapt.generator.labels.captions import Seen, caption
from synapt.generator.labels.label import OWN_PARTS, boxes, label, phases, project_points, visibility
from synapt.generator.labels.passes import PASSES
from synapt.generator.motion.kinematics import joint_transforms
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.recordings.reference import SMPLX_PELVIS_M
from synapt.generator.sampling import sample
from synapt.generator.skeletons import JOINT, PART, SMPLX_PARENTS
from synapt.generator.values import Segment


def test_a_point_ahead_lands_where_the_pinhole_says():
    view = made.camera(2, move=(0.5, 0.0, 0.0))
    pixels, depth = project_points(view, np.array([[[0.0, 2.0, 0.0], [1.0, 4.0, 1.0], [0.0, -1.0, 0.0]]] * 2))
    np.testing.assert_allclose(pixels[0, :2], [[32, 24], [32 + 15, 24 - 15]], atol=1e-12)
    np.testing.assert_allclose(pixels[1, :2], [[32 - 15, 24], [32 + 7.5, 24 - 15]], atol=1e-12)
    assert np.isnan(pixels[:, 2]).all() and (depth[:, 2] == -1).all()


def test_visibility_outside_hidden_own_flesh_and_other_parts():
    depth, part = np.full((1, 10, 10), 3.0), np.zeros((1, 10, 10), int)
    depth[0, :, 5:], part[0, :, 5:] = 2.0, PART["torso"]
    own = OWN_PARTS[[JOINT["left_wrist"], JOINT["spine2"]]]
    radius = np.array([0.03, 0.1])

    def seen(x, y, depths):
        return visibility(np.full((1, 2, 2), (x, y), float), np.array([depths]), radius, own, depth, part)[0].tolist()

    assert seen(2.5, 2.5, [2.9, 2.9]) == [2, 2]  # before the wall
    assert seen(2.5, 2.5, [3.2, 3.2]) == [1, 1]  # behind it
    assert seen(7.5, 2.5, [2.2, 2.2]) == [1, 2]  # inside the torso: the spine's own, not the wrist's
    assert seen(7.5, 2.5, [2.5, 2.5]) == [1, 1]
    assert seen(-0.1, 2.5, [1.0, 1.0]) == [0, 0] == seen(2.5, 10.0, [1.0, 1.0]) == seen(2.5, 2.5, [-1.0, -1.0])


TRUNK = [JOINT[name] for name in ("spine1", "spine2", "spine3")]


def test_anothers_trunk_is_no_flesh_of_ones_own():
    """0.2 m behind the surface seen: within the slant of one's own flesh, and hidden by anybody else's."""

    def spines(mine_m, theirs_m, swapped=False):
        scene = made.two_people(mine_m, theirs_m, swapped=swapped)
        people = label(scene, performed_by(scene)).people
        return {person.role: set(person.joints_visible[:, TRUNK].ravel().tolist()) for person in people}

    for swapped in (False, True):  # labels go by the role, not by the place in the scene
        assert spines(mine_m=3.0, theirs_m=5.0, swapped=swapped) == {"a": {2}, "b": {1}}
        assert spines(mine_m=5.0, theirs_m=3.0, swapped=swapped) == {"a": {1}, "b": {2}}


def test_box_and_shares_are_of_one_person_among_two():
    alone, beside, covered = (
        made.two_people(3.0, 5.0),
        made.two_people(3.0, 3.1, side_m=1.0),
        made.two_people(3.0, 2.9, side_m=0.4),
    )
    alone = dataclasses.replace(
        alone,
        meshes=alone.meshes[:2],
        performance=dataclasses.replace(alone.performance, performers=alone.performance.performers[:1]),
    )
    labels = [label(scene, performed_by(scene), ("part", "person")) for scene in (alone, beside, covered)]
    wanted, got, part = (found.people[0] for found in labels)
    np.testing.assert_array_equal(got.box_px, wanted.box_px)
    for name in ("person_share", "person_share_least", "border_share", "box_height_share"):
        assert got.measures[name] == wanted.measures[name]
    assert part.box_px[0].tolist() == [24, 14, 32, 34] and wanted.box_px[0].tolist() == [24, 14, 40, 34]
    assert part.measures["person_share"] == pytest.approx(8 * 20 / (64 * 48))
    assert labels[2].people[1].box_px[0].tolist() == [32, 14, 49, 34]  # who stands in front is seen whole
    assert [np.unique(found.dense["person"]).tolist() for found in labels] == [[0, 1], [0, 1, 2], [0, 1, 2]]
    for found in labels:  # the pass per pixel of parts shows everybody
        np.testing.assert_array_equal(found.dense["part"] > 0, found.dense["person"] > 0)


def test_a_clip_by_itself_has_no_class_number():
    assert label(made.two_people(3.0, 5.0), make_spec(roles="ab")).class_id == -1


def test_boxes_hold_exactly_the_visible_pixels():
    person = np.zeros((2, 6, 8), bool)
    person[0, 2:5, 3:4] = True
    found = boxes(person)
    np.testing.assert_array_equal(found[0], [3, 2, 4, 5])
    assert np.isnan(found[1]).all()


def test_phases_are_half_open():
    segments = (Segment("a", 0.2, 0.5), Segment("b", 0.5, 0.7))
    assert phases(segments, 9, 10.0).tolist() == [-1, -1, 0, 0, 0, 1, 1, -1, -1]


def test_unknown_pass_is_told():
    with pytest.raises(UserError, match=r"depht.*depth"):
        label(made.scene([made.quad(1, 1, 3.0, kind="person")]), make_spec(), ("depht",))


def test_amass_tools_put_every_joint_where_the_labels_do():
    """Forward kinematics as AMASS's readers do it: axis-angles on the parent, pelvis at trans + rest pelvis."""
    rng = np.random.default_rng(5)
    joints = rng.normal(size=(55, 3))
    scene = made.scene([made.quad(1, 1, 3.0, kind="person")], made.camera(3), body=made.skeleton(joints))
    rotations = Rotation.random(3 * 55, random_state=2).as_matrix().reshape(3, 55, 3, 3)
    (still,) = scene.performance.performers
    moves = dataclasses.replace(still, rotations=rotations, pelvis_m=rng.normal(size=(3, 3)))
    scene = dataclasses.replace(scene, performance=dataclasses.replace(scene.performance, performers=(moves,)))
    spec = make_spec()
    (own,) = spec.performers
    for model, rest in (("smplx", joints[0]), ("anny", np.array(SMPLX_PELVIS_M))):
        performer = dataclasses.replace(own, body=dataclasses.replace(own.body, model=model))
        body = label(scene, dataclasses.replace(spec, performers=(performer,))).people[0].body
        poses = np.concatenate([body[name] for name in ("root_orient", "pose_body", "pose_jaw", "pose_eye", "pose_hand")], axis=1)
        np.testing.assert_array_equal(poses, body["poses"])
        local = Rotation.from_rotvec(poses.reshape(-1, 3)).as_matrix().reshape(3, 55, 3, 3)
        world, position = [local[:, 0]], [body["trans"] + rest]
        for j in range(1, 55):
            p = SMPLX_PARENTS[j]
            world.append(world[p] @ local[:, j])
            position.append(position[p] + world[p] @ (joints[j] - joints[p]))
        np.testing.assert_allclose(np.stack(position, 1), joint_transforms(moves)[:, :, :3, 3], atol=1e-9)
        assert body["betas"].shape == (16,) and str(body["gender"]) == "neutral"
        assert float(body["mocap_time_length"]) == 3 / scene.fps


def test_captions_are_sentences_that_agree_with_their_spec():
    spec = make_spec()
    assert "woman in striped trousers and a striped shirt waves her left hand" in caption(spec, Seen(0.0, 0.0))
    (own,) = spec.performers
    body = dataclasses.replace(own.body, sex="male", age_years=70.0)
    outdoors = dataclasses.replace(spec.backdrop, kind="outdoor")
    trousers = own.look.garments[1]
    jeans = dataclasses.replace(trousers, fabric=dataclasses.replace(trousers.fabric, kind="denim"))
    other = dataclasses.replace(own, body=body, look=dataclasses.replace(own.look, garments=(jeans,)))
    other = dataclasses.replace(spec, performers=(other,), backdrop=outdoors)
    assert "older man in jeans waves his left hand" in caption(other, Seen(0.0, 0.0)).replace(", dressed in jeans,", " in jeans")


@pytest.fixture(scope="module")
def person():
    spec = sample("waving_a_hand", load_recipe("standard"), 0, 3, width_px=160, height_px=128, fps=3.0)
    scene = make_scene(spec)
    return spec, scene, label(scene, spec, PASSES)


def test_a_dressed_persons_visible_joints_lie_on_the_person(person):
    _, _, labels = person
    (own,) = labels.people
    visible = own.joints_visible == 2
    assert visible.mean() > 0.2
    x, y = np.nan_to_num(own.joints_px).astype(int).transpose(2, 0, 1)
    t = np.broadcast_to(np.arange(len(x))[:, None], x.shape)
    on_person = np.zeros_like(visible)
    on_person[visible] = labels.dense["part"][t[visible], y[visible], x[visible]] > 0
    # Finger joints are thinner than a pixel here; every other joint lies inside flesh.
    assert on_person[:, :25][visible[:, :25]].all()
    assert on_person[visible].mean() > 0.9


def test_part_and_surface_masks_tell_the_same_person(person):
    _, scene, labels = person
    (mesh,), (own,) = scene.people, labels.people
    assert ((labels.dense["part"] > 0) == np.isin(labels.dense["mask"], np.unique(mesh.surface_of_face))).all()
    assert ((labels.dense["part"] > 0) == (labels.dense["person"] == 1)).all() and labels.dense["person"].max() == 1
    for t, box in enumerate(own.box_px):
        rows, columns = np.nonzero(labels.dense["part"][t])
        np.testing.assert_array_equal(box, [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])


def test_labels_do_not_depend_on_the_passes_asked_for(person):
    spec, scene, labels = person
    again = label(scene, spec)
    (own,), (other,) = labels.people, again.people
    for name in ("joints_px", "joints_visible", "coco_px", "coco_visible", "box_px"):
        np.testing.assert_array_equal(getattr(own, name), getattr(other, name))
    assert own.measures == other.measures and not again.dense
    assert own.measures["person_share"] == pytest.approx((labels.dense["part"] > 0).mean(), abs=1e-12)
