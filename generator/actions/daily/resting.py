"""Standing or sitting while the hands do something: what the rest of the body does then."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score
from ..poses import START_S, free_hand, shift_weight
from ..postures.seats import seat_for, seated

SEATS = ("chair", "stool", "bench")
"""What people sit on while they do something small."""


def settled(s: Score, start_s: float, end_s: float, *, lean_rad: float = 0.04, prop: str = "seat") -> None:
    """From the start on a seat, where there is one, leaning back a little; else standing and shifting the weight."""
    if prop not in s.props:
        shift_weight(s, start_s, end_s, 1.3)
        return
    seat = seat_for(s, prop, 0.02)
    s.stand(prop, (0.0, seat.middle_m), time_s=START_S)
    seated(s, seat, START_S, 0.1, -lean_rad)
    s.trunk.to(START_S, 0.1, bend=lean_rad + 0.06)
    s.mode.to(START_S, 0.1, balance=0.0, seated=1.0)
    s.right_foot.place(START_S, 0.1, (s.body.stance_out_m * 1.1, 0.02), toe_out_rad=0.2)
    s.contact("seat", prop, -60.0, 60.0)


def idle_hand(s: Score, hand: Hand, where: str, end_s: float, duration_s: float, *, prop: str = "seat") -> None:
    """A hand with nothing to do: on the thigh of somebody who sits, else as `free_hand` says."""
    if prop not in s.props:
        free_hand(s, hand, where, end_s, duration_s)
        return
    knee, on = f"{hand.side}_kneecap", (-0.005, -0.14, 0.055)
    palm, fingers, elbow = (0.0, 0.1, -1.0), (-0.25, 1.0, -0.05), (0.7, -0.8, -0.1)
    hand.touch(end_s, duration_s, knee, on, "world", palm=palm, fingers=fingers, elbow=elbow)
    hand.fingers(end_s, duration_s, "cup")
