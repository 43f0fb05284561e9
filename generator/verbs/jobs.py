"""`synapt jobs`: the files by which a cluster renders a request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.commands import Commands
from ..base.console import say
from ..base.limits import LOCAL, Count
from ..base.shards import MOST_SHARDS

if TYPE_CHECKING:
    from ..jobs.schedulers import Plan

Function = Callable[..., Any]


def _common(function: Function) -> Function:
    """Options of both schedulers."""
    for option in reversed(
        (
            click.option("--shards", type=Count(MOST_SHARDS), required=True, help="Into how many shards to divide the clips."),
            click.option("--at-once", type=Count(MOST_SHARDS), default=None, help="Shards at work at a time; by default all."),
            click.option("--time", "time_limit", default="12:00:00", show_default=True, help="Of one try: [DAYS-]HH:MM:SS."),
            click.option("--cpus", type=Count(1024), default=4, show_default=True, help="Cores of each shard."),
            click.option("--memory", type=Count(4096), default=16, show_default=True, help="GiB of each shard."),
            click.option("--gpus", type=Count(64, 0), default=0, show_default=True, help="Graphics cards of each shard."),
            click.option("--together", is_flag=True, help="All write into one folder: the disk keeps locks between machines."),
            click.option("--file", "file", type=LOCAL, default=None, help="Where the job's file goes."),
            click.argument("words", nargs=-1),
        )
    ):
        function = option(function)
    return function


@click.group(cls=Commands, invoke_without_command=True)
@click.pass_context
def jobs(context: click.Context) -> None:
    """Write the files by which a cluster renders a request in shards, goes on after preemption, and merges the shards.

    \b
        synapt jobs slurm --shards 16 --partition gpu --gpus 1 -- --set core24 --n 1000 --out /shared/data
        synapt jobs k8s --shards 16 --image synapt:0.1 --claim data:/data -- --set core24 --n 1000 --out /data/clips

    After -- stand the words of `synapt render`.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@jobs.command()
@click.option("--partition", default="", help="Of the cluster.")
@click.option("--account", default="", help="To be charged.")
@click.option("--image", default="", help="An Apptainer image; by default what is installed.")
@_common
def slurm(partition: str, account: str, image: str, words: tuple[str, ...], file: Path | None, **more: Any) -> None:
    """Write an array for sbatch, and the job that merges its shards."""
    from ..jobs import schedulers

    partition, account = schedulers.plain(partition, "partition"), schedulers.plain(account, "account")
    plan = _plan(words, schedulers.plain(image, "image"), **more)
    file = file or Path(f"{plan.name}.sh")
    after = file.with_name(f"{file.stem}-merge{file.suffix}")
    _write({file: schedulers.slurm(plan, partition, account), after: schedulers.slurm_merge(plan, partition, account)})
    say(f'sbatch --dependency=afterok:"$(sbatch --parsable {file})" {after}')


@jobs.command()
@click.option("--image", required=True, help="A container image that has `synapt`.")
@click.option("--claim", required=True, metavar="NAME:PATH", help="A persistent volume claim, and where it is mounted.")
@click.option("--node", default="", metavar="KEY=VALUE", help="A label of the nodes to run on.")
@_common
def k8s(image: str, claim: str, node: str, words: tuple[str, ...], file: Path | None, **more: Any) -> None:
    """Write an indexed job for kubectl, and the job that merges its shards."""
    from ..base.errors import UserError
    from ..base.places import Remote
    from ..jobs import schedulers

    name, _, mount = claim.partition(":")
    if not name or not mount.startswith("/"):
        raise UserError(f"the claim is '{claim[:60]}': give NAME:PATH, e.g. data:/data")
    if node and not all(node.partition("=")[::2]):
        raise UserError(f"the node is '{node[:60]}': give KEY=VALUE, e.g. pool=gpu")
    plan = _plan(words, schedulers.plain(image, "image"), **more)
    if not isinstance(plan.out, Remote) and not plan.out.is_relative_to(mount):
        raise UserError(f"--out is {plan.out}, which doesn't lie in the claim's {mount}: what is written there would be lost")
    where = (schedulers.plain(name, "claim"), Path(mount), schedulers.plain(node, "node"))
    file = file or Path(f"{plan.name}.yaml")
    after = file.with_name(f"{file.stem}-merge{file.suffix}")
    _write({file: schedulers.k8s(plan, *where), after: schedulers.k8s_merge(plan, *where)})
    say(f"kubectl apply -f {file}")
    say(f"kubectl wait --for=condition=complete --timeout=-1s job/{plan.name} && kubectl apply -f {after}")


def _plan(
    words: tuple[str, ...], image: str, *, shards: int, at_once: int | None, time_limit: str, memory: int, **more: Any
) -> Plan:
    """What the scheduler is told. UserError for words that `synapt render` would refuse, as far as that can be said here."""
    from ..base.errors import UserError
    from ..base.places import Remote
    from ..jobs.schedulers import Plan, seconds
    from .render import render

    for word in words:
        if word.partition("=")[0] in ("--shard", "--dry-run"):
            raise UserError(f"{word} among the words of `synapt render`: leave it out, the job divides the clips")
    seconds(time_limit)
    given = render.make_context("synapt render", list(words)).params
    _check_request(given)
    out = given["out"].absolute()
    kept, skip = [], False
    for word in words:
        if not skip and not word.startswith("--out=") and word != "--out":
            kept.append(word)
        skip = word == "--out" and not skip
    more["together"] = more["together"] or isinstance(out, Remote)  # a shell expands no pattern of folders in a store
    return Plan(tuple(kept), out, shards, at_once or 0, time_limit, memory_gb=memory, image=image, **more)


def _check_request(given: dict[str, Any]) -> None:
    """UserError for actions, sizes, recipes and the like that `synapt render` would refuse; motion files are not looked at."""
    from .. import names
    from ..dataset import Settings
    from ..jobs import Request

    chosen = ("recorded",) if given["motions"] else names.actions(given["wanted"], given["sets"])
    recipe, digest = names.recipe(given["recipe"], (*given["changes"], *names.shares(given["split"])))
    quality, (width_px, height_px) = names.quality(given["quality"]), names.size(given["size"])
    backend = names.backend(given["backend"] or "raster")
    settings = Settings(
        recipe, given["seed"], names.body(given["body"]), backend, quality, width_px, height_px, given["fps"], digest
    )
    Request(given["out"], settings, chosen, given["n"], names.dense(given["labels"]))


def _write(files: dict[Path, str]) -> None:
    """Write files of ours, over older ones of ours only."""
    from ..base.bounded import read_bytes
    from ..base.errors import UserError
    from ..base.files import appearing
    from ..jobs.schedulers import MARK

    for file in files:
        if file.exists() and (not file.is_file() or MARK.encode() not in read_bytes(file)[:200]):
            raise UserError(f"{file} is there, and not by `synapt jobs`: give another --file")
    for file, text in files.items():
        with appearing(file) as temporary:
            temporary.write_text(text, encoding="utf-8")
