"""The maker of clips that workers use: the spec from disk or from the sampler, then build."""

from __future__ import annotations

from pathlib import Path

from ..dataset import ClipFiles, Settings, read_spec
from ..errors import UserError
from ..pipeline import make_clip
from ..recipes import load_recipe
from ..sampling import sample
from ..values import SPEC_VERSION, Clip, ClipSpec


def make(root: Path, settings: Settings, action: str, index: int, dense: tuple[str, ...]) -> Clip:
    """Clip `index` of `action` of the dataset at `root`; a good spec that lies there already is kept to."""
    asked = [name for name in dense if name != "occlusion"]  # comes with flow
    spec = _spec_on_disk(root, settings, action, index) or sample(
        action,
        load_recipe(settings.recipe),
        settings.seed,
        index,
        width_px=settings.width_px,
        height_px=settings.height_px,
        fps=settings.fps,
        body_model=settings.body,
    )
    return make_clip(spec, backend=settings.backend, quality=settings.quality, dense=asked)


def _spec_on_disk(root: Path, settings: Settings, action: str, index: int) -> ClipSpec | None:
    try:
        spec = read_spec(ClipFiles(root, action, index))
    except UserError:
        return None
    wanted = (SPEC_VERSION, action, index, settings.seed, settings.width_px, settings.height_px, settings.fps)
    got = (spec.version, spec.action, spec.index, spec.seed, spec.width_px, spec.height_px, spec.fps)
    return spec if got == wanted and spec.body.model == settings.body else None
