"""`synapt status`."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...generator.base.console import say
from ...generator.base.limits import PLACE

if TYPE_CHECKING:
    from ...generator.base.standing import Standing

EVERY_S = 2.0
"""How often --watch looks."""

MOST_LINES = 10
"""Of what was set aside."""


@click.command()
@click.argument("out", type=PLACE)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.option("--watch", is_flag=True, help="Look again every two seconds, until nobody is at work there.")
def status(out: Path, as_json: bool, watch: bool) -> None:
    """Tell how far a render, a training run or an evaluation in OUT has come, from any terminal; nothing is written.

    What is done and left, how fast and how long, what was set aside, and who is at it (process, machine, since when).
    """
    from ..standing import standings

    if watch and as_json:
        raise click.UsageError("--watch is for people, and --json for programs: give one of them")
    if not out.is_dir():
        from ...generator.base.errors import UserError

        raise UserError(f"{out} is no folder: name the --out of `synapt render`, `pretrain` or `evaluate`")
    if as_json:
        click.echo(json.dumps({path: facts(one) for path, one in standings(out).items()}, indent=2))
    elif watch:
        _watch(out)
    else:
        for line in lines(standings(out)):
            say(line)


def facts(one: Standing) -> dict[str, Any]:
    """A standing as plain data for JSON."""
    held = {share or "all": {"pid": who.pid, "host": who.host, "since": _moment(who.since_s)} for share, who in one.held.items()}
    return {
        "kind": one.kind, "state": one.state, "unit": one.unit, "done": one.done, "total": one.total, "left": one.left,
        "per_hour": one.per_hour, "left_s": one.left_s, "held_by": held, "set_aside": dict(one.set_aside),
    }  # fmt: skip


def lines(found: Mapping[str, Standing]) -> Iterator[str]:
    """A standing for people: a line on each folder, and one on each who is at it and on each thing set aside."""
    from ...generator.base.pace import duration

    for path, one in found.items():
        share = f" ({100 * one.done / one.total:.0f} %), {one.left:,} left" if one.total else ""
        of = f" of {one.total:,}" if one.total is not None else ""
        speed = f"; {one.per_hour:,.0f} {one.unit} an hour" if one.per_hour else ""
        over = f", about {duration(one.left_s)} left" if one.left_s else ""
        yield f"{path}: {one.state}, {one.done:,}{of} {one.unit} done{share}{speed}{over}"
        for part, who in one.held.items():
            what = f"shard {part} is" if part else "it is"
            yield f"  {what} held by process {who.pid or '(unknown)'} on {who.host or '(unknown)'} since {_moment(who.since_s)}"
        for name, why in list(one.set_aside.items())[:MOST_LINES]:
            yield f"  set aside: {name}: {why}"
        if len(one.set_aside) > MOST_LINES:
            yield f"  and {len(one.set_aside) - MOST_LINES:,} more were set aside"


def _moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))


def _watch(out: Path) -> None:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    from ...generator.base.shown import shown
    from ..standing import standings

    with Live(console=Console(), auto_refresh=False) as live:
        while True:
            found = standings(out)
            live.update(Text("\n".join(map(shown, lines(found)))), refresh=True)
            if all(one.state != "running" for one in found.values()):
                return
            time.sleep(EVERY_S)
