"""Staging: backdrops that leave the view free, light that suits them, everything finite and the same every time."""

import dataclasses

import numpy as np
import pytest
from made_performer import made_performance, made_person, made_skeleton
from made_up import make_spec
from synapt.assets_manifest.assets import hdri_names
from synapt.generator.base.errors import UserError
from synapt.generator.props.table import build_props, forms_of
from synapt.generator.sampling import backdrop as backdrop_sampling
from synapt.generator.sampling import camera as camera_sampling
from synapt.generator.sampling import light as light_sampling
from synapt.generator.scene.backdrop import BACKDROPS
from synapt.generator.scene.stage import stage
from synapt.generator.skeletons import N_BONES
from synapt.generator.values import BackdropSpec, PropSpec

KINDS = tuple(BACKDROPS)
MOTIONS = ("stand", "walk", "run", "lie")


def made_scene(seed, kind, movement="stand", props=(), **changes):
    rng = np.random.default_rng(seed)
    performance = made_performance(movement, frames=8, fps=2.0, heading=float(seed))
    path = np.tile(np.eye(4), (8, 1, 1))
    path[:, :3, 3] = performance.performers[0].pelvis_m + np.array([0.3, 0.0, 0.2])
    performance = dataclasses.replace(performance, props={p.name: path for p in props})
    drawn = {
        "camera": camera_sampling.draw(rng, rng.random()),
        "light": light_sampling.draw(rng),
        "backdrop": backdrop_sampling.draw(rng, backdrop_sampling.Ranges(kinds={kind: 1.0})),
    }
    spec = dataclasses.replace(make_spec(), width_px=96, height_px=96, props=props, **(drawn | changes))
    return stage(spec, [made_person()], build_props(props, made_skeleton()), performance, {})


def backdrop_of(scene):
    return [mesh for mesh in scene.meshes if mesh.kind == "backdrop"]


