"""How much `synapt render` costs over a bare bpy loop that renders the same meshes at the same settings.

    python benchmarks/blender_overhead.py [--n 14] [--first 10] [--action waving] [--workers 1] [--size 256] [--fps 15]

The whole command is timed from its tenth clip on (by when each video appears), against a loop that has the posed
vertices and textures of the same clips ready in memory and does nothing but build, move, render to a file. It
shares no code with the backend. The command runs before and after the loop, so that a drifting machine shows.
"""

from __future__ import annotations

import argparse
import math
import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

# ---------------------------------------------------------------- the bare loop (runs in a child process)


def bare_scene(bpy: Any, clip: dict[str, Any]) -> tuple[list[Any], Any]:
    """Build one clip: what anybody would write who had these arrays and wanted these pictures."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine, scene.render.use_persistent_data = "CYCLES", True
    scene.render.resolution_x, scene.render.resolution_y = clip["size"]
    scene.render.image_settings.file_format = "BMP"
    scene.render.threads_mode, scene.render.threads = "FIXED", len(os.sched_getaffinity(0))
    scene.render.use_compositing = scene.render.use_sequencer = False
    for name, value in clip["cycles"].items():
        setattr(scene.cycles, name, value)
    scene.view_settings.view_transform, scene.view_settings.look = "AgX", "AgX - Medium High Contrast"
    things = []
    for mesh in clip["meshes"]:
        data = bpy.data.meshes.new("mesh")
        n_faces, first = len(mesh["faces"]), mesh["posed"][0]
        data.vertices.add(len(first))
        data.loops.add(3 * n_faces)
        data.polygons.add(n_faces)
        data.vertices.foreach_set("co", first.ravel())
        data.loops.foreach_set("vertex_index", mesh["faces"].ravel())
        data.polygons.foreach_set("loop_start", np.arange(0, 3 * n_faces, 3, dtype=np.int32))
        data.polygons.foreach_set("use_smooth", np.full(n_faces, mesh["smooth"]))
        for albedo, roughness, metallic in mesh["materials"]:
            data.materials.append(bare_material(bpy, albedo, roughness, metallic))
        data.polygons.foreach_set("material_index", mesh["material_of_face"])
        data.uv_layers.new().data.foreach_set("uv", mesh["uv"].ravel())
        data.update(calc_edges=True)
        thing = bpy.data.objects.new("mesh", data)
        scene.collection.objects.link(thing)
        things.append(thing)
    bare_light(bpy, clip)
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.data.sensor_fit = "HORIZONTAL"
    scene.collection.objects.link(camera)
    scene.camera = camera
    return things, camera


def bare_material(bpy: Any, albedo: Any, roughness: float, metallic: float) -> Any:
    image = bpy.data.images.new("albedo", albedo.shape[1], albedo.shape[0])
    image.pixels.foreach_set(albedo.ravel())
    material = bpy.data.materials.new("material")
    material.use_nodes = True
    tree = material.node_tree
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    shader = tree.nodes["Principled BSDF"]
    shader.inputs["Roughness"].default_value, shader.inputs["Metallic"].default_value = roughness, metallic
    tree.links.new(node.outputs["Color"], shader.inputs["Base Color"])
    return material


def bare_light(bpy: Any, clip: dict[str, Any]) -> None:
    scene, light = bpy.context.scene, clip["light"]
    world = scene.world = bpy.data.worlds.new("world")
    world.use_nodes = True
    world.cycles.sampling_method, world.cycles.sample_map_resolution = "MANUAL", 512
    background = world.node_tree.nodes["Background"]
    background.inputs["Strength"].default_value = 2.0 ** light["exposure_ev"]
    background.inputs["Color"].default_value = (1, 1, 1, 1)
    if light["hdri"]:
        node = world.node_tree.nodes.new("ShaderNodeTexEnvironment")
        node.image = bpy.data.images.load(light["hdri"])
        world.node_tree.links.new(node.outputs["Color"], background.inputs["Color"])
    from mathutils import Vector

    for kind, energy, size, position, direction in light["lamps"]:
        lamp = bpy.data.lights.new("lamp", type=kind)
        lamp.energy = energy
        if kind == "AREA":
            lamp.size = size
        thing = bpy.data.objects.new("lamp", lamp)
        thing.location, thing.visible_camera = position, False
        thing.rotation_euler = Vector(direction).to_track_quat("-Z", "Y").to_euler()
        scene.collection.objects.link(thing)


def bare_loop(folder: Path) -> None:
    """Render every clip of a folder and write each one's seconds; the first is done twice, once to warm up."""
    clips = [pickle.loads(path.read_bytes()) for path in sorted(folder.glob("*.pickle"))]
    import bpy

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    path = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").exists() else None)) / "frame.bmp"
    seconds = []
    for clip in (clips[0], *clips):
        start = time.perf_counter()
        things, camera = bare_scene(bpy, clip)
        bpy.context.scene.render.filepath = str(path)
        for t in range(clip["n_frames"]):
            for thing, mesh in zip(things, clip["meshes"], strict=True):
                if t and len(mesh["posed"]) > 1:
                    thing.data.vertices.foreach_set("co", mesh["posed"][t].ravel())
                    thing.data.update()
            camera.data.lens, camera.data.shift_x, camera.data.shift_y = clip["lens"][t]
            camera.matrix_world = clip["camera"][t]
            bpy.ops.render.render(write_still=True)
        seconds.append(time.perf_counter() - start)
    (folder / "seconds.txt").write_text("\n".join(map(str, seconds[1:])))
    path.unlink()
    path.parent.rmdir()
    os._exit(0)


