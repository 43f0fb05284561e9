"""Fill an empty Blender file with a Scene: meshes, materials, world, lamps and camera.

`bpy` is handed in by `blender.py`, which alone imports it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ...base.colour import to_linear
from ...base.errors import UserError
from ...skeletons import SURFACE
from ...values import Array, Light, Material, Mesh, Scene
from ..environment import GREY_SKY, PLAIN_SKY, check_map
from ..raster.shade import MATTE
from .settings import SENSOR_MM, Tier, check_faces

SUN_DIAMETER_RAD = 0.0093
"""Angular diameter of the sun seen from earth (0.53 degrees): how soft its shadows are."""


# ---------------------------------------------------------------- meshes and what covers them


def add_mesh(bpy: Any, mesh: Mesh, vertices_m: Array, materials: list[Any]) -> Any:
    """Blender object of a mesh: vertices_m (V, 3) its first positions, `materials` one per mesh.materials."""
    check_faces(mesh.name, mesh.faces, len(vertices_m))
    n_faces = len(mesh.faces)
    data = bpy.data.meshes.new(mesh.name)
    data.vertices.add(len(vertices_m))
    data.loops.add(3 * n_faces)
    data.polygons.add(n_faces)
    data.vertices.foreach_set("co", np.ascontiguousarray(vertices_m, dtype=np.float32).ravel())
    data.loops.foreach_set("vertex_index", np.ascontiguousarray(mesh.faces, dtype=np.int32).ravel())
    data.polygons.foreach_set("loop_start", np.arange(0, 3 * n_faces, 3, dtype=np.int32))
    for material in materials:
        data.materials.append(material)
    data.polygons.foreach_set("material_index", mesh.material_of_face.astype(np.int32))
    data.polygons.foreach_set("use_smooth", np.full(n_faces, mesh.smooth))
    uv = data.uv_layers.new(name="uv")
    uv.data.foreach_set("uv", np.ascontiguousarray(mesh.uv, dtype=np.float32).ravel())
    data.update(calc_edges=True)
    thing = bpy.data.objects.new(mesh.name, data)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def move_vertices(thing: Any, vertices_m: Array) -> None:
    """Put an object's vertices at (V, 3) world positions."""
    thing.data.vertices.foreach_set("co", np.ascontiguousarray(vertices_m, dtype=np.float32).ravel())
    thing.data.update()


def texture(bpy: Any, name: str, albedo: Array) -> Any:
    """Blender image of an (H, W, 3) uint8 sRGB array whose first row is the top."""
    height, width = albedo.shape[:2]
    image = bpy.data.images.new(name, width, height, alpha=False)
    image.colorspace_settings.name = "sRGB"
    rgba = np.ones((height, width, 4), dtype=np.float32)
    rgba[..., :3] = albedo[::-1].astype(np.float32) / 255.0
    image.pixels.foreach_set(rgba.ravel())
    image.update()
    return image


def add_material(bpy: Any, material: Material, subsurface: float) -> Any:
    """Principled material with the albedo as its colour; `subsurface` 0..1 lets light into skin."""
    made = bpy.data.materials.new(material.name)
    made.use_nodes = True
    tree = made.node_tree
    shader = tree.nodes["Principled BSDF"]
    shader.inputs["Roughness"].default_value = float(material.roughness)
    shader.inputs["Metallic"].default_value = float(material.metallic)
    if material.roughness >= MATTE:
        shader.inputs["Specular IOR Level"].default_value = 0.0
    if subsurface > 0:
        shader.inputs["Subsurface Weight"].default_value = subsurface
        shader.inputs["Subsurface Radius"].default_value = (1.0, 0.35, 0.2)  # red goes deepest
        shader.inputs["Subsurface Scale"].default_value = 0.01  # m
    image = tree.nodes.new("ShaderNodeTexImage")
    image.image = texture(bpy, material.name, material.albedo)
    if material.glow > 0:
        shader.inputs["Base Color"].default_value = (0.0, 0.0, 0.0, 1.0)
        shader.inputs["Specular IOR Level"].default_value = 0.0
        shader.inputs["Emission Strength"].default_value = float(material.glow)
        tree.links.new(image.outputs["Color"], shader.inputs["Emission Color"])
    else:
        tree.links.new(image.outputs["Color"], shader.inputs["Base Color"])
    return made


def add_materials(bpy: Any, mesh: Mesh, tier: Tier) -> list[Any]:
    """The materials of a mesh; those on faces of skin get the tier's subsurface."""
    skin = set(mesh.material_of_face[mesh.surface_of_face == SURFACE["skin"]].tolist())
    return [add_material(bpy, material, tier.skin_subsurface if i in skin else 0.0) for i, material in enumerate(mesh.materials)]


