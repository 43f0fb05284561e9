"""Made-up scenes of boxes and triangles for tests of renderers and labels; no person, no file."""

import numpy as np
from synapt.generator.motion.kinematics import UPRIGHT
from synapt.generator.skeletons import JOINT, LANDMARKS, PART, SURFACE
from synapt.generator.values import Camera, Landmark, Light, Material, Mesh, Performance, Performer, Scene, Skeleton

GREY = np.full((4, 4, 3), 128, np.uint8)


def mesh(vertices, faces, kind="prop", name="thing", shifts=((0.0, 0.0, 0.0),), albedo=GREY, part=0, surface="prop", uv=None):
    """A rigid mesh that stands at each of `shifts` (T or 1, 3) in turn."""
    faces = np.asarray(faces, np.int32)
    n = len(faces)
    transforms = np.zeros((len(shifts), 1, 3, 4), np.float32)
    transforms[:, 0, :, :3], transforms[:, 0, :, 3] = np.eye(3), shifts
    numbers = np.zeros(n, np.int16)
    if uv is None:
        uv = np.zeros((n, 3, 2))
    return Mesh(
        name, kind, np.asarray(vertices, np.float32), faces, np.asarray(uv, np.float32), numbers, numbers + part,
        numbers + SURFACE[surface], (Material(name, albedo),), None, transforms, smooth=False,
    )  # fmt: skip


def quad(width, height, distance, **more):
    """A rectangle in the plane y = distance, facing -y (towards `camera`), its texture upright."""
    w, h = width / 2, height / 2
    corners = [(-w, distance, -h), (w, distance, -h), (w, distance, h), (-w, distance, h)]
    uv = np.array([[(0, 0), (1, 0), (1, 1)], [(0, 0), (1, 1), (0, 1)]], np.float32)
    return mesh(corners, [(0, 1, 2), (0, 2, 3)], uv=uv, **more)


def camera(frames=1, width=64, height=48, focal=60.0, centre=None, move=(0.0, 0.0, 0.0)):
    """At the origin, looking along +y, x to the right, z up; it moves by `move` each frame."""
    cx, cy = centre or (width / 2, height / 2)
    K = np.array([[focal, 0, cx], [0, focal, cy], [0, 0, 1.0]])
    pose = np.tile(np.eye(4), (frames, 1, 1))
    rotation = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
    pose[:, :3, :3] = rotation
    pose[:, :3, 3] = -(np.arange(frames)[:, None] * np.asarray(move)) @ rotation.T
    return Camera(width, height, np.tile(K, (frames, 1, 1)), pose)


DIM = Light(None, 0.0, 0.0, np.array([0.0, 0.0, -1.0]), 0.0, np.ones(3), (), np.zeros(3))


def skeleton(joints=None, radius=0.05):
    joints = np.zeros((55, 3)) if joints is None else np.asarray(joints, float)
    landmarks = {name: Landmark(JOINT["head"], np.zeros(3)) for name in LANDMARKS}
    return Skeleton(joints, landmarks, np.full(55, radius))


def performer(role="a", frames=1, body=None, pelvis=(0.0, 5.0, 0.0), acting=True):
    """Somebody who stands still."""
    rotations = np.tile(np.eye(3), (frames, 55, 1, 1))
    rotations[:, 0] = UPRIGHT
    return Performer(role, body or skeleton(), rotations, np.tile(np.asarray(pelvis, float), (frames, 1)), acting)


def scene(meshes, view=None, light=DIM, body=None, pelvis=(0.0, 5.0, 0.0), segments=(), performers=None):
    """`performers`: in the order of the persons among `meshes`; one of `body` at `pelvis` where there are none given."""
    view = view or camera(max(len(m.transforms) for m in meshes))
    performers = performers or (performer("a", len(view.K_px), body, pelvis),)
    return Scene(tuple(meshes), view, light, Performance(10.0, tuple(performers), {}, tuple(segments), ()))


STILL = ((0.0, 0.0, 0.0),) * 2
"""Two frames in one place: people of a clip have transforms for each of its frames."""


def two_people(mine_m, theirs_m, side_m=0.0, depth_m=3.2, swapped=False):
    """Two people, of whom only the trunks are there: boards 0.8 m wide, 1 m high, mine (role "a") and another's (role "b").

    Mine stands `mine_m` ahead, the other's `theirs_m` ahead and `side_m` to the right. All joints of both lie `depth_m` ahead in
    the middle, in flesh 0.1 m thick. `swapped`: the other is the scene's first person.
    """
    mine = quad(0.8, 1.0, mine_m, kind="person", name="me", shifts=STILL, part=PART["torso"], surface="skin")
    other = quad(0.8, 1.0, theirs_m, kind="person", name="other", shifts=STILL, part=PART["torso"], surface="skin")
    other.vertices_m[:, 0] += side_m
    pairs = [(role, board) for role, board in (("a", mine), ("b", other))][:: -1 if swapped else 1]
    performers = [performer(role, 2, body=skeleton(radius=0.1), pelvis=(0.0, depth_m, 0.0)) for role, _ in pairs]
    return scene([quad(9, 9, 6.0), *(board for _, board in pairs)], performers=performers)


__all__ = ["DIM", "GREY", "JOINT", "PART", "SURFACE", "camera", "mesh", "performer", "quad", "scene", "skeleton", "two_people"]
