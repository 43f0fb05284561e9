"""SMPL-X bodies from the user's own model files, by a small loader of the documented arrays.

`posedirs`, the corrections that depend on the pose, are not applied: every renderer here gets a rest mesh and
joint transforms. Regions: only `left_eye_of_faces` and `right_eye_of_faces`; there is no helper geometry, so
clothes are made as shells over the skin.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..base.bounded import BROKEN, read_npz
from ..base.cache import cache_dir
from ..base.errors import UserError
from ..base.reasons import reason_of
from ..skeletons import JOINT, LANDMARKS, PART_OF_JOINT, SMPLX_PARENTS
from ..values import Array, BodySpec, Landmark, Skeleton
from .anatomy import landmark_joint
from .protocol import ShapedBody
from .skinning import csr_weights
from .tpose import blend

N_VERTICES = 10475
"""Vertices of the published SMPL-X mesh."""

_KNOWN_VERTEX = {
    "nose": 9120, "left_eye": 9448, "right_eye": 9929, "left_ear": 6, "right_ear": 616,
    "left_thumb_tip": 5361, "left_index_tip": 4933, "left_middle_tip": 5058,
    "right_thumb_tip": 8079, "right_index_tip": 7669, "right_middle_tip": 7794,
    "left_toe": 5770, "right_toe": 8463, "left_heel": 8846, "right_heel": 8635,
}  # fmt: skip
"""Landmarks of the published mesh, after the `smplx` package's `vertex_ids.py`."""

_DIRECTION = {
    "nose": (0, 0, 1), "mouth": (0, -0.6, 1), "chin": (0, -1, 1), "forehead": (0, 1, 1), "crown": (0, 1, 0),
    "eye": (0, 0, 1), "ear": (1, 0, 0), "palm": (0, -1, 0), "knuckles": (0, 1, 0), "index_tip": (1, 0, 0),
    "middle_tip": (1, 0, 0), "thumb_tip": (1, 0, 0.5), "heel": (0, -1, -0.5), "ball": (0, -1, 0),
    "toe": (0, -0.3, 1), "kneecap": (0, 0, 1), "chest_front": (0, 0, 1), "belly": (0, 0, 1),
    "back": (0, 0, -1), "seat": (0, -1, -1),
}  # fmt: skip
"""Where else a landmark lies on its joint's skin: farthest along this direction (x outwards on both sides)."""

MOST_BYTES = 1 << 30
"""Of a model's arrays; the published ones that are read take a fifth of it."""

_FILE = "SMPLX_"
"""How the names of model files begin; NEUTRAL, FEMALE or MALE follows."""

_KEYS = ("v_template", "shapedirs", "J_regressor", "weights", "f", "kintree_table")


class SmplxBody:
    """Body model over SMPLX_NEUTRAL, SMPLX_MALE and SMPLX_FEMALE.npz; a missing sex uses neutral."""

    name = "smplx"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = lru_cache(maxsize=3)(self._read)
        self._shaped = lru_cache(maxsize=8)(self._shape)

    def shaped(self, spec: BodySpec) -> ShapedBody:
        """Body of one identity; `spec.shape` holds beta0, beta1, ... Its arrays are remembered: read only.

        Raises `UserError` for other parameters and for missing or damaged model files.
        """
        path = _model_path(self._folder, spec.sex)
        n_betas = _n_betas(self._file(path)["shapedirs"].shape[2])
        betas = np.zeros(n_betas)
        for name, value in spec.shape.items():
            number = name.removeprefix("beta")
            if name == number or not number.isdecimal() or int(number) >= n_betas:
                raise UserError(f"unknown shape parameter '{name}' of body smplx; use beta0 to beta{n_betas - 1}")
            betas[int(number)] = value
        return self._shaped(path, tuple(betas.tolist()))

    def _shape(self, path: Path, betas: tuple[float, ...]) -> ShapedBody:
        file = self._file(path)
        directions = np.moveaxis(file["shapedirs"], 2, 0)
        vertices = blend(file["v_template"], directions, np.array(betas))
        joints = np.einsum("jv,vd->jd", file["J_regressor"], vertices)
        owner, faces = file["weights"].argmax(axis=1), file["f"].astype(np.int32)
        regions = {
            f"{eye}_of_faces": np.flatnonzero((owner[faces] == JOINT[eye]).all(axis=1)).astype(np.int32)
            for eye in ("left_eye", "right_eye")
        }
        return ShapedBody(
            model=self.name,
            skeleton=replace(_skeleton(vertices, joints, owner), gender=path.stem.removeprefix(_FILE).lower()),
            vertices_m=vertices.astype(np.float32),
            faces=faces,
            uv=file["uv"],
            part_of_face=np.array(PART_OF_JOINT, np.int16)[file["weights"][faces].sum(axis=1).argmax(axis=1)],
            weights=csr_weights(file["weights"]),
            betas=np.array(betas),
            regions=regions,
        )

    def _read(self, path: Path) -> dict[str, Array]:
        """The needed arrays of a model file, checked."""
        try:
            arrays = read_npz(path, MOST_BYTES, (*_KEYS, "vt", "ft"))
        except BROKEN as error:
            raise UserError(f"{path} cannot be read as a SMPL-X model ({reason_of(error)}); download it again") from error
        if missing := [key for key in _KEYS if key not in arrays]:
            raise UserError(f"{path} lacks {', '.join(missing)}; it is not an SMPL-X v1.1 .npz: {_WHERE}")
        parents = arrays["kintree_table"][0].astype(np.int64)
        if tuple(parents[1:]) != SMPLX_PARENTS[1:]:
            raise UserError(f"{path} has {len(parents)} joints that are not SMPL-X's 55; {_WHERE}")
        arrays["uv"] = _uv(arrays)
        return arrays


