"""Which tubes of a clip a masked autoencoder doesn't see: at random, or with regard to the people in it. Pure functions."""

from __future__ import annotations

import numpy as np

from ..values import Array

Grid = tuple[int, int, int]
"""Tubes along time, height and width."""

N_JOINTS = 17


def tube_mask(grid: Grid, share: float, clips: int, rng: np.random.Generator) -> Array:
    """(clips, t * h * w) bool, True where hidden: the same `share` of places at every time (VideoMAE, arXiv 2203.12602)."""
    times, places = grid[0], grid[1] * grid[2]
    order = rng.random((clips, places)).argsort(1).argsort(1)
    return np.tile(order < int(share * places), (1, times))


def human_mask(
    body: Array, joints: Array, grid: Grid, share: float, body_share: float, background_share: float, joint_share: float,
    rng: np.random.Generator,
) -> Array:  # fmt: skip
    """(B, t * h * w) bool, True where hidden, as many as `tube_mask` hides, from people's mask and joints.

    body (B, t, h, w) bool: tubes that show who acts; joints (B, T, P, 17, 3): x and y in shares of the picture, visibility.
    After HuC-VideoMAE (arXiv 2610.08433): `background_share` and `body_share` of the tubes without and with people are
    hidden, and `joint_share` of the joints, the same ones of everybody for the whole clip wherever they go; tubes with other
    joints are seen, so what is to be made up follows from the pose. We know the paper's three shares, not how it makes counts
    even over clips: here tubes of the background, then of the body are hidden or shown until the count is right.
    """
    shown = body[0].size - grid[0] * int(share * grid[1] * grid[2])
    hidden = np.ones((len(body), body[0].size), bool)
    for clip in range(len(body)):
        places = np.tile(rng.random(grid[1:]).reshape(-1), grid[0])  # one number a place: what is hidden there is so all the time
        ties = rng.random(body[0].size)
        lost = rng.permutation(N_JOINTS) < round(joint_share * N_JOINTS)
        at = joint_tubes(joints[clip], grid)
        covered, seen = at[lost].any(0), at[~lost].any(0)
        seen &= ~covered
        person = body[clip].reshape(-1) & ~covered & ~seen
        background = ~body[clip].reshape(-1) & ~covered & ~seen
        rank = np.full(body[0].size, 5)  # in which order tubes are shown: 0 first; a hidden joint's last
        rank[seen] = 0
        for region, part, first, spare in ((person, body_share, 1, 4), (background, background_share, 2, 3)):
            inside = np.flatnonzero(region)
            inside = inside[np.lexsort((ties[inside], places[inside]))]
            wanted = len(inside) - round(part * len(inside))
            rank[inside[:wanted]], rank[inside[wanted:]] = first, spare
        hidden[clip, np.lexsort((ties, places, rank))[:shown]] = False
    return hidden


def joint_tubes(joints: Array, grid: Grid) -> Array:
    """(17, t * h * w) bool: the tubes that a joint, anybody's, of one clip (T, P, 17, 3) passes through while in the picture."""
    times, height, width = grid
    found = np.zeros((N_JOINTS, times, height, width), bool)
    there = (joints[..., 2] > 0) & (joints[..., :2] >= 0).all(-1) & (joints[..., :2] < 1).all(-1)
    frame, _, joint = np.nonzero(there)
    x, y = joints[there][:, :2].T
    found[joint, frame * times // len(joints), (y * height).astype(int), (x * width).astype(int)] = True
    return found.reshape(N_JOINTS, -1)
