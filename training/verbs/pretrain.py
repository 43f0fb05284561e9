"""`synapt pretrain`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ...generator.base.console import remark
from ...generator.base.limits import LOCAL, MOST_STREAMED, NATURAL_SEED, PLACE, ROUNDS, SHARE, Count, Processes
from ...generator.base.shown import readable
from ..launched import told_to_launcher
from .options import ALLOW_MISSING

Streamed = tuple[tuple[str, ...], tuple[str, ...]]

RECIPE_OF = {
    "tiny": "tiny-cpu",
    "tsm_r18": "tsm18-cpu",
    "tsn_r50": "synapt2022-tsn",
    "i3d_r50": "synapt2022-i3d",
    "r2plus1d_18": "synapt2022-r2plus1d",
    "timesformer_b": "synapt2022-timesformer",
}
"""Which recipe a model is trained by when none is named; other models take their family's."""

LIKE = {"tsm_r50": "tsn_r50", "tsn_r18": "tsm_r18", "s3d": "i3d_r50"}


def recipe_for(model: str) -> str:
    """The recipe of a model that was named without one; transformers take TimeSformer's."""
    return RECIPE_OF.get(LIKE.get(model, model), "synapt2022-timesformer") if model else "tiny-cpu"


@click.command()
@click.argument("data", nargs=-1, type=PLACE)
@click.option("--recipe", default="", help="A recipe by name, or the path of a .toml; by default one for the model.")
@click.option("--model", default="", help="Another model than the recipe's (see `synapt models`); alone: tiny.")
@click.option("--out", type=LOCAL, default=None, help="The run's folder; by default runs/RECIPE.")
@click.option("--objective", default="", help="supervised, masked or aligned.")
@click.option("--epochs", type=ROUNDS, default=None, help="How many times each clip is seen.")
@click.option("--batch", type=ROUNDS, default=None, help="Clips per step, over all processes and parts of a step.")
@click.option("--seed", type=NATURAL_SEED, default=None, help="Another seed makes another run.")
@click.option(
    "--workers",
    type=Processes(0),
    default=None,
    help="Processes that read or render clips; by default what suits the machine.",
)
@click.option("--with", "changes", multiple=True, metavar="A.B=C", help="Any other setting, e.g. optim.lr=0.1 (several allowed).")
@ALLOW_MISSING
@click.option("--stream", is_flag=True, help="Render clips while training; only the model is written.")
@click.option("--action", "names", multiple=True, help="With --stream: an action (several allowed); see `synapt actions`.")
@click.option("--set", "sets", multiple=True, help="With --stream: a set (`core24`, `synapt150`, `all`) or a tag (`gesture`).")
@click.option(
    "--clips",
    type=Count(MOST_STREAMED),
    default=None,
    help="With --stream: clips that count as an epoch; 2000 unless the recipe says.",
)
@click.option("--mix", multiple=True, type=PLACE, help="With --stream: a dataset whose clips are mixed in.")
@click.option("--share", type=SHARE, default=None, help="With --mix: the stream's share of each step; by default 0.5.")
@click.option("--render-recipe", default="", help="With --stream: what is varied, and how far, as `synapt render --recipe`.")
@click.option("--ray", default="", metavar="auto|ADDRESS", help="With --stream: the Ray cluster whose nodes render.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@told_to_launcher()
def pretrain(
    data: tuple[Path, ...],
    recipe: str,
    model: str,
    out: Path | None,
    allow_missing: float,
    stream: bool,
    names: tuple[str, ...],
    sets: tuple[str, ...],
    mix: tuple[Path, ...],
    changes: tuple[str, ...],
    dry_run: bool,
    **named: str | int | float | None,
) -> None:
    """Train a model on clips: of datasets by `synapt render`, of folders with one folder of videos for each class, or a stream.

    \b
        synapt pretrain data --recipe tiny-cpu --out runs/a
        synapt pretrain data --model timesformer_b --with optim.lr=3e-4
        synapt pretrain --stream --set core24 --mix data

    After a stop (Ctrl-C, SIGTERM, a power cut) the same command goes on. Many graphics cards, many machines:

    \b
        torchrun --nproc-per-node 8 $(which synapt) pretrain data --recipe synapt2022-i3d
        torchrun --nnodes 4 --nproc-per-node 8 --rdzv-backend c10d --rdzv-endpoint HOST:29500 \\
            $(which synapt) pretrain data --recipe ppma --with engine.parallel=fsdp
    """
    from rich.console import Console

    from ..config import load_config
    from ..pretrain import pretrain as run
    from ..unread import refuse_unread

    _check_combination(stream, data, mix, (*names, *sets), allow_missing, named)
    recipe = recipe or recipe_for(model)
    given = _changes(model, named, (names, sets or (() if names else ("all",))) if stream else None, bool(data or mix))
    config = load_config(recipe, [*given, *changes])
    refuse_unread(config, changes)
    console = Console(stderr=True)
    speaks = os.environ.get("RANK", "0") == "0"  # of the processes of torchrun one
    if speaks and stream:
        from ...generator.stream import shortfall

        if missing := shortfall(sets):
            remark(missing)
        if not names and not sets and not any(change.startswith("stream.actions") for change in changes):
            remark(
                f"no action was named, so all {len(config.stream.actions)} are streamed: choose with --set or --action, and how "
                "long it takes with --clips and --epochs"
            )
    folder = run(
        config, [*data, *mix], out or Path("runs") / Path(recipe).stem, recipe=readable(Path(recipe).stem),
        allow_missing=allow_missing, console=console, dry_run=dry_run,
    )  # fmt: skip
    if speaks and not dry_run:
        click.echo(folder)


def _check_combination(
    stream: bool, data: tuple[Path, ...], mix: tuple[Path, ...], wanted: tuple[str, ...], allow_missing: float,
    named: Mapping[str, str | int | float | None],
) -> None:  # fmt: skip
    """UsageError for options that would do nothing without another one."""
    given = {name for name, value in named.items() if value not in (None, "")}
    if not stream and (wanted or mix or given & {"clips", "share", "render_recipe", "ray"}):
        raise click.UsageError("--action, --set, --clips, --mix, --share, --render-recipe and --ray are for --stream: add it")
    if stream and "share" in given and not (data or mix):
        raise click.UsageError("--share divides steps between the stream and clips on disk: name these with --mix")
    if stream and allow_missing and not (data or mix):
        raise click.UsageError(
            "--allow-missing is for clips on disk, and a stream has none: leave it out, or name some with --mix"
        )


def _changes(model: str, named: Mapping[str, str | int | float | None], streamed: Streamed | None, stored: bool) -> list[str]:
    """The options as settings of a recipe, "section.name=value" in TOML."""
    places = {
        "objective": "objective.kind", "epochs": "optim.epochs", "batch": "optim.batch", "seed": "seed",
        "workers": "data.workers", "clips": "stream.clips", "share": "stream.share", "render_recipe": "stream.recipe",
        "ray": "stream.ray",
    }  # fmt: skip
    given: dict[str, Any] = {places[name]: value for name, value in named.items() if value not in (None, "")}
    if model:
        given["model.name"] = model
    if streamed is not None:
        from ...generator.stream import asked

        given["stream.actions"] = list(asked(*streamed))
        if stored:
            given.setdefault("stream.share", 0.5)
    return [f"{name}={json.dumps(value)}" for name, value in given.items()]
