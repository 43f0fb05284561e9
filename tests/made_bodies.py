"""Bodies for tests of dressing: anny's, and one that has no helper geometry, as SMPL-X has none."""

from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from synapt.generator.body import load_body
from synapt.generator.body.piece import sparse_weights
from synapt.generator.sampling import body as bodies
from synapt.generator.values import Weights


def anny_body(seed):
    """A drawn person: (BodySpec, ShapedBody)."""
    spec = bodies.draw(np.random.default_rng(seed), bodies.Ranges(), "anny", f"p{seed}")
    return spec, load_body("anny").shaped(spec)


def bare_mesh_body(body):
    """The same body as a model without helpers would give it: skin and eyeballs only, vertices renumbered."""
    hidden = np.zeros(len(body.faces), bool)
    for name in ("teeth", "tongue"):
        hidden[body.regions[f"{name}_of_faces"]] = True
    used, faces = np.unique(body.faces[~hidden], return_inverse=True)
    weights: sp.csr_matrix = sparse_weights(body.weights)[used]
    return replace(
        body,
        model="bare",
        vertices_m=body.vertices_m[used],
        faces=faces.reshape(-1, 3).astype(np.int32),
        uv=body.uv[~hidden],
        part_of_face=body.part_of_face[~hidden],
        weights=Weights(weights.indptr.astype(np.int32), weights.indices.astype(np.int16), weights.data.astype(np.float32)),
        regions={},
    )