_WHERE = (
    "register at https://smpl-x.is.tue.mpg.de (non-commercial licence), download SMPL-X v1.1 and put "
    "SMPLX_NEUTRAL.npz, SMPLX_MALE.npz and SMPLX_FEMALE.npz into"
)


def model_folder() -> Path:
    """Where the user's model files are looked for: $SYNAPT_SMPLX_DIR, or `smplx` in the cache folder."""
    override = os.environ.get("SYNAPT_SMPLX_DIR")
    return Path(override) if override else cache_dir() / "smplx"


def load() -> SmplxBody:
    """The SMPL-X body model. Raises `UserError`, saying where to get the files, if there is none."""
    folder = model_folder()
    if not any(folder.glob(f"{_FILE}*.npz")):
        raise UserError(f"no SMPL-X model file in {folder}; {_WHERE} {folder} (or set SYNAPT_SMPLX_DIR)")
    return _loaded(folder)


@lru_cache(maxsize=2)
def _loaded(folder: Path) -> SmplxBody:
    return SmplxBody(folder)


def _model_path(folder: Path, sex: str) -> Path:
    """The file of a sex, else the neutral one; raises `UserError` if there is neither."""
    for name in (sex, "neutral"):
        path = folder / f"{_FILE}{name.upper()}.npz"
        if path.is_file():
            return path
    raise UserError(f"no SMPL-X model of sex '{sex}' and no neutral one in {folder}; {_WHERE} {folder}")


def _n_betas(n_directions: int) -> int:
    """Shape directions of a file: the published layouts are 300 + 100 and 10 + 10 (shape + expression)."""
    return 300 if n_directions >= 400 else min(10, n_directions)


def _uv(arrays: dict[str, Array]) -> Array:
    """(F, 3, 2) float32: the file's own texture coordinates, or a projection from the front without them."""
    if "vt" in arrays and "ft" in arrays:
        return arrays["vt"][arrays["ft"].astype(np.int64)].astype(np.float32)
    flat = 0.5 + 0.5 * arrays["v_template"][:, :2] / np.abs(arrays["v_template"]).max()
    return flat[arrays["f"].astype(np.int64)].astype(np.float32)


def _skeleton(vertices: Array, joints: Array, owner: Array) -> Skeleton:
    landmarks = {}
    for name in LANDMARKS:
        joint = landmark_joint(name)
        landmarks[name] = Landmark(joint, _landmark(name, joint, vertices, joints, owner) - joints[joint])
    gaps = np.linalg.norm(vertices[None] - joints[:, None], axis=2)
    return Skeleton(joints, landmarks, np.sort(gaps, axis=1)[:, :24].mean(axis=1))


def _landmark(name: str, joint: int, vertices: Array, joints: Array, owner: Array) -> Array:
    """A known vertex, else the joint's farthest skin along the landmark's direction, else the joint itself."""
    if len(vertices) == N_VERTICES and name in _KNOWN_VERTEX:
        return vertices[_KNOWN_VERTEX[name]]
    side, _, rest = name.partition("_")
    direction = np.array(_DIRECTION[rest if side in ("left", "right") else name], np.float64)
    direction[0] *= -1.0 if side == "right" else 1.0
    skin = np.flatnonzero(owner == joint)
    if len(skin) == 0:
        return joints[joint]
    return vertices[skin[np.argmax((vertices[skin] - joints[joint]) @ direction)]]
