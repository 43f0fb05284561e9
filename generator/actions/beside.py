"""What only bystanders do: no class of its own."""

from __future__ import annotations

from ..motion.score import Score
from .action import Action, Choice, PropUse, Range
from .poses import START_S
from .postures.seats import hands_seated, leaning_back, seat_for, seated

LONG_S = 10.0
"""As long as any clip: whoever acts decides when it ends."""


def _sit_by(s: Score) -> None:
    """On a seat of one's own from the first moment to the last, looking about."""
    seat = seat_for(s, "seat", s.number("gap_m"))
    s.stand("seat", (0.0, seat.middle_m), time_s=START_S)
    seated(s, seat, START_S, 0.1, -leaning_back(s, "seat"))
    s.trunk.to(START_S, 0.1, bend=s.number("slouch"))
    s.mode.to(START_S, 0.1, balance=0.0, seated=1.0)
    hands_seated(s, s.option("hands"), START_S, 0.1)
    pause, turned = s.number("pause_s"), s.number("turn_rad")
    with s.phase("sit", LONG_S) as (start, end):
        s.contact("seat", "seat", start, end)
        for k in range(int(LONG_S / pause)):
            s.head.to(start + (k + 0.7) * pause, 0.5, turn=turned * (-1.0) ** k, nod=0.10 * (k % 3 == 1))


SITTING_BY = Action(
    name="sitting_by",
    caption="sits on a {seat}",
    choreography=_sit_by,
    phases=("sit",),
    params={
        "gap_m": Range(0.0, 0.04),
        "lean_back": Range(0.0, 0.2),
        "slouch": Range(0.02, 0.25),
        "hands": Choice(("thighs", "lap", "edge", "mixed"), (0.4, 0.3, 0.1, 0.2)),
        "pause_s": Range(1.2, 2.6),
        "turn_rad": Range(0.05, 0.5),
    },
    props=(PropUse("seat", ("chair", "stool", "bench")),),
)

BESIDE: dict[str, Action] = {SITTING_BY.name: SITTING_BY}
"""Name -> what bystanders do besides the library's actions of one person without things."""
