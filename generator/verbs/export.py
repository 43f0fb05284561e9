"""`synapt export`: the motion of clips, in the forms of other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.console import remark, say
from ..base.limits import CLIPS, FPS, PLACE, SEED
from .options import SHARD, WITH

if TYPE_CHECKING:
    from ..base.shards import Shard
    from ..values import ClipSpec

MOST_LINES = 8
"""Of what is told of single clips."""

DRAWN = 4
"""Clips of each action that are drawn where no number is asked for."""


@click.command()
@click.argument("dataset", required=False, type=PLACE)
@click.option("--to", "to", required=True, help="amass, bvh, glb or humanml3d.")
@click.option("--out", type=PLACE, default="motion", show_default=True, help="Folder to write to.")
@click.option("--action", "wanted", multiple=True, help="Only these actions of the dataset; without one, draw clips of them.")
@click.option("--n", type=CLIPS, default=None, help=f"Clips of each action; by default all of a dataset's, else {DRAWN}.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of clips that are drawn.")
@click.option("--fps", type=FPS, default=30.0, show_default=True, help="Of clips that are drawn.")
@click.option("--recipe", default="standard", show_default=True, help="Of clips that are drawn; see `synapt recipes`.")
@WITH
@SHARD
def export(
    dataset: Path | None,
    to: str,
    out: Path,
    wanted: tuple[str, ...],
    n: int | None,
    seed: int,
    fps: float,
    recipe: str,
    changes: tuple[str, ...],
    shard: Shard,
) -> None:
    """Write the motion of clips for other tools: of a dataset, of one clip in it, or of an action.

    amass: .npz for SMPL-X tools. bvh: 55 joints with the person's own bones, in centimetres. glb: the dressed people with
    skins, joints and animation, and their things. humanml3d: joints and features for text-to-motion models.
    """
    from ..base.console import bar
    from ..base.errors import UserError
    from ..base.files import folder_to_write
    from ..export import find_writer
    from ..pipeline import make_scene
    from ..setup.prepare import prepare

    if dataset is None and not wanted:
        raise UserError("name either a dataset or --action NAME, e.g. `synapt export --action waving --to bvh`")
    write = find_writer(to.strip().lower())
    specs = list(_of_dataset(dataset, wanted, n) if dataset else _drawn(wanted, n or DRAWN, seed, fps, recipe, changes))
    specs = [spec for spec in specs if shard.holds(spec.action, spec.index)]
    folder_to_write(out)
    for body in sorted({person.body.model for spec in specs for person in spec.people}):
        prepare(body)
    failed: list[str] = []
    notes: list[str] = []
    with bar() as progress:
        for done, spec in enumerate(specs):
            progress(done, len(specs), spec.name)
            try:
                written = write(make_scene(spec), spec, out)
            except UserError as error:
                failed.append(f"{spec.name}: {error}")
                continue
            notes += [f"{spec.name}: {note}" for note in written.notes]
        progress(len(specs), len(specs), "")
    say(f"{out}: {len(specs) - len(failed)} of {len(specs)} clips as {to}")
    remark(*notes[:MOST_LINES], *([f"and {len(notes) - MOST_LINES} lines more like these"] if len(notes) > MOST_LINES else []))
    remark(*(f"not written: {line}" for line in failed[:MOST_LINES]))
    sys.exit(1 if failed else 0)


def _of_dataset(path: Path, wanted: tuple[str, ...], n: int | None) -> Iterator[ClipSpec]:
    """Specs of a dataset's clips, or of the one whose video `path` is."""
    from ..base.errors import UserError, nearest
    from ..dataset import open_dataset, read_spec
    from .clips import clip_of, dataset_at

    otherwise = "give --action NAME alone"
    data = open_dataset(dataset_at(path, otherwise))
    if not path.is_dir():
        yield read_spec(clip_of(data, path, otherwise))
        return
    for action in wanted:
        if action not in data.header.classes:
            raise UserError(f"{data.root} has no class '{action}': {nearest(action, data.header.classes)}")
    taken: dict[str, int] = {}
    for position, row in enumerate(data):
        action = row["action"]
        taken[action] = taken.get(action, 0) + 1
        if (not wanted or action in wanted) and (n is None or taken[action] <= n):
            yield read_spec(data.files(position))


def _drawn(wanted: tuple[str, ...], n: int, seed: int, fps: float, recipe: str, changes: tuple[str, ...]) -> Iterator[ClipSpec]:
    """Specs of the first `n` clips of actions."""
    from .. import names
    from ..recipes import load_recipe
    from ..sampling import sample
    from ..setup import needs

    found = names.actions(wanted, ())
    name, _ = names.recipe(recipe, changes)
    needs.check(name, "raster")
    for action in found:
        for index in range(n):
            yield sample(action, load_recipe(name), seed, index, fps=fps)
