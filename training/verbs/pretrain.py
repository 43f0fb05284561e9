"""`synapt pretrain`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("data", nargs=-1, type=click.Path(path_type=Path))
@click.option("--recipe", default="", help="A recipe by name, or the path of a .toml; by default the model's own, else tiny-cpu.")
@click.option("--model", default="", help="Another model than the recipe's (see `synapt models`).")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="The run's folder; by default runs/RECIPE.")
@click.option("--objective", default="", help="supervised, masked or aligned.")
@click.option("--epochs", type=int, default=None, help="How often each clip is seen.")
@click.option("--batch", type=int, default=None, help="Clips a step, over all processes and parts of a step.")
@click.option("--seed", type=int, default=None, help="Another seed is another run.")
@click.option("--workers", type=int, default=None, help="Processes that read or render clips; by default what suits the machine.")
@click.option("--with", "changes", multiple=True, metavar="A.B=C", help="Any other setting, e.g. optim.lr=0.1 (several allowed).")
@click.option("--allow-missing", type=float, default=0.0, show_default=True, help="Share of clips that may be unreadable.")
def pretrain(
    data: tuple[Path, ...],
    recipe: str,
    model: str,
    out: Path | None,
    objective: str,
    epochs: int | None,
    batch: int | None,
    seed: int | None,
    workers: int | None,
    changes: tuple[str, ...],
    allow_missing: float,
) -> None:
    """Train a model on clips: on datasets of `synapt render`, and on folders with one folder of videos for each class.

    \b
        synapt pretrain data --recipe tiny-cpu --out runs/a
        synapt pretrain data --model timesformer_b --with optim.lr=3e-4

    Stopped (Ctrl-C, SIGTERM, a power cut), the same command goes on. Many graphics cards, and many machines:

    \b
        torchrun --nproc-per-node 8 $(which synapt) pretrain data --recipe synapt2022-i3d
    """
    from rich.console import Console

    from ..config import load_config
    from ..pretrain import pretrain as run

    named = {"model.name": model, "objective.kind": objective, "optim.epochs": epochs, "optim.batch": batch, "seed": seed,
             "data.workers": workers}  # fmt: skip
    given = [f"{name}={value}" for name, value in named.items() if value not in ("", None)]
    recipe = recipe or "tiny-cpu"
    config = load_config(recipe, [*given, *changes])
    out = out or Path("runs") / Path(recipe).stem
    console = Console(stderr=True)
    folder = run(config, data, out, recipe=Path(recipe).stem, allow_missing=allow_missing, console=console)
    click.echo(folder)