def camera_positions(scene):
    T = scene.camera.T_camera_world
    return -np.einsum("tji,tj->ti", T[:, :3, :3], T[:, :3, 3])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_backdrops_are_small_sound_and_grounded(kind, seed):
    meshes = backdrop_of(made_scene(seed, kind, MOTIONS[seed % 4]))
    assert sum(len(mesh.faces) for mesh in meshes) < (4000 if kind in ("outdoor", "room", "studio") else 24000)
    for mesh in meshes:
        assert np.isfinite(mesh.vertices_m).all() and mesh.faces.max() < len(mesh.vertices_m)
        assert len(mesh.materials) == mesh.material_of_face.max() + 1
    ground = meshes[0]
    corners = ground.vertices_m[ground.faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    level = np.abs(corners[..., 2]).max(axis=1) < 1e-6
    assert level.any() and (normals[level, 2] > 0).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_nothing_stands_between_lens_and_person(kind, seed):
    scene = made_scene(seed, kind, MOTIONS[seed % 4])
    triangles = np.concatenate([m.vertices_m[m.faces] for m in backdrop_of(scene)]).astype(float)
    eyes, targets = camera_positions(scene), scene.performance.performers[0].pelvis_m
    assert not blocked(eyes, targets, triangles).any()


def blocked(starts, ends, triangles):
    """(T,) whether a segment crosses a triangle (Moeller-Trumbore), ends excluded."""
    a, e1, e2 = triangles[:, 0], triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    out = []
    for start, end in zip(starts, ends, strict=True):
        d = end - start
        p = np.cross(d, e2)
        det = np.einsum("fi,fi->f", e1, p)
        det = np.where(np.abs(det) < 1e-12, np.inf, det)
        s = start - a
        u, q = np.einsum("fi,fi->f", s, p) / det, np.cross(s, e1)
        v, t = q @ d / det, np.einsum("fi,fi->f", e2, q) / det
        out.append(((u >= 0) & (v >= 0) & (u + v <= 1) & (t > 1e-6) & (t < 0.999)).any())
    return np.array(out)


@pytest.mark.parametrize("seed", range(8))
def test_a_room_hides_what_is_outside(seed):
    """Rays through the frame's corners end on floor, wall, ceiling, furniture or in a window, never beside a wall."""
    no_windows = {f"wall{w}_windows": 0.0 for w in range(4)}
    rng = np.random.default_rng([seed, 9])
    room = backdrop_sampling.draw(rng, backdrop_sampling.Ranges(kinds={"room": 1.0}))
    room = BackdropSpec("room", room.surfaces, room.params | no_windows)
    scene = made_scene(seed, "room", MOTIONS[seed % 4], backdrop=room)
    triangles = np.concatenate([m.vertices_m[m.faces] for m in backdrop_of(scene)]).astype(float)
    eyes = camera_positions(scene)
    for x in (1.0, 48.0, 95.0):
        for y in (1.0, 48.0, 95.0):
            rays = np.linalg.inv(scene.camera.K_px) @ np.array([x, y, 1.0])
            ends = eyes + 200.0 * np.einsum("tji,tj->ti", scene.camera.T_camera_world[:, :3, :3], rays)
            assert blocked(eyes, ends, triangles).all()


def test_same_spec_same_scene():
    first, second = made_scene(4, "room"), made_scene(4, "room")
    for a, b in zip(first.meshes, second.meshes, strict=True):
        np.testing.assert_array_equal(a.vertices_m, b.vertices_m)
        np.testing.assert_array_equal(a.transforms, b.transforms)
    np.testing.assert_array_equal(first.camera.T_camera_world, second.camera.T_camera_world)


def test_props_ride_along_and_are_kept_in_view():
    scene = made_scene(1, "outdoor", "walk", (PropSpec("ball", "ball", 0.2, (), forms=forms_of("ball", 0)),))
    ball = next(mesh for mesh in scene.meshes if mesh.kind == "prop")
    assert ball.transforms.shape == (8, 1, 3, 4)
    center = np.concatenate([ball.transforms[:, 0, :, 3], np.ones((8, 1))], axis=1)
    pixels = np.einsum("tij,tj->ti", scene.camera.K_px, np.einsum("tij,tj->ti", scene.camera.T_camera_world, center)[:, :3])
    at = pixels[:, :2] / pixels[:, 2:]
    assert ((at > 0) & (at < 96)).all()
    assert [person.transforms.shape for person in scene.people] == [(8, N_BONES, 3, 4)]


def test_a_prop_without_a_path_is_answered():
    prop = (PropSpec("cup", "cup", 1.0, (), forms=forms_of("cup", 0)),)
    rng = np.random.default_rng(0)
    spec = dataclasses.replace(make_spec(), camera=camera_sampling.draw(rng, rng.random()), light=light_sampling.draw(rng))
    with pytest.raises(UserError, match="cup"):
        stage(spec, [made_person()], build_props(prop, made_skeleton()), made_performance(), {})
    with pytest.raises(UserError, match="unknown backdrop"):
        made_scene(0, "room", backdrop=BackdropSpec("moon", {}, {}))
    with pytest.raises(UserError, match="no surface"):
        made_scene(0, "room", backdrop=BackdropSpec("outdoor", {}, {}))


def with_light(**changes):
    return dataclasses.replace(light_sampling.draw(np.random.default_rng(0)), **changes)


def test_no_room_is_shown_as_a_sky():
    for name in hdri_names("indoor"):
        assert made_scene(0, "outdoor", light=with_light(hdri=name)).light.hdri_path is None
        assert made_scene(0, "room", light=with_light(hdri=name)).light.hdri_path.endswith(f"{name}.exr")


def test_sun_shines_from_where_the_map_shows_it():
    turned = [made_scene(0, "outdoor", light=with_light(hdri="city", yaw_rad=y)).light.sun_direction for y in (0.0, 1.0)]
    assert turned[0][2] < -0.5
    angles = [np.arctan2(d[1], d[0]) for d in turned]
    assert (angles[1] - angles[0]) % (2 * np.pi) == pytest.approx(1.0)


def test_dark_maps_are_exposed_longer():
    night, city = (made_scene(0, "outdoor", light=with_light(hdri=n, exposure_ev=0.0)).light for n in ("night", "city"))
    assert night.exposure_ev > 2.0 > 0.0 > city.exposure_ev


def test_lamps_hang_inside_the_room():
    scene = made_scene(2, "room", light=with_light(lamps=light_sampling.draw(np.random.default_rng(5)).lamps))
    walls = next(mesh for mesh in backdrop_of(scene) if mesh.name == "walls").vertices_m
    for lamp in scene.light.lamps:
        assert 1.5 < lamp.position_m[2] < walls[:, 2].max()
