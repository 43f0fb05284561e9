"""Clothes follow the body: skin shows through hardly anywhere they cover it, in any pose an action may take."""

from dataclasses import replace

import made_bodies
import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from synapt.generator.actions import ACTIONS, find_action
from synapt.generator.body import load_body
from synapt.generator.body.clothes.garments import cover_body
from synapt.generator.body.clothes.patterns import is_of
from synapt.generator.body.dress import dress
from synapt.generator.body.fit import measure
from synapt.generator.body.skinning import skin
from synapt.generator.motion.kinematics import UPRIGHT, skin_transforms
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.render.visibility import Canvas
from synapt.generator.sampling import look, sample
from synapt.generator.skeletons import JOINT, PART, SURFACE
from synapt.generator.values import FIRST, FabricSpec, GarmentSpec, Performer

SIZE_PX, DISTANCE_M, LIMIT = 192, 4.0, 0.005
K = np.array([[300.0, 0, SIZE_PX / 2], [0, 300.0, SIZE_PX / 2], [0, 0, 1]])

POSES = {
    "arms down": {"left_shoulder": (0, 0, -75), "right_shoulder": (0, 0, 75)},
    "arms up": {
        "left_shoulder": (0, 0, 80), "right_shoulder": (0, 0, -80),
        "left_collar": (0, 0, 20), "right_collar": (0, 0, -20),
    },
    "deep squat": {
        "left_hip": (-115, 25, 15), "right_hip": (-115, -25, -15), "left_knee": (135, 0, 0), "right_knee": (135, 0, 0),
        "spine1": (20, 0, 0), "spine2": (15, 0, 0), "left_shoulder": (0, -80, -20), "right_shoulder": (0, 80, 20),
    },
    "high kick": {"left_hip": (-105, 0, 0), "left_knee": (8, 0, 0), "spine1": (-10, 0, 0)},
    "side kick": {"left_hip": (0, 0, 70), "right_hip": (0, 0, -10), "spine1": (0, 0, -15)},
    "bent over": {"spine1": (35, 0, 0), "spine2": (30, 0, 0), "left_hip": (-40, 0, 0), "right_hip": (-40, 0, 0)},
}  # fmt: skip


def pose(skeleton, degrees):
    rotations = np.tile(np.eye(3), (1, 55, 1, 1))
    for name, vector in degrees.items():
        rotations[0, JOINT[name]] = Rotation.from_rotvec(np.radians(vector)).as_matrix()
    rotations[0, 0] = UPRIGHT
    return skin_transforms(Performer(FIRST, skeleton, rotations, np.zeros((1, 3))), 15.0)[0]


def camera(azimuth, center):
    """T_camera_world (4, 4) of a level camera DISTANCE_M away from a point."""
    c, s = np.cos(azimuth), np.sin(azimuth)
    turn = np.array([[c, s, 0], [0, 0, -1], [-s, c, 0]])
    out = np.eye(4)
    out[:3, :3], out[:3, 3] = turn, -turn @ center + [0, 0, DISTANCE_M]
    return out


def seen_faces(vertices, faces, azimuth, center):
    canvas = Canvas(len(vertices), len(faces), SIZE_PX, SIZE_PX)
    canvas.draw(vertices, faces.astype(np.int32), K, camera(azimuth, center))
    canvas.resolve()
    return canvas.seen


def shown(body, outfit, mesh, transforms, azimuths=(0.3, 1.9, 3.4, 5.0)):
    """Pixels where cloth should cover the body, and how many of them show skin, in one pose from all sides.

    Should: the naked body, seen alone, shows a face there that lies 1 cm or more inside a garment.
    """
    depth = np.max([cover_body(garment, body, measure(body)) for garment in outfit.garments], axis=0)
    inside = np.append((depth[body.faces] > 0.01).all(axis=1), False)
    is_skin = np.append(mesh.surface_of_face == SURFACE["skin"], False)
    naked = skin(body.vertices_m, body.weights, transforms[None])[0]
    dressed = skin(mesh.vertices_m, mesh.weights, transforms[None])[0]
    center = (dressed.min(axis=0) + dressed.max(axis=0)) / 2
    total = wrong = 0
    for azimuth in azimuths:
        should = inside[seen_faces(naked, body.faces, azimuth, center)]
        wrong += int((should & is_skin[seen_faces(dressed, mesh.faces, azimuth, center)]).sum())
        total += int(should.sum())
    return total, wrong


@pytest.mark.parametrize("name", POSES)
def test_skin_stays_covered_in_extreme_poses(name):
    total = wrong = 0
    for seed in range(12):
        spec, body = made_bodies.anny_body(seed)
        outfit = look.draw(np.random.default_rng(seed), look.Ranges(), spec.sex, spec.age_years)
        mesh, skeleton = dress(body, outfit)
        one = shown(body, outfit, mesh, pose(skeleton, POSES[name]), azimuths=(0.3, 2.2, 4.2))
        total, wrong = total + one[0], wrong + one[1]
    assert total > 40000
    assert wrong / total < LIMIT


