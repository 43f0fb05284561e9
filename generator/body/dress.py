"""Dressing: from a shaped body and a look to the one mesh that is seen, and the skeleton that stands on its shoes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from ..base.errors import UserError
from ..motion.layers import bone_sets
from ..skeletons import JOINT, LAYERS, N_BONES, SURFACE
from ..values import Array, GarmentSpec, LookSpec, Material, Mesh, Skeleton, Weights
from . import mhclo, skin
from .clothes.garments import cover, cover_body, sew, shaft_of, sole_of, surface_of, width_of_legs
from .fit import Fit, measure
from .hair import cut as hair
from .headmap import head_faces, head_places, head_uv
from .piece import Piece, parts_of, pruned, sparse_weights
from .protocol import ShapedBody
from .sheet import has_helpers, whole_faces
from .told_apart import told_from_skin

MARGIN_M = 0.03
"""Skin and inner cloth are kept this far inside a hem, so that no gap shows at the edge."""


WIDE_LEGS = 0.35
"""Trousers looser than this are worn over boots."""

TUCKED = 0.3
"""Share of its distance from the leg's axis by which a trouser leg in a boot gives way, or a boot in it."""

HEM_M = 0.01
"""What a boot's shaft keeps under a suit's trouser leg, above its hem."""


def dress(body: ShapedBody, look: LookSpec, changing: Collection[str] = ()) -> tuple[Mesh, Skeleton]:
    """The dressed person at rest, and the body's skeleton with `sole_drop_m` set for the shoes, `locks_m` for the hair.

    Mesh: vertices in the rest frame, weights of N_BONES, one identity transform (1, N_BONES, 3, 4) for `stage` to replace. Layers
    that are `changing` (names of LAYERS) are put on or taken off: they, and what they hide, have bones of their own besides.
    Raises `UserError` for unknown garments, fabrics or hair, and for a look that would leave the body bare.
    """
    fit = measure(body)
    weights = sparse_weights(body.weights)
    layers = tuple(layer for layer in LAYERS if layer in changing)
    covered = [(surface_of(garment), cover_body(garment, body, fit)) for garment in look.garments]

    def depth_in(surfaces: Collection[str]) -> Array:
        return _deepest([depth for surface, depth in covered if surface in surfaces], len(body.vertices_m))

    over = {layer: depth_in([layer]) for layer in layers}
    lasting = depth_in([surface for surface, _ in covered if surface not in layers])
    kept_on = depth_in([surface for surface, _ in covered if surface not in layers or surface == "shoe"])  # feet may be bare
    check_covered(look, body, fit, kept_on)
    cloth = _clothes(told_from_skin(look.garments, look.skin), body, fit, weights, layers)
    grown = hair.grow(look.hair, body, weights, cloth)
    pieces = [*_skin(body, look, lasting, over, weights), *cloth, *grown]
    skeleton = replace(
        body.skeleton, sole_drop_m=_sole(look.garments, body), locks_m=hair.locks_of(look.hair, grown, body, cloth)
    )
    return _joined(pieces, len(layers)), replace(skeleton, layers=layers)


def shod(body: ShapedBody, look: LookSpec) -> Skeleton:
    """The skeleton that `dress` gives, but for its hair, without the work of dressing: what moving it takes."""
    return replace(body.skeleton, sole_drop_m=_sole(look.garments, body))


def check_covered(look: LookSpec, body: ShapedBody, fit: Fit, depth: Array) -> None:
    """Raise `UserError` unless the garments, `depth` (V,) of which lies over this body, cover torso, hips and feet."""
    used = body.on_skin
    y, x = body.vertices_m[used, 1], np.abs(body.vertices_m[used, 0])
    trunk = (y > fit.crotch_y - 0.06) & (y < fit.armpit_y + 0.02) & (x < 0.75 * fit.shoulder_x)
    feet = y < fit.sole_y + 0.03
    for name, where in (("torso and hips", trunk), ("feet", feet)):
        if (depth[used][where] <= 0).any():
            kinds = ", ".join(g.kind for g in look.garments) or "nothing"
            raise UserError(f"the look ({kinds}) leaves {name} bare: add a garment that covers them, or lengthen one")


def _deepest(depths: list[Array], n: int) -> Array:
    """(n,) m: depth of points inside whichever garment covers them best."""
    return np.max([np.full(n, -1.0), *depths], axis=0)


