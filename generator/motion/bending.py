"""How ropes and cloths move: particles held here and there, that fall, swing and come to lie on floor, things and people.

Extended position-based dynamics (Macklin, Mueller & Chentanez 2016) in small steps of real time: gravity takes each particle on,
then distances between neighbours are restored, bends and slants a little, and what is inside the floor, a thing that stands
still or somebody's flesh is put outside. What is pinned goes with its hand, thing or place. A function of its arguments, to the
byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import grey_opening

from ..props.base import Bending
from ..skeletons import JOINT
from ..values import Array
from .apart import Flesh
from .moving import THING, thing_frames
from .page import Page, Pin, PropEvent
from .particles import CELL_M, STEP_S, simulate
from .posed import Posed
from .rotations import between, unit
from .score import Score
from .target import Vector
from .timing import minimum_jerk
from .written import one_of

if TYPE_CHECKING:
    from ..props.table import Prop

BEFORE_S = -99.0
"""A pin from then on holds before anything that a choreography writes."""

TAKING_S = 0.25
"""Score seconds in which what is pinned comes from where it is to where it is held."""

SWEEPS = 10
CHAIN_SWEEPS = 24
"""How often in a step the distances of sheets and chains are gone through, to and fro."""

SETTLE_S = 1.6
"""How long things hang or lie before the clip begins, in thicker air, to come to rest."""

OFF_FLESH_M = 0.015
"""How far from flesh cloth stays, for what people wear."""

LIMBS = (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"))
"""What is between these joints keeps cloth off, besides the flesh of the trunk and head."""

DOWN = np.array([0.0, 0.0, -1.0])
NARROW = 4
"""Things narrower than so many cells (a line, a post, a rim) carry nothing: what hangs on them is pinned there."""


# ---------------------------------------------------------------- what a choreography writes


def pin(s: Score, prop: str, point: str, frame: str, at: Vector | Callable[[Array], Array] = (0.0, 0.0, 0.0), *,
        time_s: float = BEFORE_S, y_axis: Vector = (1.0, 0.0, 0.0), z_axis: Vector = (0.0, 0.0, 1.0),
        width: float = 1.0, landmark: str | None = None) -> None:  # fmt: skip
    """From `time_s` a point of a thing that bends goes with a frame: at (right, forward, up) of it, or a function of score time.

    An edge keeps this share of its `width`, along the directions that the thing's y and z axes get.
    """
    one_of("thing that bends", prop, [name for name, thing in s.props.items() if thing.bending is not None])
    bending = s.props[prop].bending
    assert bending is not None
    one_of("point of it", point, bending.points)
    s.page.pins.setdefault(prop, []).append(
        Pin(time_s, point, s.role, frame, at, y_axis, z_axis, width, landmark, s.T_stage_world)
    )


def let_go(s: Score, prop: str, point: str, time_s: float) -> None:
    """From `time_s` nothing holds this point of a thing that bends."""
    pin(s, prop, point, "", time_s=time_s)


def tear(s: Score, prop: str, start_s: float, end_s: float) -> None:
    """A thing with a seam is torn along it, from its top to its bottom."""
    one_of("thing", prop, s.props)
    s.page.tears[prop] = (start_s, end_s)


def flat(at: tuple[float, float], height_m: float, yaw_rad: float = 0.0) -> Array:
    """T_world_prop (4, 4) of a sheet that lies with the middle of its top edge at (right, forward), the rest nearer, +y right."""
    cosine, sine = np.cos(yaw_rad), np.sin(yaw_rad)
    pose = np.eye(4)
    pose[:3, 0], pose[:3, 1], pose[:3, 2] = (0.0, 0.0, 1.0), (cosine, sine, 0.0), (-sine, cosine, 0.0)
    pose[:3, 3] = (*at, height_m)
    return pose


# ---------------------------------------------------------------- from there to bones


def bent_paths(page: Page, bodies: dict[str, Posed], rigid: dict[str, Array], times: Array, fps: float) -> dict[str, Array]:
    """T_stage_bone (T, J, 4, 4) of what bends. `rigid`: T_stage_prop (T, 4, 4) of other things; `times`: score seconds."""
    bent = {name: prop.bending for name, prop in page.props.items() if prop.bending is not None}
    if not bent:
        return {}
    flesh, heights = _flesh(bodies), _Heights(page, rigid)
    return {name: _bones(net, _moved(page, name, net, bodies, rigid, flesh, heights, times, fps)) for name, net in bent.items()}


def _moved(page: Page, name: str, net: Bending, bodies: dict[str, Posed], rigid: dict[str, Array],
           flesh: tuple[Array, Array, Array], heights: _Heights, times: Array, fps: float) -> Array:  # fmt: skip
    """Particles (T, N, 3) of one thing."""
    goals, share = np.zeros((len(times), *net.rest_m.shape)), np.zeros((len(times), len(net.rest_m)))
    events = sorted(page.prop_events[name], key=lambda event: event.time_s)
    for held in sorted([*_holds(events, net), *page.pins.get(name, [])], key=lambda pin: pin.time_s):
        _write(held, net, bodies, page.props, rigid, times, goals, share)
    laid = next((event.pose for event in events if event.mode == "static"), None)
    start = _over_floor(_begin(net, goals[0], share[0] > 0.0, laid), net.radius_m)
    torn = page.tears.get(name)
    parts = np.full(len(net.seam), np.inf)
    if torn is not None and len(parts):
        parts = np.linspace(torn[0], torn[1], len(parts))
    whole = np.stack([times < moment for moment in parts], axis=-1) if len(parts) else np.zeros((len(times), 0), bool)
    steps = max(int(np.ceil(1.0 / (fps * STEP_S) - 1e-9)), 1)
    settle = round(SETTLE_S * fps)
    order = np.concatenate([np.zeros(settle, np.int64), np.arange(1, len(times))])
    out = np.empty((len(order), *net.rest_m.shape))
    sweeps = CHAIN_SWEEPS if net.columns == 1 else SWEEPS
    simulate(start, order, settle, goals, share, whole, net.links, net.length_m, net.compliance, net.seam, *flesh, heights.grid,
              heights.corner, steps, 1.0 / (fps * steps), sweeps, net.drag_per_s, net.radius_m, out)  # fmt: skip
    return out[settle - 1 :]


def _holds(events: Sequence[PropEvent], net: Bending) -> list[Pin]:
    """What `hold`, `throw` and the like say of a thing that bends: it is held at its grip, or no more."""
    pins = []
    for event in events:
        frame = f"{event.hand}_hand" if event.mode == "held" else ""
        pins.append(Pin(event.time_s, "grip", event.role, frame, (0.0, 0.0, net.radius_m)))
    return pins


def _write(held: Pin, net: Bending, bodies: dict[str, Posed], props: dict[str, Prop], rigid: dict[str, Array], times: Array,
           goals: Array, share: Array) -> None:  # fmt: skip
    """Set goals (T, N, 3) of the particles that a pin holds, and how far they have come there (T, N), from its time on."""
    particles, since = net.points[held.point], times >= held.time_s
    if not held.frame:
        share[np.ix_(since, particles)] = 0.0
        return
    axes, origin = _frame(held, bodies, props, rigid, len(times))
    at = held.at(times) if callable(held.at) else np.broadcast_to(np.array(held.at), (len(times), 3))
    origin = origin + (axes @ at[..., None])[..., 0]
    spread = held.width * (net.rest_m[particles] - net.rest_m[particles].mean(axis=0))
    y, z = unit(axes @ np.array(held.y_axis)), unit(axes @ np.array(held.z_axis))
    points = origin[:, None] + spread[None, :, 1:2] * y[:, None] + spread[None, :, 2:3] * z[:, None]
    goals[np.ix_(since, particles)] = points[since]
    taken = np.ones(len(times)) if held.time_s <= times[0] else minimum_jerk((times - held.time_s) / TAKING_S)
    share[np.ix_(since, particles)] = np.maximum(taken, 1e-6)[since, None]


def _frame(held: Pin, bodies: dict[str, Posed], props: dict[str, Prop], rigid: dict[str, Array], n: int) -> tuple[Array, Array]:
    """Axes (T, 3, 3) right, forward, up and origin (T, 3) on the stage of what a pin goes with."""
    if held.frame.startswith(("prop:", THING)):
        where, thing, *_ = held.frame.split(":")
        one_of("thing", thing, rigid)
        path = rigid[thing] if f"{where}:" == THING else np.tile(rigid[thing][0], (n, 1, 1))
        frames = thing_frames(thing, props[thing], path)
        name = THING + held.frame.partition(":")[2]
        one_of("frame", name, frames)
        return frames[name]
    if held.frame == "world":
        own = held.T_stage_world
        return np.tile(own[:3, :3], (n, 1, 1)), np.tile(own[:3, 3], (n, 1))
    role, colon, frame = held.frame.rpartition(":")
    body = bodies[role if colon and role != "partner" else held.role]
    if role == "partner":
        body = next(other for name, other in bodies.items() if name != held.role)
    if frame == "world":
        own = held.T_stage_world
        return np.tile(own[:3, :3], (n, 1, 1)), np.tile(own[:3, 3], (n, 1))
    one_of("frame", frame, body.axes)
    origin = body.origins[frame] if held.landmark is None else body.landmark(held.landmark)
    return body.axes[frame], origin


def _begin(net: Bending, goals: Array, pinned: Array, laid: Array | None) -> Array:
    """Particles (N, 3) to start from: as laid, or else hanging from where they are pinned."""
    if laid is not None or not pinned.any():
        pose = np.eye(4) if laid is None else laid
        return np.asarray(net.rest_m @ pose[:3, :3].T + pose[:3, 3])
    if net.columns == 1:
        return _strung(net, goals, np.flatnonzero(pinned))
    rest, at = net.rest_m[pinned], goals[pinned]
    first, last = rest[:, 1].argmax(), rest[:, 1].argmin()
    across = (at[first] - at[last]) * (1.0, 1.0, 0.0)
    across = across / np.sqrt((across * across).sum()) if (across * across).sum() > 1e-6 else np.array([1.0, 0.0, 0.0])
    axes = np.stack([np.cross(across, (0.0, 0.0, 1.0)), across, (0.0, 0.0, 1.0)], axis=1)
    return np.asarray((net.rest_m - rest.mean(axis=0)) @ axes.T + at.mean(axis=0))


def _over_floor(points: Array, radius_m: float) -> Array:
    """Particles (N, 3), those under the floor laid out along it."""
    under = np.maximum(radius_m - points[:, 2], 0.0)
    return points + under[:, None] * np.array([0.0, 1.0, 1.0])


def _strung(net: Bending, goals: Array, pinned: Array) -> Array:
    """A chain (N, 3) that goes straight from pin to pin, and down where it is longer; loose ends hang."""
    along = -net.rest_m[:, 2]
    points = goals[pinned[0]] + DOWN * np.abs(along - along[pinned[0]])[:, None]
    points[pinned[-1] :] = goals[pinned[-1]] + DOWN * np.abs(along[pinned[-1] :] - along[pinned[-1]])[:, None]
    for a, b in pairwise(pinned):
        length = along[b] - along[a]
        sag = 0.5 * np.sqrt(max(length**2 - ((goals[b] - goals[a]) ** 2).sum(), 0.0))
        share = ((along[a : b + 1] - along[a]) / length)[:, None]
        points[a : b + 1] = goals[a] + share * (goals[b] - goals[a]) + DOWN * sag * (1.0 - np.abs(2.0 * share - 1.0))
    return np.asarray(points)


def _flesh(bodies: dict[str, Posed]) -> tuple[Array, Array, Array]:
    """Capsules for everybody: ends (T, C, 3) twice, radii (C,)."""
    first, second, radii = [], [], []
    for body in bodies.values():
        flesh = Flesh(body)
        first.append(flesh.centers)
        second.append(flesh.centers)
        radii.append(flesh.radii)
        for side in ("left", "right"):
            for start, end in LIMBS:
                a, b = JOINT[f"{side}_{start}"], JOINT[f"{side}_{end}"]
                first.append(body.positions[a][:, None])
                second.append(body.positions[b][:, None])
                radii.append(np.array([0.5 * float(body.skeleton.radius_m[a] + body.skeleton.radius_m[b])]))
    return (np.ascontiguousarray(np.concatenate(first, axis=1)), np.ascontiguousarray(np.concatenate(second, axis=1)),
            np.concatenate(radii) + OFF_FLESH_M)  # fmt: skip


class _Heights:
    """How high the tops of things that stand still are, over a grid of the floor: `grid` (X, Y) m from `corner` (2,)."""

    def __init__(self, page: Page, rigid: dict[str, Array]) -> None:
        points = [np.zeros((1, 3))]
        for name, path in rigid.items():
            if np.ptp(path, axis=0).max() == 0.0:
                mesh = page.props[name].mesh
                points.append(_samples(mesh.vertices_m.astype(float), mesh.faces) @ path[0, :3, :3].T + path[0, :3, 3])
        whole = np.concatenate(points)
        self.corner = np.floor(whole[:, :2].min(axis=0) / CELL_M) * CELL_M
        cells = np.floor((whole[:, :2] - self.corner) / CELL_M + 1e-9).astype(np.int64)
        self.grid = np.full(tuple(cells.max(axis=0) + 1), -1.0)
        np.maximum.at(self.grid, (cells[:, 0], cells[:, 1]), np.where(whole[:, 2] > 1e-3, whole[:, 2], -1.0))
        self.grid = np.ascontiguousarray(grey_opening(np.pad(self.grid, NARROW, constant_values=-1.0), NARROW))
        self.corner = self.corner - NARROW * CELL_M


def _samples(vertices: Array, faces: Array) -> Array:
    """Points (N, 3) all over a surface, no further apart than a cell of the grid."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    longest = np.sqrt(np.maximum(((b - a) ** 2).sum(1), np.maximum(((c - a) ** 2).sum(1), ((c - b) ** 2).sum(1))))
    out = []
    for n in np.unique(cuts := np.clip(np.ceil(longest / (0.7 * CELL_M)).astype(int), 1, 120)):
        u, v = np.meshgrid(np.arange(n + 1) / n, np.arange(n + 1) / n)
        u, v = u[u + v <= 1.0 + 1e-9], v[u + v <= 1.0 + 1e-9]
        pick = cuts == n
        out.append((a[pick, None] + u[:, None] * (b - a)[pick, None] + v[:, None] * (c - a)[pick, None]).reshape(-1, 3))
    return np.concatenate(out)


