"""Blender opens an exported GLB: one armature with every joint, and a skin that moves as the clip's own surface."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import cKDTree
from synapt.generator.export.glb import glb
from synapt.generator.render.mesh import posed
from test_export import cloud, moving, scene_of

IMPORT = """
import json, os, sys
import bpy
bpy.ops.wm.read_factory_settings(use_empty=True)
bpy.context.scene.render.fps = 30
bpy.ops.import_scene.gltf(filepath=sys.argv[1])
skin = bpy.data.objects["a skin"]
bones = [len(thing.data.bones) for thing in bpy.data.objects if thing.type == "ARMATURE"]
shapes = {}
for t in (0, 4, 11):
    bpy.context.scene.frame_set(t)
    seen = skin.evaluated_get(bpy.context.evaluated_depsgraph_get())
    shapes[t] = [list(seen.matrix_world @ v.co) for v in seen.to_mesh().vertices]
with open(sys.argv[2], "w") as file:
    json.dump({"bones": bones, "shapes": shapes}, file)
os._exit(0)
"""


@pytest.mark.slow
def test_blender_moves_the_skin_as_the_clip_does(tmp_path: Path) -> None:
    scene = scene_of(moving(), [cloud(np.arange(55), 4)])
    (tmp_path / "clip.glb").write_bytes(glb(scene, "clip")[0])
    words = [sys.executable, "-c", IMPORT, str(tmp_path / "clip.glb"), str(tmp_path / "seen.json")]
    subprocess.run(words, check=True, timeout=300, capture_output=True)
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert seen["bones"] == [55]
    true = posed(scene.people[0])[:, np.unique(scene.people[0].faces)]
    for t, vertices in seen["shapes"].items():
        found, wanted = cKDTree(vertices), cKDTree(true[int(t)])
        assert max(found.query(wanted.data)[0].max(), wanted.query(found.data)[0].max()) < 1e-3
