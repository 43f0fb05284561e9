"""What a node with so many cards needs beside them so that none waits: computed from what `synapt bench` measured, no more."""

from __future__ import annotations

from ...generator.base.console import Grid
from ...generator.base.errors import UserError
from .values import Bench, Cell, Learning

GRADIENT_BYTES = 4
"""A parameter's gradient travels in float32, whatever the step computes in."""

STREAMED = "draft"
"""The tier that a stream is drawn at."""


def node(bench: Bench, cards: int, card_rate: float | None) -> Grid:
    """A row for each model that learned: cores that decode or stream, what disk and network carry.

    `card_rate` is how many clips a second a card's step takes in, where another machine measured it; by default what this one
    did. UserError where neither is there.
    """
    if card_rate is None and any(one.device == "cpu" for one in bench.learning):
        raise UserError(
            "this was measured without a card, so how much one takes in is unknown: run `synapt bench` where there is one, or "
            "say it, --card-rate CLIPS_PER_SECOND"
        )
    stored = next((cell for cell in bench.cells if cell.size_px == 256 and cell.clip_bytes), None)
    streamed = [cell for cell in bench.cells if cell.tier == STREAMED and cell.size_px == 128]
    rows = tuple(_row(one, cards, card_rate or one.learned_per_s, stored, streamed) for one in bench.learning)
    heads = (
        "model", "clip", "clips/s", "cores that decode", "cores that stream", "disk, MB/s", "gradients, MB/s a card",
    )  # fmt: skip
    rate = f"{card_rate:g} clips/s a card, as told" if card_rate else "each as fast as the card measured here"
    note = (
        f"Cards: {rate}. Cores are such as the ones measured ({bench.machine.processor}). Decoding: every clip from its video, "
        "none from the cache of frames. Streaming: drafts of 128 px, rendered anew for each step, half of them indoors. Disk: "
        "videos and labels of 256 px, as rendered. Gradients: sent and received by a ring of the cards, "
        f"{GRADIENT_BYTES} bytes a parameter, with the batch that was measured; within a node they go from card to card, between "
        "nodes through the network."
    )
    return Grid(f"A node with {cards} cards needs", heads, rows, note, left=2)


def _row(one: Learning, cards: int, per_card: float, stored: Cell | None, streamed: list[Cell]) -> tuple[str, ...]:
    rate = cards * per_card
    mean_s = sum(cell.clip_s for cell in streamed) / len(streamed) if streamed else None
    return (
        one.model,
        f"{one.frames} x {one.size_px} px",
        f"{rate:,.0f}",
        _many(rate / one.loaded_per_s),
        _many(rate * mean_s) if mean_s else "not measured",
        f"{rate * stored.clip_bytes / 1e6:,.1f}" if stored else "not measured",
        f"{gradient_bytes_per_s(one, cards, per_card) / 1e6:,.0f}" if one.n_params else "not measured",
    )


def gradient_bytes_per_s(one: Learning, cards: int, per_card: float) -> float:
    """Bytes that each card sends, and receives, a second: a ring all-reduce moves 2 (n - 1) / n of the gradients each step
    (Patarasuk and Yuan 2009, https://doi.org/10.1016/j.jpdc.2008.09.002)."""
    return 2 * (cards - 1) / cards * GRADIENT_BYTES * one.n_params * per_card / one.batch


def _many(cores: float) -> str:
    return f"{cores:,.0f}" if cores >= 10 else f"{cores:.1f}"
