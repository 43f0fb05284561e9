"""`synapt bench`."""

from __future__ import annotations

from pathlib import Path

import click

from ...generator.base.limits import LOCAL, Amount, Count

MOST_MACHINES, MOST_CARDS = 100_000, 1000


@click.command()
@click.option("--seconds", type=Amount(10, 3600), default=120.0, show_default=True, help="About so long; longer is surer.")
@click.option("--tier", "tiers", multiple=True, help="Only draft, standard or high (several allowed).")
@click.option("--machines", type=Count(MOST_MACHINES), default=1, show_default=True, help="How long would so many of these take?")
@click.option("--price-per-hour", type=Amount(0, 1e6), default=None, help="Of one machine, in whatever you pay with.")
@click.option("--cards", type=Count(MOST_CARDS), default=None, help="Also what a node with so many cards needs beside them.")
@click.option(
    "--card-rate", type=Amount(0.001, 1e6), default=None, help="With --cards: clips/s that one takes in, if not measured here."
)
@click.option("--out", type=LOCAL, default="synapt-bench.json", show_default=True, help="JSON to keep.")
@click.option("--against", type=LOCAL, default=None, help="JSON of an earlier run, or another machine's.")
@click.option("--from", "kept", type=LOCAL, default=None, help="Measure nothing: tell what this JSON holds.")
def bench(
    seconds: float, tiers: tuple[str, ...], machines: int, price_per_hour: float | None, out: Path, against: Path | None,
    kept: Path | None, cards: int | None, card_rate: float | None,
) -> None:  # fmt: skip
    """Measure this machine in two minutes: clips an hour by tier and size, indoors and out, loading, training, where time goes.

    Then says what 10,000 clips, and 150 classes of 1000, would take here and on several such machines, and cost.
    """
    from ...generator import names
    from ...generator.base.console import bar, print_grids, remark
    from ...generator.base.errors import UserError
    from ...generator.base.files import folder_to_write
    from ..bench.measure import KINDS, measure
    from ..bench.show import grids
    from ..bench.values import read_bench, write_bench

    if card_rate is not None and not cards:
        raise click.UsageError("--card-rate is for --cards: add that")
    old = read_bench(against) if against else None
    if kept is not None:
        print_grids(grids(read_bench(kept), machines, price_per_hour, old, cards or 0, card_rate))
        return
    folder_to_write(out.parent)
    if out.is_dir():
        raise UserError(f"{out} is a folder: name a file for the result as --out")
    chosen = {names.quality(tier) for tier in tiers}
    with bar() as progress:
        found = measure(seconds, [kind for kind in KINDS if not chosen or kind.tier in chosen], progress)
    write_bench(out, found)
    print_grids(grids(found, machines, price_per_hour, old, cards or 0, card_rate))
    remark(f"measured in {found.took_s:.0f} s and kept in {out}")
