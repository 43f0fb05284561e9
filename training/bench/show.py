"""What a measured machine comes to, in tables: where time goes, how long larger jobs take, and how it was before."""

from __future__ import annotations

from collections.abc import Iterator

from ...generator.base.console import Grid
from ...generator.base.pace import duration
from .node import node
from .values import Bench, Cell, Learning

JOBS = {"10,000 clips": 10_000, "150 x 1000 clips": 150_000}
"""What people render."""

SAME = 0.05
"""Of a rate: two runs on one machine at rest differ by about so much."""


def grids(
    bench: Bench, machines: int, price_per_hour: float | None, old: Bench | None, cards: int = 0, card_rate: float | None = None
) -> Iterator[Grid]:
    """All tables; that of a node's needs where it has `cards`."""
    yield rendering(bench)
    yield learning(bench)
    yield jobs(bench, machines, price_per_hour)
    if cards:
        yield node(bench, cards, card_rate)
    if old is not None:
        yield compared(bench, old)


def rendering(bench: Bench) -> Grid:
    """Clips an hour by tier, size and place, and the parts of a clip's time."""
    machine = bench.machine
    title = f"Rendering: {machine.processor}, {machine.cores} cores, {machine.memory_gib:.0f} GiB, {machine.cards} cards"
    heads = (
        "tier",
        "place",
        "px",
        "processes",
        "clips/h",
        "s/clip",
        "scene %",
        "load %",
        "frames %",
        "labels, file %",
        "frames seen",
    )
    return Grid(title, heads, tuple(_row(cell) for cell in bench.cells), _indoors(bench), left=2)


def _row(cell: Cell) -> tuple[str, ...]:
    parts = (cell.scene_s, cell.load_s, cell.frames_per_clip * cell.frame_s, cell.frames_per_clip * cell.after_s)
    shares = (f"{100 * part / cell.clip_s:.0f}" for part in parts)
    rate = f"{cell.clips_per_hour:,.0f}" if cell.clips_per_hour >= 10 else f"{cell.clips_per_hour:.1f}"
    return (
        cell.tier,
        cell.place,
        str(cell.size_px),
        str(cell.workers),
        rate,
        f"{cell.clip_s:.2f}",
        *shares,
        f"{cell.n_frames:,}",
    )


def _indoors(bench: Bench) -> str:
    pairs = [(cell, other) for cell in bench.cells for other in bench.cells if cell.place == "indoors" and _twins(cell, other)]
    said = ", ".join(f"{cell.tier} {cell.size_px} px {cell.clip_s / other.clip_s:.1f}" for cell, other in pairs)
    return f"Indoors takes so many times as long as outdoors: {said}. Clips are of 15 frames/s."


def _twins(cell: Cell, other: Cell) -> bool:
    return (cell.tier, cell.size_px) == (other.tier, other.size_px) and other.place == "outdoors"


def learning(bench: Bench) -> Grid:
    """What loads and what learns."""
    rows = tuple(
        (
            one.model,
            one.device,
            f"{one.frames} x {one.size_px} px",
            f"{one.loaded_per_s:.1f}",
            f"{one.learned_per_s:.1f}",
            _need(one),
        )
        for one in bench.learning
    )
    heads = ("model", "device", "clip", "loaded by a process, clips/s", "training step, clips/s", "processes that keep up")
    return Grid("Learning", heads, rows, left=3)


def _need(one: Learning) -> str:
    return f"{one.loaders_needed:.1f}" if one.loaders_needed >= 0.1 else "below 0.1"


def jobs(bench: Bench, machines: int, price_per_hour: float | None) -> Grid:
    """How long rendering takes, half of it indoors; on several machines such as this one, and for how much."""
    heads = ["tier", "px"]
    for name in JOBS:
        heads += [name, f"on {machines} machines"] if machines > 1 else [name]
        heads += ["price"] if price_per_hour is not None else []
    rows = []
    for tier, size_px in dict.fromkeys((cell.tier, cell.size_px) for cell in bench.cells):
        row = [tier, str(size_px)]
        for n in JOBS.values():
            seconds = n * mean_s(bench, tier, size_px)
            row += [duration(seconds), duration(seconds / machines)] if machines > 1 else [duration(seconds)]
            row += [f"{seconds / 3600 * price_per_hour:,.2f}"] if price_per_hour is not None else []
        rows.append(tuple(row))
    note = "Half of the clips indoors, half outdoors. Machines divide the clips and need no word with each other (--shard)."
    return Grid("Jobs", tuple(heads), tuple(rows), note)


def mean_s(bench: Bench, tier: str, size_px: int) -> float:
    """Seconds of this machine a clip, over the places."""
    each = [3600 / cell.clips_per_hour for cell in bench.cells if (cell.tier, cell.size_px) == (tier, size_px)]
    return sum(each) / len(each)


def compared(bench: Bench, old: Bench) -> Grid:
    """Rates beside those of an earlier run, or of another machine."""
    was = _rates(old)
    rows = []
    for name, rate in _rates(bench).items():
        if name in was:
            change = rate / was[name]
            word = "same" if abs(change - 1) <= SAME else f"{change:.2f} x"
            rows.append((name, f"{was[name]:,.1f}", f"{rate:,.1f}", word))
    there = f"{old.machine.processor}, {old.machine.cores} cores, {old.at}, synapt {old.version}"
    note = f"Before: {there}. Within {100 * SAME:.0f} % counts as the same." if rows else f"Nothing in common with {there}."
    return Grid("Against before", ("", "before", "now", "change"), tuple(rows), note)


def _rates(bench: Bench) -> dict[str, float]:
    rates = {f"{cell.name}, clips/h": cell.clips_per_hour for cell in bench.cells}
    for one in bench.learning:
        rates[f"{one.model} loaded, clips/s"] = one.loaded_per_s
        rates[f"{one.model} on {one.device}, clips/s"] = one.learned_per_s
    return rates