# ---------------------------------------------------------------- the same clips, written down for the loop


def arrays(scene: Any, quality: Any) -> dict[str, Any]:
    """Everything of a Scene that the bare loop needs, in the form that bpy takes."""
    from synapt.generator.render.blender import settings
    from synapt.generator.render.mesh import posed

    tier, light = settings.tier(scene, quality), scene.light
    meshes = []
    for mesh in scene.meshes:
        materials = []
        for material in mesh.materials:
            rgba = np.ones((*material.albedo.shape[:2], 4), np.float32)
            rgba[..., :3] = material.albedo[::-1] / 255.0
            materials.append((rgba, material.roughness, material.metallic))
        meshes.append(
            {
                "faces": mesh.faces.astype(np.int32),
                "posed": posed(mesh),
                "smooth": mesh.smooth,
                "uv": mesh.uv,
                "material_of_face": mesh.material_of_face.astype(np.int32),
                "materials": materials,
            }
        )
    lamps = [
        ("AREA", lamp.power_w, lamp.size_m, lamp.position_m, tuple(light.stage_center_m - np.array(lamp.position_m)))
        for lamp in light.lamps
    ]
    if light.sun_strength > 0:
        lamps.append(("SUN", light.sun_strength, 0.0, (0.0, 0.0, 0.0), tuple(light.sun_direction)))
    cycles = {
        "samples": tier.samples, "max_bounces": tier.bounces, "diffuse_bounces": tier.bounces,
        "glossy_bounces": min(tier.bounces, 2), "use_adaptive_sampling": False, "use_light_tree": False,
        "caustics_reflective": False, "caustics_refractive": False, "use_denoising": True,
        "denoiser": "OPENIMAGEDENOISE", "denoising_input_passes": "RGB_ALBEDO_NORMAL",
        "denoising_prefilter": "FAST", "denoising_quality": "FAST",
    }  # fmt: skip
    frames = range(scene.n_frames)
    return {
        "meshes": meshes, "cycles": cycles, "n_frames": scene.n_frames,
        "size": (scene.camera.width_px, scene.camera.height_px),
        "light": {"hdri": light.hdri_path, "exposure_ev": light.exposure_ev, "lamps": lamps},
        "lens": [settings.lens(scene.camera, t) for t in frames],
        "camera": [settings.camera_matrix(scene.camera, t).T.tolist() for t in frames],
    }  # fmt: skip


def write_down(folder: Path, action: str, indices: range, out: Path) -> int:
    """Pickle the arrays of the clips that the command made; returns their number of frames."""
    import msgspec
    from synapt.generator.pipeline import make_scene
    from synapt.generator.values import ClipSpec

    frames = 0
    for i in indices:
        text = (out / "specs" / action / f"{action}-{i:06d}.json").read_bytes()
        clip = arrays(make_scene(msgspec.json.decode(text, type=ClipSpec)), "standard")
        (folder / f"{i:06d}.pickle").write_bytes(pickle.dumps(clip))
        frames += clip["n_frames"]
    return frames


def time_bare(folder: Path) -> float:
    """Seconds of the bare loop over the pickled clips."""
    subprocess.run([sys.executable, __file__, "--bare", folder], check=True)
    return math.fsum(map(float, (folder / "seconds.txt").read_text().split()))


def time_command(out: Path, options: argparse.Namespace) -> float:
    """Seconds from the video before clip number `first` (from 1) to the last video."""
    command = [Path(sys.executable).with_name("synapt"), "render", "--out", out, "--quality", "standard"]
    for name in ("action", "n", "workers", "size", "fps"):
        command += [f"--{name}", str(getattr(options, name))]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    done = sorted(path.stat().st_mtime_ns for path in (out / "clips").rglob("*.mp4"))
    return (done[-1] - done[options.first - 2]) / 1e9


def main() -> None:
    """Time both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=14)
    parser.add_argument("--first", type=int, default=10)
    parser.add_argument("--action", default="waving")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--fps", type=float, default=15.0)
    parser.add_argument("--bare", type=Path)
    options = parser.parse_args()
    if options.bare is not None:
        bare_loop(options.bare)
    with tempfile.TemporaryDirectory() as temporary:
        folder, out = Path(temporary, "clips"), Path(temporary, "out")
        folder.mkdir()
        ours = time_command(out, options)
        action = next((out / "clips").iterdir()).name
        frames = write_down(folder, action, range(options.first - 1, options.n), out)
        bare = time_bare(folder)
        again = time_command(Path(temporary, "again"), options)
    print(f"{options.n - options.first + 1} clips, {frames} frames, {os.cpu_count()} cores")
    print(f"synapt render  {ours:8.2f} s  {ours / frames:.4f} s/frame   again {again:.2f} s")
    print(f"bare bpy loop  {bare:8.2f} s  {bare / frames:.4f} s/frame")
    print(f"ratio          {ours / bare:8.3f}  again {again / bare:.3f}")


if __name__ == "__main__":
    main()
