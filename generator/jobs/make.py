"""The maker of clips that workers use: the spec from disk or from the sampler, then build."""

from __future__ import annotations

from pathlib import Path

from ..dataset import ClipFiles, Settings, read_spec
from ..errors import UserError
from ..pipeline import make_clip
from ..sampling import sample
from ..values import SPEC_VERSION, Clip, ClipSpec


def make(root: Path, settings: Settings, action: str, index: int, dense: tuple[str, ...]) -> Clip:
    """Clip `index` of `action` of the dataset at `root`; a good spec that lies there already is kept to."""
    spec = _spec_on_disk(root, settings, action, index) or sample(
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


def _spec_on_disk(root: Path, settings: Settings, action: str, index: int) -> ClipSpec | None:
    try:
        spec = read_spec(ClipFiles(root, action, index))
    except UserError:
        return None
    wanted = (
        SPEC_VERSION,
        action,
        index,
        settings.seed,
        settings.recipe,
        settings.width_px,
        settings.height_px,
    )
    got = (spec.version, spec.action, spec.index, spec.seed, spec.recipe, spec.width_px, spec.height_px)
    return spec if got == wanted and spec.fps == settings.fps and spec.body.model == settings.body else None
