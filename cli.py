"""The command `synapt`: each verb parses, calls one function and prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from synapt.generator.jobs import Outcome
    from synapt.generator.values import Quality

DATASET = click.argument("dataset", type=click.Path(path_type=Path))
WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), default=None, help="Processes; by default what suits the machine."
)


class Verbs(click.Group):
    """The verbs of this file and, imported when asked for, those of the training half."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all verbs: those that make clips, then those that learn from them."""
        from synapt.training.verbs import VERBS

        return [*self.commands, *VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The click command of a verb, or None."""
        from synapt.training.verbs import find_verb

        return self.commands.get(cmd_name) or find_verb(cmd_name)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(package_name="synapt-video", prog_name="synapt")
@click.pass_context
def cli(context: click.Context) -> None:
    """Make labelled synthetic video of human actions.

    Start with `synapt doctor`, then `synapt render --action waving --n 4 --out data`.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


# ---------------------------------------------------------------- making


@cli.command()
@click.option("--action", "names", multiple=True, help="What is done (several allowed); see `synapt actions`.")
@click.option("--set", "sets", multiple=True, help="A set (`core24`, `synapt150`, `all`) or a tag (`gesture`).")
@click.option("--n", default=10, show_default=True, help="Clips of each action.")
@click.option("--out", type=click.Path(path_type=Path), default="data", show_default=True, help="Dataset folder.")
@click.option("--seed", default=0, show_default=True, help="Another seed is another dataset.")
@click.option("--quality", default="standard", show_default=True, help="draft, standard or high.")
@click.option("--backend", default=None, help="blender or raster; by default raster for drafts, else blender.")
@click.option("--recipe", default="standard", show_default=True, help="What is varied, and how far.")
@click.option("--body", default="anny", show_default=True, help="Body model: anny or smplx.")
@click.option("--size", default="256", show_default=True, help="Pixels: 256, or 320x240 (width x height).")
@click.option("--fps", default=15.0, show_default=True, help="Frames per second.")
@click.option("--labels", default="", help="Labels per pixel, with commas: mask,part,depth,normal,flow or all.")
@WORKERS
def render(
    names: tuple[str, ...],
    sets: tuple[str, ...],
    n: int,
    out: Path,
    seed: int,
    quality: str,
    backend: str | None,
    recipe: str,
    body: str,
    size: str,
    fps: float,
    labels: str,
    workers: int | None,
) -> None:
    """Render labelled clips of actions into a dataset folder.

    Ctrl-C at any moment; the same command goes on where it ended.
    """
    from synapt.generator import ask, needs
    from synapt.generator.actions.sets import shortfall
    from synapt.generator.dataset import Settings
    from synapt.generator.jobs import Request, render_many
    from synapt.generator.prepare import prepare

    tier: Quality = ask.quality(quality)
    width_px, height_px = ask.size(size)
    recipe, digest = ask.recipe(recipe)
    settings = Settings(
        recipe=recipe,
        seed=seed,
        body=ask.body(body),
        backend=ask.backend(backend or ("raster" if tier == "draft" else "blender")),
        quality=tier,
        width_px=width_px,
        height_px=height_px,
        fps=fps,
        recipe_digest=digest,
    )
    request = Request(out, settings, ask.actions(names, sets), n, ask.dense(labels), workers)
    if missing := shortfall(sets):
        click.echo(f"synapt: {missing}", err=True)
    needs.check(recipe, settings.backend)
    prepare(settings.body)
    with _bar() as tell:
        outcome = render_many(request, tell)
    _report(outcome, out)


def _report(outcome: Outcome, out: Path) -> None:
    """Say what came of it and end with the code that fits: 0 all is there, 1 some clips failed, 130 interrupted."""
    from synapt.generator import tell

    there = outcome.made + outcome.found
    print(f"{out}: {tell.count(there, 'clip')}, {outcome.made} of them made now")
    if outcome.quarantined:
        first, reason = next(iter(outcome.quarantined.items()))
        click.echo(
            f"synapt: {tell.count(len(outcome.quarantined), 'clip')} could not be made, first {first}: {reason}; "
            f"details in {out / 'quarantine'}, the same command tries them again",
            err=True,
        )
    if outcome.interrupted:
        click.echo(f"synapt: stopped with {tell.count(outcome.left, 'clip')} to go: run the same command to go on", err=True)
        sys.exit(130)
    sys.exit(1 if outcome.quarantined else 0)


@cli.command()
@click.option("--body", default="anny", show_default=True, help="Body model.")
def prepare(body: str) -> None:
    """Do the work that is done once: bake the body, compile. `render` does it when needed."""
    from synapt.generator import ask
    from synapt.generator.cache import cache_dir
    from synapt.generator.prepare import prepare as run

    run(ask.body(body))
    print(f"ready, in {cache_dir()}")


# ---------------------------------------------------------------- looking


@cli.command()
@click.option("--tag", default=None, help="Only actions with this tag.")
@click.option("--show", default=None, metavar="NAME", help="Everything about one action.")
def actions(tag: str | None, show: str | None) -> None:
    """List the actions there are."""
    from synapt.generator import ask, tell

    tell.print_table(tell.one_action(ask.action(show)) if show else tell.all_actions(ask.tagged(tag)))


@cli.command()
@click.argument("dataset", required=False, type=click.Path(path_type=Path))
@click.option("--action", "names", multiple=True, help="Draft clips of an action instead of a dataset.")
@click.option("--n", default=4, show_default=True, help="Clips to show of each action.")
@click.option("--seed", default=0, show_default=True)
@click.option("--recipe", default="standard", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where to put the .png and .gif.")
def preview(dataset: Path | None, names: tuple[str, ...], n: int, seed: int, recipe: str, out: Path | None) -> None:
    """Make a contact sheet (PNG) and an animation (GIF); prints their paths.

    Of a dataset, a video, any folder of CLASS/CLIP.mp4, or of an action that is drafted for it.
    """
    from synapt.generator import ask, needs
    from synapt.generator.errors import UserError
    from synapt.generator.prepare import prepare
    from synapt.generator.preview import preview_actions, preview_dataset

    if (dataset is None) == (not names):
        raise UserError("name either a folder of clips or --action NAME, e.g. `synapt preview --action waving`")
    if dataset is not None:
        paths = preview_dataset(dataset, n, out)
    else:
        wanted, (recipe, _) = ask.actions(names, ()), ask.recipe(recipe)
        needs.check(recipe, "raster")
        prepare("anny")
        paths = preview_actions(wanted, n, seed, recipe, out or Path("preview"))
    for path in paths:
        print(path)


@cli.command()
@DATASET
def info(dataset: Path) -> None:
    """Say what a dataset holds."""
    from synapt.generator import tell
    from synapt.generator.dataset import open_dataset

    for table in tell.dataset(open_dataset(dataset)):
        tell.print_table(table)


@cli.command()
@DATASET
@click.option("--fix", is_flag=True, help="Render broken and missing clips again.")
@click.option(
    "--sample", type=click.IntRange(min=0), default=8, show_default=True, help="Clips whose labels are made again and compared."
)
@WORKERS
def verify(dataset: Path, fix: bool, sample: int, workers: int | None) -> None:
    """Check every clip of a dataset: files, frames, hashes, labels, motion."""
    from synapt.generator import tell
    from synapt.generator.dataset import read_header
    from synapt.generator.exits import fail
    from synapt.generator.jobs import remake, restore
    from synapt.generator.prepare import prepare
    from synapt.generator.verify import check_dataset

    if fix and restore(dataset):
        click.echo(f"synapt: {dataset / 'dataset.json'} was lost, and is restored from the index", err=True)
    prepare(read_header(dataset).settings.body)
    with _bar() as progress:
        report = check_dataset(dataset, sample, progress)
    if fix and report.problems:
        tell.print_table(tell.problems(report))
        with _bar() as progress:
            outcome = remake(dataset, report.broken, progress, report.doubted, workers=workers)
        if outcome.interrupted:
            fail(f"stopped with {tell.count(outcome.left, 'clip')} to go: run the same command to go on", 130)
        for name, reason in outcome.quarantined.items():
            click.echo(f"synapt: {name} could not be made again, and is as it was: {reason}", err=True)
        with _bar() as progress:
            report = check_dataset(dataset, sample, progress)
    if report.problems:
        tell.print_table(tell.problems(report))
    print(f"{dataset}: {tell.count(report.checked, 'clip')} checked, {tell.count(len(report.problems), 'problem')}")
    for line in tell.cures(report, dataset, fix):
        click.echo(f"synapt: {line}", err=True)
    sys.exit(1 if report.problems else 0)


@cli.command()
def doctor() -> None:
    """Check this machine: what works, what is missing, how to get it."""
    from synapt.generator import tell
    from synapt.generator.doctor import examine

    checks = examine()
    tell.print_table(tell.checks(checks))
    sys.exit(0 if all(check.ok or not check.needed for check in checks) else 1)


@cli.command()
@click.argument("dataset", required=False, type=click.Path(path_type=Path))
def licenses(dataset: Path | None) -> None:
    """List the licences of all assets, or of those that a dataset was made with."""
    from synapt.generator import tell
    from synapt.generator.dataset import read_header

    tell.print_table(tell.licences(read_header(dataset).licences if dataset else None))


# ---------------------------------------------------------------- running


def _bar() -> AbstractContextManager[Callable[[int, int, str], None]]:
    """A progress bar on standard error, as a context that gives the function to report to."""
    from synapt.training.console import bar

    return bar()


def main() -> None:
    """Run the command; what a user can put right is one line on standard error and exit code 2."""
    from synapt.generator.cache import keep_compiled_code
    from synapt.generator.exits import run

    keep_compiled_code()
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # workers import this package, not a folder of its name where we happen to be
    run(cli)


if __name__ == "__main__":
    main()
