"""The maker of clips that workers use: the spec from disk or from the sampler, then build."""

from __future__ import annotations

from pathlib import Path

from ..actions import class_name
from ..base.errors import UserError
from ..checks.redraw import altered, draw, recipe_is_here
from ..dataset import ClipFiles, Settings, read_spec
from ..pipeline import make_clip
from ..values import SPEC_VERSION, Clip, ClipSpec


def make(root: Path, settings: Settings, action: str, index: int, dense: tuple[str, ...]) -> Clip:
    """Clip `index` of `action` (name or dotted path) of the dataset at `root`; a good spec that lies there already is kept to.

    Raises UserError where there is none, and the recipe that the dataset was made by isn't here.
    """
    asked = [name for name in dense if name != "occlusion"]  # comes with flow
    spec = _spec_on_disk(root, settings, class_name(action), index)
    if spec is None and settings.recipe_digest and not recipe_is_here(settings):
        raise UserError(f"the recipe '{settings.recipe}' of {root} is missing or has changed: restore it")
    return make_clip(spec or draw(settings, action, index), backend=settings.backend, quality=settings.quality, dense=asked)


def _spec_on_disk(root: Path, settings: Settings, action: str, index: int) -> ClipSpec | None:
    try:
        spec = read_spec(ClipFiles(root, action, index))
    except UserError:
        return None
    wanted = (SPEC_VERSION, action, index, settings.seed, settings.width_px, settings.height_px, settings.fps, settings.body)
    got = (spec.version, spec.action, spec.index, spec.seed, spec.width_px, spec.height_px, spec.fps, spec.body_model)
    return spec if got == wanted and not altered(spec, settings) else None
