"""`synapt render`: labelled clips of actions into a dataset folder."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.console import remark, say
from ..base.limits import CLIPS, FPS, PLACE, SEED
from .options import RAY, RAY_RESOURCES, SHARD, TWINS, VIEWS, WITH, WORKERS, workplace

if TYPE_CHECKING:
    from ..base.shards import Shard
    from ..jobs import Outcome, Request

MOST_IN_ALL = 5_000_000
"""Clips of a dataset: its index is one table, and all of its names are looked at when it is gone on with."""


@click.command()
@click.option(
    "--action", "wanted", multiple=True, help="Action (several allowed), see `synapt actions`; or a set of your own, FILE.toml."
)
@click.option("--set", "sets", multiple=True, help="A set (`core24`, `synapt150`, `all`) or a tag (`gesture`).")
@click.option(
    "--motion",
    "motions",
    multiple=True,
    metavar="PATH...",
    help="Motion files to perform: files, folders or 'patterns*.bvh'; with --action, its arms on their legs.",
)
@click.option(
    "--motion-labels",
    "motion_labels",
    default="",
    metavar="FILE",
    help="What is in them: BABEL's JSON, HumanML3D's folder of texts, or a CSV `file,class[,start,end]`; else their names.",
)
@click.option("--motion-up", "up", type=click.Choice(["z", "y", "-y"]), default=None, help="Which axis of theirs is up.")
@click.option("--keep-shape", is_flag=True, help="Perform each file with its own body shape (with --body smplx).")
@click.option("--n", type=CLIPS, default=10, show_default=True, help="Clips of each action.")
@click.option("--out", type=PLACE, default="data", show_default=True, help="Dataset folder.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Another seed makes another dataset.")
@click.option("--quality", default="standard", show_default=True, help="draft, standard or high.")
@click.option("--backend", default=None, help="blender or raster; by default raster for drafts, else blender.")
@click.option("--recipe", default="standard", show_default=True, help="What is varied, and how far; see `synapt recipes`.")
@WITH
@click.option("--split", default="", help="Shares of train, val and test, e.g. 0.8,0.1,0.1; by default the recipe's.")
@click.option("--body", default="anny", show_default=True, help="Body model: anny or smplx.")
@click.option("--size", default="256", show_default=True, help="Pixels: 256, or 320x240 (width x height).")
@click.option("--fps", type=FPS, default=15.0, show_default=True, help="Frames per second.")
@TWINS
@VIEWS
@click.option("--allow-licenses", "licences", default="", metavar="SPDX,...", help="Draw only what has one of these licences.")
@click.option("--labels", default="", help="Labels per pixel, with commas: mask,part,person,depth,normal,flow or all.")
@WORKERS
@RAY
@RAY_RESOURCES
@SHARD
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.argument("more", nargs=-1, metavar="")
def render(
    wanted: tuple[str, ...], sets: tuple[str, ...], motions: tuple[str, ...], motion_labels: str, up: str | None,
    keep_shape: bool, n: int, out: Path, seed: int, quality: str, backend: str | None, recipe: str,
    changes: tuple[str, ...], split: str, body: str, size: str, fps: float, twins: str, views: int, licences: str,
    labels: str, workers: int | None, ray: str, resources: str, shard: Shard, dry_run: bool, more: tuple[str, ...],
) -> None:  # fmt: skip
    """Render labelled clips of actions, or of motion files, into a dataset folder.

    Stop it with Ctrl-C at any moment; the same command goes on from there.
    """
    from .. import names
    from ..actions.sets import shortfall
    from ..base.console import tell_plan
    from ..dataset import Settings
    from ..jobs import Request
    from ..jobs.plan import plan
    from ..setup import needs
    from ..setup.prepare import cure

    tier, (width_px, height_px) = names.quality(quality), names.size(size)
    recipe, digest = names.recipe(recipe, (*changes, *names.shares(split)))
    recipe, digest = names.only_licensed(recipe, body, licences)
    settings = Settings(
        recipe, seed, names.body(body), names.backend(backend or ("raster" if tier == "draft" else "blender")),
        tier, width_px, height_px, fps, digest,
    )  # fmt: skip
    recorded = (*motions, *more), motion_labels, up or "", keep_shape
    chosen = _performed(wanted, sets, recorded, settings.body) if motions else _actions(wanted, sets, recorded)
    settings = replace(settings, twins=names.twins(twins, views, chosen, recipe), views=views)
    n *= settings.grouping.size
    _check_number(n, len(chosen))
    request = Request(
        out, settings, chosen, n, names.dense(labels), workers, cure=cure, shard=shard, workplace=workplace(ray, resources)
    )  # fmt: skip
    if missing := shortfall(sets):
        remark(missing)
    needs.check(recipe, settings.backend)
    if dry_run:
        tell_plan(plan(request), dry_run)
        return
    _make(request)


def _make(request: Request) -> None:
    """Carry it out, and say what came of it."""
    from ..base.console import bar, tell_plan
    from ..jobs import render_many
    from ..jobs.plan import plan
    from ..jobs.rehearse import rehearse
    from ..setup.prepare import prepare

    prepare(request.settings.body)
    rehearse(request.actions, request.settings)
    tell_plan(plan(request), False)
    with bar() as progress:
        outcome = render_many(request, progress)
    _report(outcome, request.root)


Recorded = tuple[tuple[str, ...], str, str, bool]
"""Paths of motion files, of labels, the axis that is up, and whether shapes are kept."""


def _performed(wanted: tuple[str, ...], sets: tuple[str, ...], recorded: Recorded, body: str) -> tuple[str, ...]:
    """Canonical names of the recorded classes that were asked for; what of the files is left out is told."""
    from .. import names
    from ..actions.gathered import Asked
    from ..base.console import bar

    with bar() as progress:
        made = names.performances(wanted, sets, Asked(*recorded), body, progress)
    remark(*made.lines)
    return made.names


def _actions(wanted: tuple[str, ...], sets: tuple[str, ...], recorded: Recorded) -> tuple[str, ...]:
    """Canonical names of actions. UserError for what goes with --motion, when it isn't given."""
    from .. import names
    from ..base.errors import UserError

    paths, *others = recorded
    if paths:
        raise UserError(f"'{paths[0]}' belongs to no option: motion files are given with --motion {paths[0]}")
    if any(others):
        raise UserError("--motion-labels, --motion-up and --keep-shape go with --motion PATH: add that")
    return names.actions(wanted, sets)


def _check_number(n: int, n_actions: int) -> None:
    """UserError for more clips than a dataset holds."""
    from ..base.errors import UserError

    if n * n_actions > MOST_IN_ALL:
        raise UserError(
            f"{n:,} clips of each of {n_actions} actions are {n * n_actions:,}: a dataset holds up to {MOST_IN_ALL:,}, make "
            "several with other seeds"
        )


def _report(outcome: Outcome, out: Path) -> None:
    """Say what came of it and end with the code that fits: 0 all is there, 1 some clips failed, 130 interrupted."""
    from ..dataset import read_header
    from . import tell

    there = sum(read_header(out).counts.values())
    say(f"{out}: {tell.count(there, 'clip')} there, {outcome.made} made now")
    if outcome.quarantined:
        first, reason = next(iter(outcome.quarantined.items()))
        say(
            f"synapt: {tell.count(len(outcome.quarantined), 'clip')} could not be made, first {first}: {reason}; "
            f"details in {out / 'quarantine'}, the same command tries them again",
            err=True,
        )
    if outcome.interrupted:
        remark(f"stopped with {tell.count(outcome.left, 'clip')} to go: run the same command to go on")
        sys.exit(130)
    sys.exit(1 if outcome.quarantined else 0)