def _clothes(garments: tuple[GarmentSpec, ...], body: ShapedBody, fit: Fit, weights: sparse.csr_matrix,
             layers: Sequence[str] = ()) -> list[Piece]:  # fmt: skip
    """Pieces of all garments, without what an outer garment hides that is never taken off."""
    pieces, sets = [], bone_sets(tuple(layers))
    hem = _hem_of_suits(garments, body)
    for garment in garments:
        above = tuple(g for g in garments if _worn_over(g, garment))
        outer = tuple(g for g in above if surface_of(g) not in layers)
        for piece in sew(garment, body, fit, weights, outer):
            hidden = _deepest([cover(g, piece.points, fit) for g in outer], len(piece.points)) > MARGIN_M
            if shaft_of(garment) > 0.0:
                hidden |= piece.points[:, 1] > hem + HEM_M
            kept = pruned(piece, ~whole_faces(hidden, piece.faces)) if hidden.any() else piece
            for over in (g for g in above if shaft_of(garment) > 0.0 or shaft_of(g) > 0.0):
                kept = replace(kept, points=_tucked(kept.points, cover(over, kept.points, fit), fit))
            if surface_of(garment) in layers:
                pieces.append(replace(kept, bones=sets[surface_of(garment), True]))
            else:
                changing = [g for g in above if g not in outer]
                depths = {surface_of(g): cover(g, kept.points, fit) for g in changing}
                hides = _hiding(depths, kept.faces, layers)
                pieces += [replace(pruned(kept, part), bones=at) for at, part in hides] if len(hides) > 1 else [kept]
    return pieces


def _hiding(depths: dict[str, Array], faces: Array, layers: Sequence[str]) -> list[tuple[int, Array]]:
    """Which faces (F,) bool each set of bones moves, by how deep (V,) m their points lie in the layers that change.

    The body's own bones move those that none of them hides.
    """
    sets, free, parts = bone_sets(tuple(layers)), np.ones(len(faces), bool), []
    for layer, depth in depths.items():
        hidden = free & whole_faces(depth > MARGIN_M, faces)
        free &= ~hidden
        parts += [(sets[layer, False], hidden)] if hidden.any() else []
    return [(0, free), *parts]


def _worn_over(outer: GarmentSpec, inner: GarmentSpec) -> bool:
    """Whether a garment goes over another: later layers do; wide trousers fall over boots, and narrow ones go into them."""
    if outer.layer != inner.layer:
        return outer.layer > inner.layer
    legs, boots = (outer, inner) if shaft_of(inner) > 0.0 else (inner, outer)
    wide = width_of_legs(legs)
    return wide is not None and shaft_of(boots) > 0.0 and (wide > WIDE_LEGS) == (legs is outer)


def _tucked(points: Array, depth: Array, fit: Fit) -> Array:
    """A trouser leg's cloth in a boot, or a boot's shaft in a trouser leg: (N, 3) drawn in to the leg, `depth` (N,) m inside."""
    x, z = fit.leg_axis(points[:, 1])
    axis = np.stack([np.sign(points[:, 0]) * x, points[:, 1], z + 0.0 * x], axis=1)
    return points + (axis - points) * (TUCKED * np.clip(depth / MARGIN_M, 0.0, 1.0))[:, None]


def _hem_of_suits(garments: tuple[GarmentSpec, ...], body: ShapedBody) -> float:
    """How far down (m) loaded suits reach; infinity without one. They know no cloth but their own, so boots go under them."""
    suits = [mhclo.load(g.kind) for g in garments if mhclo.is_asset(g.kind)]
    nothing = sparse.csr_matrix((len(body.vertices_m), N_BONES))
    lowest = [float(mhclo.fitted(suit, body, nothing)[0][:, 1].min()) for suit in suits if suit.kind == "suit"]
    return min(lowest, default=np.inf)


