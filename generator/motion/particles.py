"""The particles of what bends, taken on in small steps of real time: gravity, distances kept, and what they must stay out of."""

from __future__ import annotations

import numpy as np

from ..base.jit import njit
from ..values import Array

STEP_S = 1.0 / 600.0
"""Length of a step."""

SETTLE_DRAG_PER_S = 4.0
"""Of the air in which things come to rest before the clip begins."""

MOST_PUSH_M = 0.5 * STEP_S
"""What is put outside of something leaves it with no more than so much a step."""

FRICTION = 0.5
"""Share of its way along what it touches that a particle is held back in a step."""

CELL_M = 0.02
"""Grid of the heights of things that stand still."""

UNDER_M = 0.12
"""How far below the top of a thing a particle is still put on top of it; those deeper are beneath it."""


@njit(cache=True, nogil=True, error_model="numpy")
def simulate(x: Array, order: Array, settle: int, goals: Array, share: Array, whole: Array, links: Array, lengths: Array,
              compliance: Array, seam: Array, ends_a: Array, ends_b: Array, radii: Array, grid: Array, corner: Array, steps: int,
              step_s: float, sweeps: int, drag_per_s: float, radius_m: float, out: Array) -> None:  # fmt: skip
    """Fill out (len(order), N, 3): where particles are at frames `order`, the first `settle` of them to come to rest."""
    n = x.shape[0]
    p, v, begin, base = x.copy(), np.zeros_like(x), x.copy(), x.copy()
    lag = np.zeros(links.shape[0])
    before, was = 0, share[0].copy()
    for k in range(order.shape[0]):
        t = order[k]
        drag = 1.0 / (1.0 + step_s * (drag_per_s if k >= settle else SETTLE_DRAG_PER_S))
        for i in range(n):
            begin[i] = x[i]
            if share[t, i] > 0.0 and (was[i] == 0.0 or share[t, i] < was[i]):
                base[i] = x[i]
            was[i] = share[t, i]
        for step in range(steps):
            part = (step + 1.0) / steps
            _onwards(p, x, v, begin, base, goals, share, before, t, part, drag, step_s)
            lag[:] = 0.0
            for sweep in range(sweeps):
                _restore(p, share[t], links, lengths, compliance, lag, step_s, (sweep + step) % 2 == 1)
                _close(p, share[t], seam, whole[t])
                if sweep in (sweeps // 2, sweeps - 1):
                    _kept_out(p, x, share[t], ends_a, ends_b, radii, grid, corner, before, t, part, radius_m)
            v[:] = (p - x) / step_s
            x[:] = p
        before = t
        out[k] = x


@njit(cache=True, nogil=True, error_model="numpy")
def _onwards(
    p: Array,
    x: Array,
    v: Array,
    begin: Array,
    base: Array,
    goals: Array,
    share: Array,
    before: int,
    t: int,
    part: float,
    drag: float,
    step_s: float,
) -> None:
    """Where particles come to in a step: those that are pinned along their way, the others as they fall."""
    for i in range(p.shape[0]):
        if share[t, i] > 0.0:
            for c in range(3):
                goal = goals[t, i, c]
                if share[t, i] < 1.0:
                    goal = base[i, c] + share[t, i] * (goal - base[i, c])
                p[i, c] = _way(begin[i, c], goal, goals, share, before, t, i, c, part)
        else:
            v[i, 2] -= 9.81 * step_s
            for c in range(3):
                v[i, c] *= drag
                p[i, c] = x[i, c] + step_s * v[i, c]


@njit(cache=True, nogil=True, error_model="numpy")
def _kept_out(p: Array, x: Array, pinned: Array, ends_a: Array, ends_b: Array, radii: Array, grid: Array, corner: Array,
              before: int, t: int, part: float, radius_m: float) -> None:  # fmt: skip
    """Put all that nothing holds outside of flesh, floor and things."""
    for i in range(p.shape[0]):
        if pinned[i] == 0.0:
            _outside(p[i], x[i], ends_a, ends_b, radii, before, t, part, radius_m)
            _above(p[i], x[i], grid, corner, radius_m)


@njit(cache=True, nogil=True, error_model="numpy")
def _way(begin: float, goal: float, goals: Array, share: Array, before: int, t: int, i: int, c: int, part: float) -> float:
    """A coordinate between two frames, along a smooth curve through the frames around where it is pinned for that long."""
    last = before - 1
    if t == before or last < 0 or t + 1 >= goals.shape[0]:
        return begin + part * (goal - begin)
    if share[last, i] < 1.0 or share[before, i] < 1.0 or share[t, i] < 1.0 or share[t + 1, i] < 1.0:
        return begin + part * (goal - begin)
    first, second = 0.5 * (goal - goals[last, i, c]), 0.5 * (goals[t + 1, i, c] - begin)
    s2, s3 = part * part, part * part * part
    return (2 * s3 - 3 * s2 + 1) * begin + (s3 - 2 * s2 + part) * first + (3 * s2 - 2 * s3) * goal + (s3 - s2) * second


@njit(cache=True, nogil=True, error_model="numpy")
def _restore(p: Array, pinned: Array, links: Array, lengths: Array, compliance: Array, lag: Array, step_s: float,
             backward: bool) -> None:  # fmt: skip
    """One sweep over the links, each brought to its length as far as it doesn't give."""
    for m in range(links.shape[0]):
        k = links.shape[0] - 1 - m if backward else m
        a, b = links[k, 0], links[k, 1]
        wa, wb = 0.0 if pinned[a] > 0.0 else 1.0, 0.0 if pinned[b] > 0.0 else 1.0
        if wa + wb == 0.0:
            continue
        dx, dy, dz = p[a, 0] - p[b, 0], p[a, 1] - p[b, 1], p[a, 2] - p[b, 2]
        length = np.sqrt(dx * dx + dy * dy + dz * dz)
        if length < 1e-9:
            continue
        give = compliance[k] / (step_s * step_s)
        change = -(length - lengths[k] + give * lag[k]) / (wa + wb + give)
        lag[k] += change
        change /= length
        p[a, 0] += wa * change * dx
        p[a, 1] += wa * change * dy
        p[a, 2] += wa * change * dz
        p[b, 0] -= wb * change * dx
        p[b, 1] -= wb * change * dy
        p[b, 2] -= wb * change * dz


@njit(cache=True, nogil=True, error_model="numpy")
def _close(p: Array, pinned: Array, seam: Array, whole: Array) -> None:
    """Bring the pairs of a seam that is not torn yet together."""
    for k in range(seam.shape[0]):
        if not whole[k]:
            continue
        a, b = seam[k, 0], seam[k, 1]
        for c in range(3):
            middle = 0.5 * (p[a, c] + p[b, c])
            if pinned[a] > 0.0:
                middle = p[a, c]
            elif pinned[b] > 0.0:
                middle = p[b, c]
            p[a, c], p[b, c] = middle, middle


@njit(cache=True, nogil=True, error_model="numpy")
def _outside(p: Array, last: Array, ends_a: Array, ends_b: Array, radii: Array, before: int, t: int, part: float,
             radius_m: float) -> None:  # fmt: skip
    """Lead a particle out of the flesh by the shortest way; it hardly slides there."""
    for c in range(radii.shape[0]):
        reach = radii[c] + radius_m
        ax = ends_a[before, c, 0] + part * (ends_a[t, c, 0] - ends_a[before, c, 0])
        ay = ends_a[before, c, 1] + part * (ends_a[t, c, 1] - ends_a[before, c, 1])
        az = ends_a[before, c, 2] + part * (ends_a[t, c, 2] - ends_a[before, c, 2])
        bx = ends_b[before, c, 0] + part * (ends_b[t, c, 0] - ends_b[before, c, 0]) - ax
        by = ends_b[before, c, 1] + part * (ends_b[t, c, 1] - ends_b[before, c, 1]) - ay
        bz = ends_b[before, c, 2] + part * (ends_b[t, c, 2] - ends_b[before, c, 2]) - az
        long = bx * bx + by * by + bz * bz
        along = 0.0
        if long > 0.0:
            along = min(max(((p[0] - ax) * bx + (p[1] - ay) * by + (p[2] - az) * bz) / long, 0.0), 1.0)
        dx, dy, dz = p[0] - ax - along * bx, p[1] - ay - along * by, p[2] - az - along * bz
        square = dx * dx + dy * dy + dz * dz
        if square >= reach * reach or square < 1e-12:
            continue
        distance = np.sqrt(square)
        push = reach / distance - 1.0
        p[0] += push * dx
        p[1] += push * dy
        p[2] += push * dz
        _held_back(p, last, dx / distance, dy / distance, dz / distance)


@njit(cache=True, nogil=True, error_model="numpy")
def _above(p: Array, last: Array, grid: Array, corner: Array, radius_m: float) -> None:
    """Put a particle on the floor, or on the thing under it."""
    top = 0.0
    if grid.shape[0] > 1:
        i, j = int(np.floor((p[0] - corner[0]) / CELL_M)), int(np.floor((p[1] - corner[1]) / CELL_M))
        if 0 <= i < grid.shape[0] and 0 <= j < grid.shape[1] and p[2] > grid[i, j] - UNDER_M:
            top = max(top, grid[i, j])
    if p[2] < top + radius_m:
        p[2] = top + radius_m
        _held_back(p, last, 0.0, 0.0, 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def _held_back(p: Array, last: Array, nx: float, ny: float, nz: float) -> None:
    """Friction: take back a share of a particle's way along a surface with this normal; what pushed it out hurls it nowhere."""
    wx, wy, wz = p[0] - last[0], p[1] - last[1], p[2] - last[2]
    off = wx * nx + wy * ny + wz * nz
    for c, n in enumerate((nx, ny, nz)):
        last[c] += n * max(off - MOST_PUSH_M, 0.0)
    p[0] -= FRICTION * (wx - off * nx)
    p[1] -= FRICTION * (wy - off * ny)
    p[2] -= FRICTION * (wz - off * nz)