def add_emitter(bpy: Any, name: str, level: float) -> Any:
    """Material that shines evenly at `level` and reflects nothing: for masks and markers."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    tree = made.node_tree
    emission = tree.nodes.new("ShaderNodeEmission")
    emission.inputs["Color"].default_value = (level, level, level, 1.0)
    tree.links.new(emission.outputs["Emission"], tree.nodes["Material Output"].inputs["Surface"])
    return made


# ---------------------------------------------------------------- light


def add_world(bpy: Any, light: Light) -> None:
    """Environment: a map turned by yaw_rad about +z (counter-clockwise from above), 2^exposure_ev bright.

    The map's centre column faces world +x at yaw 0, columns to the right lie clockwise of it.
    """
    world = bpy.data.worlds.new("world")
    bpy.context.scene.world = world
    world.use_nodes = True
    # Blender's default builds the importance map anew at its full size: 1.2 s per clip for nothing.
    world.cycles.sampling_method = "MANUAL"
    world.cycles.sample_map_resolution = 512
    nodes, links = world.node_tree.nodes, world.node_tree.links
    sky, output = nodes["Background"], nodes["World Output"]
    sky.inputs["Strength"].default_value = 2.0**light.exposure_ev
    sky.inputs["Color"].default_value = (*GREY_SKY, 1.0)
    if light.sky is not None or light.hdri_path is not None:
        links.new(_environment(bpy, nodes, light), sky.inputs["Color"])
    if light.hdri_visible:
        return
    plain = nodes.new("ShaderNodeBackground")
    plain.inputs["Color"].default_value = (*PLAIN_SKY, 1.0)
    mix, path = nodes.new("ShaderNodeMixShader"), nodes.new("ShaderNodeLightPath")
    links.new(path.outputs["Is Camera Ray"], mix.inputs[0])
    links.new(sky.outputs[0], mix.inputs[1])
    links.new(plain.outputs[0], mix.inputs[2])
    links.new(mix.outputs[0], output.inputs["Surface"])


def _environment(bpy: Any, nodes: Any, light: Light) -> Any:
    """Colour socket of the environment map."""
    image = _map(bpy, str(light.hdri_path)) if light.sky is None else _painted(bpy, light.sky)
    environment = nodes.new("ShaderNodeTexEnvironment")
    environment.image = image
    # It turns the direction that is looked up, so the map itself turns the other way. (A mapping node would
    # take sines and cosines for every ray; this is a matrix, made once.)
    environment.texture_mapping.rotation[2] = -light.yaw_rad
    return environment.outputs["Color"]


def _map(bpy: Any, path: str) -> Any:
    """Image of a map's file, which is checked (Blender would show magenta without a word)."""
    check_map(Path(path))
    image = bpy.data.images.load(str(Path(path).resolve()))
    if image.size[0] == 0:
        raise UserError(f"environment map {path} can't be read as an image: restore the file or choose another hdri")
    return image


def _painted(bpy: Any, sky: Array) -> Any:
    """Image of a map (H, W, 3) in linear light."""
    height, width = sky.shape[:2]
    image = bpy.data.images.new("sky", width, height, alpha=False, float_buffer=True)
    image.colorspace_settings.name = "Linear Rec.709"
    rgba = np.ones((height, width, 4), dtype=np.float32)
    rgba[..., :3] = sky[::-1]
    image.pixels.foreach_set(rgba.ravel())
    image.update()
    return image


def add_lamps(bpy: Any, light: Light) -> None:
    """The sun, and the area lamps aimed at the stage centre; the camera doesn't see the lamps themselves."""
    if light.sun_strength > 0:
        sun = bpy.data.lights.new("sun", type="SUN")
        sun.energy, sun.angle = float(light.sun_strength), SUN_DIAMETER_RAD
        sun.color = [float(c) for c in light.sun_color]
        _place(bpy, sun, np.zeros(3), light.sun_direction)
    for i, spec in enumerate(light.lamps):
        lamp = bpy.data.lights.new(f"lamp{i}", type="AREA")
        lamp.energy, lamp.size, lamp.color = spec.power_w, spec.size_m, tuple(map(float, to_linear(spec.color)))
        _place(bpy, lamp, np.asarray(spec.position_m), light.stage_center_m - np.asarray(spec.position_m))


def _place(bpy: Any, lamp: Any, position_m: Array, direction: Array) -> None:
    """Link a lamp that shines along `direction` (3,); a lamp shines along its own -z."""
    z = -np.asarray(direction, dtype=np.float64) / np.linalg.norm(direction)
    x = np.cross([0.0, 1.0, 0.0] if abs(z[1]) < 0.9 else [1.0, 0.0, 0.0], z)
    x /= np.linalg.norm(x)
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = np.stack([x, np.cross(z, x), z], axis=1), position_m
    thing = bpy.data.objects.new(lamp.name, lamp)
    bpy.context.scene.collection.objects.link(thing)
    thing.matrix_world = matrix.T.tolist()  # Blender takes columns
    thing.visible_camera = False


# ---------------------------------------------------------------- camera


def add_camera(bpy: Any, scene: Scene) -> Any:
    """The camera object; `blender.py` aims it frame by frame."""
    data = bpy.data.cameras.new("camera")
    data.sensor_fit, data.sensor_width = "HORIZONTAL", SENSOR_MM
    data.clip_start, data.clip_end = 0.01, 10_000.0
    thing = bpy.data.objects.new("camera", data)
    bpy.context.scene.collection.objects.link(thing)
    render = bpy.context.scene.render
    render.resolution_x, render.resolution_y = scene.camera.width_px, scene.camera.height_px
    render.resolution_percentage = 100
    bpy.context.scene.camera = thing
    return thing
