"""A street: houses on both sides, pavements, kerbs, a road with parked cars, lamps, trees in the pavement, signs and bins."""

from __future__ import annotations

import numpy as np

from ...props.shapes import box, metric_uv
from ...values import BackdropSpec
from ..scenery import Piece, Surroundings
from ..view import View
from . import houses, land, plants, things
from .plot import Plot, plot_of, put_together

ROAD_M = 6.6
KERB_M = 0.12
PAVEMENT_M = 2.6
HALF_M = 62.0
"""Half the street's length."""

N_HOUSES = 16
N_CARS = 18


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Params besides `yaw_rad` and `variant`: `width_m`, the pavement's free width behind the performance; `before_m`, that
    before it;
    `storeys`, of the tallest house; `parked`, the share of parking places taken; `trees`, the share of places for trees planted.
    """
    plot = plot_of(spec, view)
    back = max(float(plot.near_high[1]) + plot.number("width_m"), float(plot.high[1]))
    kerb = float(plot.near_low[1]) - plot.number("before_m")
    far_kerb = kerb - ROAD_M
    front = min(far_kerb - PAVEMENT_M, float(plot.low[1]))
    pieces = [*_row(plot, "near", back, 0.0), *_row(plot, "far", front, np.pi)]
    pieces += _cars(plot, "near", kerb - 1.05) + _cars(plot, "far", far_kerb + 1.05)
    pieces += _furniture(plot, kerb + 0.45, 0.0) + _furniture(plot, far_kerb - 0.45, np.pi)
    pieces += land.wood(plot, "end", "leaves~0.3", 75.0, 5.0, 12.0)
    ground = [
        plot.level((-HALF_M, kerb), (HALF_M, back), 0.0, "paving"),
        plot.level((-HALF_M, front), (HALF_M, far_kerb), 0.0, "paving"),
        plot.level((-HALF_M, far_kerb), (HALF_M, kerb), -KERB_M, "road"),
        *land.patches(plot, "stains", "paving*0.93", 8, 7.0, (0.3, 1.3), 0.003, on_land=False),
        *land.terrain(plot, "road", 0.3, z=-KERB_M - 0.03),
    ]
    marks = [things.stripe((x, 0.0), (x + 2.0, 0.0), 0.12, "pale", 0.0) for x in np.arange(-48.0, 48.0, 5.0)]
    ground += plot.lay(marks, (0.0, kerb - 0.5 * ROAD_M), z=0.006 - KERB_M)
    stones = metric_uv(box((2 * HALF_M, 0.14, KERB_M + 0.1), (0.0, 0.0, -0.5 * KERB_M - 0.04)))
    pieces += [p for y in (kerb, far_kerb) for p in plot.lay([Piece(stones, "kerb")], (0.0, y))]
    return put_together(plot, ground, pieces, ((-3.5, kerb + 0.45), (5.0, kerb + 0.45)))


def _row(plot: Plot, key: str, y: float, facing: float) -> list[Piece]:
    """Houses side by side from one end to the other; some stand back a little."""
    rolls = plot.numbers(f"{key} houses", N_HOUSES, *[(0.0, 1.0)] * 12)
    most = plot.number("storeys")
    out: list[Piece] = []
    x = -HALF_M + 8.0 * float(rolls[0, 11]) - 8.0
    for k, roll in enumerate(rolls):
        length = 7.0 + 7.0 * float(roll[8])
        storeys = max(1, round(most * (0.55 + 0.45 * float(roll[9]))))
        made = houses.house(length, storeys, roll, f"wall{int(roll[10] * 4)}")
        if x + length > HALF_M + 10.0:
            break
        set_back = 0.25 * float(roll[11]) * (k % 2)
        turned = y + set_back if facing == 0.0 else y - set_back
        out += plot.lay(made, (x + 0.5 * length, turned), facing)
        x += length
    return out


def _cars(plot: Plot, key: str, y: float) -> list[Piece]:
    """Cars along a kerb, in the places that are taken."""
    rolls = plot.numbers(f"{key} cars", N_CARS, *[(0.0, 1.0)] * 8)
    out: list[Piece] = []
    for k, roll in enumerate(rolls):
        if roll[4] < plot.number("parked"):
            made = things.car(f"car{int(roll[5] * 4)}", roll)
            turned = 0.0 if key == "near" else np.pi
            at = (5.6 * (k - 0.5 * N_CARS) + 0.5 * roll[6], y + 0.12 * (roll[7] - 0.5))
            out += plot.stand(made, at, turned + 0.02 * (roll[7] - 0.5), 2.3, -KERB_M)
    return out


def _furniture(plot: Plot, y: float, facing: float) -> list[Piece]:
    """Lamps, trees, signs, bins and bollards along a kerb."""
    side = "near" if facing == 0.0 else "far"
    rolls = plot.numbers(f"{side} furniture", 14, *[(0.0, 1.0)] * 5)
    out: list[Piece] = []
    for k, roll in enumerate(rolls):
        at = (7.5 * (k - 6.5) + 2.0 * roll[0], y)
        seed = int(1e6 * roll[1])
        if k % 3 == 0:
            out += plot.stand(things.lamp_post(5.2), at, facing, 0.3)
        elif roll[2] < plot.number("trees"):
            out += plot.stand(plants.tree(5.0 + 3.0 * roll[3], 3.2 + 1.4 * roll[4], seed, 260), at, 0.0, 0.5)
        elif roll[2] > 0.75:
            out += plot.stand((things.sign_post(), things.bin_(), things.bollard())[int(3 * roll[3])], at, facing + np.pi, 0.35)
    return out
