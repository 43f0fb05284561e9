"""`synapt preview`: a contact sheet and an animation of clips."""

from __future__ import annotations

from pathlib import Path

import click

from ..base.console import remark
from ..base.limits import PLACE, SEED, Count
from .options import WITH

MOST_SHOWN = 1_000
"""Clips of an action on one sheet, a row each."""


@click.command()
@click.argument("dataset", required=False, type=PLACE)
@click.option("--action", "wanted", multiple=True, help="Draft clips of an action instead of a dataset.")
@click.option("--n", type=Count(MOST_SHOWN), default=4, show_default=True, help="Clips to show of each action.")
@click.option("--seed", type=SEED, default=0, show_default=True)
@click.option("--recipe", default="standard", show_default=True, help="What is varied, and how far; see `synapt recipes`.")
@WITH
@click.option("--size", default=None, help="Pixels of drafted clips: 192 by default, or 320x240 (width x height).")
@click.option("--view", default="", help="Film each drafted clip from here, level: front,side,back (or left,right).")
@click.option("--labels", default=None, help="Draw labels: all, or joints,coco,box,phase,mask,part,person,depth,normal,flow.")
@click.option("--out", type=PLACE, default=None, help="Where to put the .png and .gif.")
def preview(
    dataset: Path | None,
    wanted: tuple[str, ...],
    n: int,
    seed: int,
    recipe: str,
    changes: tuple[str, ...],
    size: str | None,
    view: str,
    labels: str | None,
    out: Path | None,
) -> None:
    """Make a contact sheet (PNG) and an animation (GIF); prints their paths.

    Of a dataset, a video, any folder of CLASS/CLIP.mp4, or of an action that is drafted for it. With --labels, a row for each
    label of a dataset, of a clip in one, or of such an action.
    """
    from .. import names
    from ..base.errors import UserError
    from ..setup import needs
    from ..setup.prepare import prepare
    from . import overlay
    from .drafts import preview_actions, views
    from .labelled import preview_labels
    from .sheets import preview_dataset

    if (dataset is None) == (not wanted):
        raise UserError("name either a folder of clips or --action NAME, e.g. `synapt preview --action waving`")
    drawn = () if labels is None else overlay.wanted(labels)
    if dataset is not None:
        if size or view or changes:
            raise UserError("--size, --view and --with are for drafted clips: give --action NAME instead of a folder")
        paths = preview_labels(dataset, drawn, n, out, remark) if drawn else preview_dataset(dataset, n, out, remark)
    else:
        size_px, seen = names.size(size or "192"), views(view)
        found, (recipe, _) = names.actions(wanted, ()), names.recipe(recipe, changes)
        needs.check(recipe, "raster")
        prepare("anny")
        paths = preview_actions(found, n, seed, recipe, out or Path("preview"), size_px, seen, drawn)
    for path in paths:
        click.echo(path)