def _bones(net: Bending, points: Array) -> Array:
    """T_stage_bone (T, J, 4, 4), rest to stage, of particles (T, N, 3)."""
    n, grid = len(points), points.reshape(len(points), net.rows, net.columns, 3)
    down = -np.gradient(grid, axis=1)
    if net.columns == 1:
        turns = _along(unit(down[:, :, 0]))
    else:
        y = unit(-_gradient_across(net, grid))
        x = unit(np.cross(y, down) + 1e-9)
        turns = np.stack([x, y, np.cross(x, y)], axis=-1).reshape(n, -1, 3, 3)
    bones = np.tile(np.eye(4), (n, len(net.rest_m), 1, 1))
    bones[..., :3, :3] = turns
    bones[..., :3, 3] = points - (turns @ net.rest_m[None, :, :, None])[..., 0]
    return bones


def _gradient_across(net: Bending, grid: Array) -> Array:
    """Steps (T, rows, columns, 3) from column to column, none across a seam."""
    if not len(net.seam):
        return np.asarray(np.gradient(grid, axis=2))
    cut = int(net.seam[0, 1])
    return np.concatenate([np.gradient(grid[:, :, :cut], axis=2), np.gradient(grid[:, :, cut:], axis=2)], axis=2)


def _along(upward: Array) -> Array:
    """Rotations (T, J, 3, 3) whose z axis is `upward` (T, J, 3), carried along the chain without twist."""
    turns = np.empty((*upward.shape, 3))
    turns[:, 0] = between(np.broadcast_to(np.array([0.0, 0.0, 1.0]), upward[:, 0].shape), upward[:, 0])
    for j in range(1, upward.shape[1]):
        turns[:, j] = between(upward[:, j - 1], upward[:, j]) @ turns[:, j - 1]
    return turns
