"""What a render needs of this machine besides the body: asked before anything is made, not by a worker in the middle."""

from __future__ import annotations

import importlib.util

from ..base.errors import UserError


def check(recipe: str, backend: str) -> None:
    """Raise UserError where an asset that the recipe names, a package, or a setting of the renderer's is missing or wrong."""
    check_renderer(backend)
    _check_assets(recipe)


def check_renderer(backend: str) -> None:
    """The same of a renderer alone: a spec is complete without the recipe that it was drawn from."""
    if backend == "blender":
        from ..render.blender.devices import asked_for
        from ..render.blender.settings import threads

        threads()
        asked_for()
    if backend == "pyrender" and importlib.util.find_spec("pyrender") is None:
        raise UserError(
            "backend 'pyrender' needs the package pyrender: run `pip install -e '.[pyrender]'` in the repository, or use "
            "--backend raster"
        )


def _check_assets(name: str) -> None:
    from ...assets_manifest.assets import hdri_path
    from ..body import mhclo
    from ..recipes import load_recipe

    recipe = load_recipe(name)
    look = recipe.look
    for environment, share in recipe.light.hdris.items():
        if share > 0:
            hdri_path(environment)
    for shares in (look.female_outfits, look.male_outfits, look.shoes, look.short_hair, look.long_hair):
        for piece, share in shares.items():
            if share > 0 and mhclo.is_asset(piece):
                mhclo.load(piece)
