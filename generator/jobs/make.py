"""The maker of clips that workers use: sample, then build."""

from __future__ import annotations

from ..dataset import Settings
from ..pipeline import make_clip
from ..sampling import sample
from ..values import Clip


def make(settings: Settings, action: str, index: int, dense: tuple[str, ...]) -> Clip:
    """Clip `index` of `action` under the settings of a dataset."""
    spec = sample(
        action,
        settings.recipe,
        settings.seed,
        index,
        width_px=settings.width_px,
        height_px=settings.height_px,
        fps=settings.fps,
        body=settings.body,
    )
    return make_clip(spec, backend=settings.backend, quality=settings.quality, dense=dense)
