"""`synapt shapes`: clips of moving shapes, the baseline without humans that any pretraining has to beat."""

from __future__ import annotations

from pathlib import Path

import click

from ...generator.base.limits import FPS, LOCAL, SEED, SIZE_PX, Count, Processes

MOST_CLIPS = 100_000
"""Of a kind; all names are looked for before the first is drawn."""

MOST_FRAMES = 10_000
"""Of a clip, all of which are in memory at once."""


@click.command()
@click.option("--out", type=LOCAL, default=Path("shapes"), show_default=True, help="Folder to fill.")
@click.option("--n", type=Count(MOST_CLIPS), default=200, show_default=True, help="Clips of each of the 24 kinds of motion.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Another one gives other clips.")
@click.option("--size", type=SIZE_PX, default=128, show_default=True, help="Width and height in pixels.")
@click.option("--frames", type=Count(MOST_FRAMES), default=32, show_default=True, help="Frames of a clip.")
@click.option("--fps", type=FPS, default=15.0, show_default=True, help="Frames per second.")
@click.option("--workers", type=Processes(), default=None, help="Processes; by default one a core.")
def shapes(out: Path, n: int, seed: int, size: int, frames: int, fps: float, workers: int | None) -> None:
    """Write clips of textured shapes, labelled by how they move; `synapt pretrain` accepts the folder like any other.

    When stopped, the same command goes on.
    """
    from ...generator.base.console import bar
    from ..data.shapes import CLASSES, ShapeSettings, write_shapes

    with bar() as progress:
        made = write_shapes(
            out, n, ShapeSettings(seed, size, frames, fps), workers, lambda done, total: progress(done, total, "drawing shapes")
        )
    click.echo(f"{out}: {n * len(CLASSES)} clips of {len(CLASSES)} kinds of motion, {made} of them new")
