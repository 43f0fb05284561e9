"""One person's recorded movement: what every reader of motion files makes, and what the solver follows."""

from __future__ import annotations

from dataclasses import dataclass

from ..values import Array


@dataclass(frozen=True)
class Track:
    """J named points of one body over T frames, in the world of `values`: metres, z up, the floor wherever the file has it.

    joints: names of SMPLX_JOINTS or, for ends that a file knows (toes, heels, crown), of LANDMARKS; in SMPL-X's order, the
    landmarks last. A file may lack any but the pelvis, hips, knees, ankles, shoulders, elbows and wrists.
    positions_m (T, J, 3). rotations (T, J, 3, 3) or None where the file has positions only: each takes the axes in which
    `rest_m` (J, 3), the file's own rest pose, stands to the world, so that of two neighbours
    positions[child] - positions[parent] = rotations[parent] @ (rest[child] - rest[parent]). The rest pose may be any (a T, an A,
    arms hanging) and may face anywhere, but stands upright with z up.
    gender and betas (B,) are those of a body model's file, where the recording has them.
    """

    joints: tuple[str, ...]
    positions_m: Array
    rotations: Array | None = None
    rest_m: Array | None = None
    gender: str = "neutral"
    betas: Array | None = None

    @property
    def n_frames(self) -> int:
        """T."""
        return int(self.positions_m.shape[0])