def _skin(body: ShapedBody, look: LookSpec, depth: Array, over: dict[str, Array], weights: sparse.csr_matrix) -> list[Piece]:
    """Head, eyes and what of the body no garment covers: `depth` (V,) m in those that stay, `over` in layers that change."""
    points = body.vertices_m.astype(np.float64)
    bare = ~whole_faces(depth > MARGIN_M, body.faces)
    places = head_places(body)
    shaved = hair.style_of(look.hair).shaved
    eyes, mouth = _eyes(body, weights), _of_faces(body, "teeth", "tongue")
    head = head_faces(body, places) & ~eyes & ~mouth
    rest = ~head & ~eyes & ~mouth
    head_material = Material("head", skin.head_texture(look.skin, look.hair, shaved), 0.5)
    body_material = Material("skin", skin.body_texture(look.skin, known=has_helpers(body)), 0.55)
    eye_material = Material("eye", skin.eye_texture(look.skin), 0.25)

    def piece(keep: Array, uv: Array, surface: str, material: Material, bones: int = 0) -> Piece:
        parts = body.part_of_face[keep].astype(np.int16)
        whole = Piece(points, body.faces[keep], uv, weights, surface, material, parts, bones)
        return pruned(whole, np.ones(int(keep.sum()), bool))

    (_, shown), *hides = _hiding(over, body.faces, tuple(over))
    head, rest, below = head & bare, rest & bare & shown, [(at, rest & bare & part) for at, part in hides]
    pieces = [
        piece(head, head_uv(places, body.faces[head]), "skin", head_material),
        piece(rest, body.uv[rest], "skin", body_material),
    ]
    pieces += [piece(part, body.uv[part], "skin", body_material, at) for at, part in below if part.any()]
    if eyes.any():
        pieces.append(piece(eyes, skin.eye_uv(points, body.faces[eyes]), "eye", eye_material))
    return pieces


def _eyes(body: ShapedBody, weights: sparse.csr_matrix) -> Array:
    """(F,) bool: the eyeballs, which where no region names them are what only the eyes' joints move."""
    if "left_eye_of_faces" in body.regions:
        return _of_faces(body, "left_eye", "right_eye")
    turning = weights[:, [JOINT["left_eye"], JOINT["right_eye"]]].sum(axis=1)
    return whole_faces(np.asarray(turning).ravel() > 0.9, body.faces)


def _of_faces(body: ShapedBody, *names: str) -> Array:
    """(F,) bool: faces of the body in any of its regions `<name>_of_faces`."""
    chosen = np.zeros(len(body.faces), bool)
    for name in names:
        chosen[body.regions.get(f"{name}_of_faces", np.zeros(0, np.int64))] = True
    return chosen


def _sole(garments: tuple[GarmentSpec, ...], body: ShapedBody) -> float:
    """Thickness of the soles in metres."""
    return max((sole_of(g, body) for g in garments), default=0.0)


def _joined(pieces: list[Piece], n_layers: int = 0) -> Mesh:
    """All pieces as one mesh, with bones for so many layers that change."""
    first = np.cumsum([0, *(len(p.points) for p in pieces)])
    weights = sparse.vstack([p.weights for p in pieces]).tocsr()
    faces = np.concatenate([p.faces + f for p, f in zip(pieces, first, strict=False)]).astype(np.int32)
    parts = np.concatenate([np.full(len(p.faces), -1, np.int16) if p.parts is None else p.parts for p in pieces])
    parts[parts < 0] = parts_of(weights, faces[parts < 0])
    weights.eliminate_zeros()
    total = np.repeat(np.asarray(weights.sum(axis=1)).ravel(), np.diff(weights.indptr))
    sets = np.repeat([p.bones for p in pieces], [p.weights.shape[0] for p in pieces])
    joints = weights.indices + N_BONES * np.repeat(sets, np.diff(weights.indptr))
    transforms = np.zeros((1, N_BONES * (1 + 2 * n_layers), 3, 4), np.float32)
    transforms[..., :3] = np.eye(3, dtype=np.float32)
    return Mesh(
        name="person",
        kind="person",
        vertices_m=np.concatenate([p.points for p in pieces]).astype(np.float32),
        faces=faces,
        uv=np.concatenate([p.uv for p in pieces]).astype(np.float32),
        material_of_face=np.repeat(np.arange(len(pieces)), [len(p.faces) for p in pieces]).astype(np.int16),
        part_of_face=parts,
        surface_of_face=np.concatenate([np.full(len(p.faces), SURFACE[p.surface], np.int16) for p in pieces]),
        materials=tuple(p.material for p in pieces),
        weights=Weights(weights.indptr.astype(np.int32), joints.astype(np.int16), (weights.data / total).astype(np.float32)),
        transforms=transforms,
    )
