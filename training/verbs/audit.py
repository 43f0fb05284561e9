"""`synapt audit`."""

from __future__ import annotations

from pathlib import Path

import click

from ...generator.base.console import remark
from ...generator.base.limits import FPS, LOCAL, PLACE, SEED, SIZE_PX, Count, Processes

MOST_TWINS = 10_000
"""Performances of an action, or twins of one: each is rendered and kept in memory until it was asked about."""


@click.command()
@click.argument("run", type=LOCAL)
@click.option("--n", type=Count(MOST_TWINS), default=2, show_default=True, help="Performances of each action.")
@click.option(
    "--redraws", type=Count(MOST_TWINS), default=3, show_default=True, help="Twins of each performance for each factor."
)
@click.option("--factor", "chosen", multiple=True, help="Redraw this factor only; may be repeated.  [all]")
@click.option(
    "--action", "actions", multiple=True, help="Only this class of the model; may be repeated.  [all that can be rendered]"
)
@click.option("--size", "size_px", type=SIZE_PX, default=None, help="Pixels, square.  [what the model's crops are cut from]")
@click.option("--fps", type=FPS, default=15.0, show_default=True)
@click.option("--recipe", default="standard", show_default=True, help="What is varied and how far.")
@click.option("--seed", type=SEED, default=None, help="Of the generator.  [one that no training uses]")
@click.option(
    "--backgrounds",
    type=PLACE,
    default=None,
    help="A folder of CLASS/CLIP whose places go with its classes.",
)
@click.option("--out", type=LOCAL, default=None, help="Folder for the results.  [RUN/audit]")
@click.option("--workers", type=Processes(), default=2, show_default=True, help="Processes that render.")
def audit(run: Path, n: int, redraws: int, chosen: tuple[str, ...], actions: tuple[str, ...], size_px: int | None, fps: float,
          recipe: str, seed: int | None, backgrounds: Path | None, out: Path | None, workers: int) -> None:  # fmt: skip
    """Ask a model about counterfactual twins: clips that differ in one thing alone.

    RUN is the folder of a run or of a model whose classes are actions of `synapt render`. After Ctrl-C the same command goes on;
    a larger --n adds performances.
    """
    from ...generator.base.console import bar, print_grids
    from ..asking import even_side, open_asked
    from ..audit.run import ANSWERS, AUDIT, SEED, AuditSettings
    from ..audit.run import audit as measure
    from ..audit.show import grids, save_figures
    from ..data.clips import open_clips

    asked = open_asked(run)
    settings = AuditSettings(
        n,
        redraws,
        size_px or even_side(asked.data.size_px),
        fps,
        recipe,
        SEED if seed is None else seed,
        actions,
        chosen,
        str(backgrounds) if backgrounds else "",
    )
    if backgrounds:
        remark(*open_clips(backgrounds).remarks)
    folder = out or asked.home / "audit"
    with bar() as progress:
        found = measure(asked, folder, settings, workers, progress)
    print_grids(grids(found))
    for path in (folder / AUDIT, folder / ANSWERS, *save_figures(found, folder)):
        click.echo(path)
