"""What `import synapt` offers of this half: the library's names, a clip's spec, and the clip."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from . import names
from .values import Clip, ClipSpec


def actions() -> tuple[str, ...]:
    """Names of all actions of the library, in alphabetical order."""
    return names.tagged(None)


def sample(
    action: str,
    seed: int = 0,
    index: int = 0,
    *,
    recipe: str = "standard",
    size: str | int = 256,
    fps: float = 15.0,
    body: str = "anny",
    variants: Mapping[str, int] | None = None,
) -> ClipSpec:
    """Every choice of clip `index` of an action, as `synapt render` would draw it: the same on any machine, in any order.

    `action` as on the command line (any spelling, or "module:NAME" of your own); `size` in pixels, 256 or "320x240"; `variants`
    redraws single streams, {"camera": 1}. UserError for an unknown name, recipe or size.
    """
    from .recipes import load_recipe
    from .sampling import sample as draw

    width_px, height_px = names.size(str(size))
    named, _ = names.recipe(recipe)
    return draw(
        names.action(action), load_recipe(named), seed, index, width_px=width_px, height_px=height_px, fps=fps,
        body_model=names.body(body), variants=variants,
    )  # fmt: skip


def make_clip(spec: ClipSpec, *, quality: str = "draft", backend: str = "", labels: Collection[str] = ()) -> Clip:
    """Frames and labels of a spec, made in this process: the same bytes as in a dataset.

    `quality` is draft (the raster renderer), standard or high (Blender's Cycles; a process that has loaded it should not fork any
    more). `labels` names those per pixel: mask, part, person, depth, normal, flow or all. What is done once per machine comes
    first.
    """
    from .pipeline import make_clip as make
    from .setup import needs
    from .setup.prepare import prepare

    tier = names.quality(quality)
    renderer = names.backend(backend or ("raster" if tier == "draft" else "blender"))
    dense = names.dense(",".join(labels))
    needs.check_renderer(renderer)
    for model in {person.body.model for person in spec.people}:
        prepare(model)
    return make(spec, backend=renderer, quality=tier, dense=[name for name in dense if name != "occlusion"])  # comes with flow