def in_a_skirt(kind, seed, **parameters):
    """(body, mesh, skeleton, vertices of the skirt) of a woman in flats and a dress or a skirt of some flare and length."""
    spec, body = made_bodies.anny_body(seed)
    outfit = look.draw(np.random.default_rng(seed), look.Ranges(), "female", spec.age_years)
    plain = FabricSpec("plain", ((0.5, 0.5, 0.5),), 0.2)
    others = ("flats",) if kind == "dress" else ("tee", "flats")
    clothes = (GarmentSpec(kind, parameters, plain), *(GarmentSpec(other, {}, plain) for other in others))
    mesh, skeleton = dress(body, replace(outfit, garments=clothes))
    return body, mesh, skeleton, np.unique(mesh.faces[mesh.surface_of_face == SURFACE["dress" if kind == "dress" else "bottom"]])


SEATED = {"left_hip": (-90, 8, 0), "right_hip": (-90, -8, 0), "left_knee": (85, 0, 0), "right_knee": (85, 0, 0)}


@pytest.mark.parametrize("kind", ["dress", "skirt"])
def test_a_wide_skirt_lies_on_the_lap_of_who_sits_and_not_through_the_seat(kind):
    """Standing it hangs as it was sewn; turned with the thighs as it is, it would be a barrel, 10 cm off them all round."""
    for seed in range(6):
        body, mesh, skeleton, cloth = in_a_skirt(kind, seed, flare=0.35, length=0.5)
        cloth = cloth[mesh.vertices_m[cloth, 1] < measure(body).crotch_y]  # not what lies on a belly
        standing, seated = (skin(mesh.vertices_m, mesh.weights, pose(skeleton, bent)[None])[0] for bent in ({}, SEATED))
        np.testing.assert_allclose(standing[cloth], mesh.vertices_m[cloth] @ UPRIGHT.T, atol=1e-5)
        bare = skin(body.vertices_m, body.weights, pose(skeleton, SEATED)[None])[0]
        thighs = np.unique(body.faces[np.isin(body.part_of_face, [PART["left_thigh"], PART["right_thigh"]])])
        length = skeleton.joints_m[JOINT["left_hip"], 1] - skeleton.joints_m[JOINT["left_knee"], 1]

        def along(points, length=length):  # at the middle of the thighs
            return points[(points[:, 1] < -0.4 * length) & (points[:, 1] > -0.7 * length), 2]

        flesh, over = along(bare[thighs]), along(seated[cloth])
        assert len(flesh) > 100 and len(over) > 100
        assert over.min() > flesh.min() - 0.045 and over.max() < flesh.max() + 0.045


@pytest.mark.parametrize("kind", ["dress", "skirt"])
def test_a_long_skirt_hangs_round_the_shins_of_who_sits(kind):
    """Turned with the shins as it is, it would be a barrel that stands on the floor, 20 cm off them before and behind."""
    for seed in range(4):
        body, mesh, skeleton, cloth = in_a_skirt(kind, seed, flare=0.2, length=0.8)
        fit = measure(body)
        low, high = fit.ankle_y + 0.25 * (fit.knee_y - fit.ankle_y), fit.knee_y - 0.10
        cloth = cloth[(mesh.vertices_m[cloth, 1] < high) & (mesh.vertices_m[cloth, 1] > low)]
        shins = np.isin(body.part_of_face, [PART["left_shin"], PART["right_shin"]])
        shins = np.unique(body.faces[shins])
        shins = shins[(body.vertices_m[shins, 1] < high) & (body.vertices_m[shins, 1] > low)]
        seated = skin(mesh.vertices_m, mesh.weights, pose(skeleton, SEATED)[None])[0][cloth]
        bare = skin(body.vertices_m, body.weights, pose(skeleton, SEATED)[None])[0][shins]
        assert len(seated) > 50 and len(bare) > 100
        for axis, room in ((0, 0.12), (1, 0.08)):
            assert bare[:, axis].min() - room < seated[:, axis].min() < bare[:, axis].min() + 0.01
            assert bare[:, axis].max() + room > seated[:, axis].max() > bare[:, axis].max() - 0.01


@pytest.mark.slow
@pytest.mark.parametrize("action", ACTIONS)
def test_skin_stays_covered_in_every_action(action):
    total = wrong = 0
    for index in range(4):
        spec = sample(action, load_recipe("standard"), 11, index)
        scene = make_scene(spec)
        for own, person in zip(spec.performers, scene.people, strict=True):
            body = load_body(own.body.model).shaped(own.body)
            changes = find_action(action).changes
            lasting = replace(own.look, garments=tuple(g for g in own.look.garments if not is_of(g, changes)))
            for t in np.linspace(0, scene.n_frames - 1, 5).astype(int)[1:4]:
                one = shown(body, lasting, person, person.transforms[t])
                total, wrong = total + one[0], wrong + one[1]
    assert wrong / total < LIMIT
