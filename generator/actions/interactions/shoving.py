"""One body moves another: a push with the palms, shoulders that collide; and somebody who runs away from somebody."""

from __future__ import annotations

from ...motion.footprints import Place
from ...motion.gait import begin_at, run, turn, walk, walking
from ...motion.impact import jolted, passed_on, pulse, struck
from ...motion.meeting import eye_contact, face_to_face
from ...motion.score import Score, Vector
from ..action import Action, Choice, Range
from .blows import ahead_m, crouch_m, height_of, mark_at, shift, within_reach

_LEAN_RAD, _MEETING_RAD, _STRETCH = 0.36, 0.14, 0.74


def _push(a: Score, b: Score) -> None:
    """One steps up, sets the palms on the other's chest (or a hand on a shoulder) and pushes; the other is moved."""
    step, over = a.number("step_m"), b.real(a.number("over_s"))
    low = crouch_m(a.body, b.body, "chest", _STRETCH, _MEETING_RAD)
    height = within_reach(a.body, height_of(b.body, "chest"), _STRETCH, _MEETING_RAD) - low
    mark = mark_at(b.body, height)
    near = ahead_m(a.body, height + low, _STRETCH, _MEETING_RAD) + 0.03 + mark.ahead_m + 0.02
    face_to_face(a, b, near + step)
    eye_contact(a, b, 0.2)
    both = a.option("where") == "chest"
    hands = (a.right, a.left) if both else (a.right,)
    with a.phase("approach", 0.85) as (start, end):
        shift(a, start, 0.8, step)
        for hand in hands:
            hand.reach(end, 0.5, (0.02, 0.42, -0.22), palm=(0.0, 0.9, -0.2), fingers=(0.0, 0.2, 0.95), elbow=(0.7, -0.6, -0.7))
            hand.fingers(end - 0.1, 0.4, "push")
        a.pelvis.to(end + 0.15, 0.5, up=-low)
        a.trunk.to(end, 0.4, bend=0.02, twist=0.0 if both else -0.35)
        b.trunk.to(end, 0.3, bend=-0.04)
    hit = a.now + 0.17
    with a.phase("push", 0.17 + over):
        _palms(a, hit, over, mark.landmark, mark.up_m, both)
        speed = passed_on(a.body, b.body, a.number("speed_mps"), a.number("share"))
        catch = struck(b, hit, speed, (0.0 if both else 0.25, -1.0), 0.85, over_s=a.number("over_s"))
        if not both:
            jolted(b, hit, twist=0.45)
        b.look(hit + b.real(0.45), "partner:head", landmark="nose")
    with a.phase("stagger", max(catch.end_s - b.real(0.45) - a.now, 0.9)) as (start, end):
        for k, hand in enumerate(hands):
            hand.again(start + 0.14, 0.14, "decelerate", at=_off(hand.moves[-1][1].at))
            hand.rest(start + 0.80 + 0.05 * k, 0.6)
            hand.fingers(start + 0.7, 0.4, "relaxed")
        a.trunk.to(start + 0.65, 0.55, bend=0.0, twist=0.0)
        a.pelvis.to(start + 0.60, 0.5, forward=0.0, up=0.0)
    with a.phase("recover", 0.3):
        pass


def _palms(a: Score, hit: float, over: float, landmark: str, up_m: float, both: bool) -> None:
    """Palms arrive, the trunk and the hips come after them and press; they stay on the body that gives way."""
    hands = (a.right, a.left) if both else (a.right,)
    for hand in hands:
        sign = 1.0 if hand.side == "right" else -1.0
        palm, fingers, elbow = (0.0, -1.0, -0.1), (0.15 * sign, -0.1, 1.0), (-0.6 * sign, 0.3, -0.8)
        if both:
            at = (-0.062 * sign, 0.034, up_m + 0.02)
            hand.touch(hit, 0.18, landmark, at, "partner:chest", "accelerate", palm=palm, fingers=fingers, elbow=elbow)
            a.contact(f"{hand.side}_palm", f"partner:{landmark}", hit, hit + over)
        else:
            at = (0.015, 0.095, -0.02)
            hand.go(hit, 0.18, "partner:left_shoulder", at, "accelerate", palm=palm, fingers=fingers, elbow=elbow)
            a.contact("right_palm", "partner:left_shoulder", hit, hit + over)
    a.trunk.to(hit + over, over + 0.12, bend=_LEAN_RAD, twist=0.0 if both else 0.30)
    a.pelvis.to(hit + over, over + 0.12, forward=0.10)


def _off(at: Vector) -> Vector:
    """A little before the chest that goes away: the arms stretch after it."""
    return at[0], at[1] + 0.08, at[2]


PUSHING_INTERACTION = Action(
    name="pushing_interaction",
    caption="pushes {b}",
    choreography=_push,
    phases=("approach", "push", "stagger", "recover"),
    roles=("a", "b"),
    params={
        "where": Choice(("chest", "shoulder"), (0.75, 0.25)),
        "step_m": Range(0.22, 0.50),
        "speed_mps": Range(1.9, 3.0),
        "share": Range(0.34, 0.50),
        "over_s": Range(0.14, 0.22),
    },
    aliases=(
        "pushing",
        "pushing somebody",
        "pushing_two_person_interaction",
        "push another",
        "shoving",
        "pushing other person",
    ),
    tags=("interaction", "contact", "arms", "combat"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "pushing_interaction", "ntu120": "A052", "ut_interaction": "push"},
)


def _bump(a: Score, b: Score) -> None:
    """Two walk past each other too close: right shoulders collide, both are turned and thrown aside, and look at each other."""
    approach = 1.05
    aside = a.body.shoulder_half_m + b.body.shoulder_half_m + 0.19
    b.start(aside, 0.0, 3.14159265)
    speeds = {a.role: a.number("speed_mps"), b.role: a.number("other_mps")}
    closing = sum(speeds.values())
    ends = []
    hit = a.now + approach
    with a.phase("walk", approach):
        for one, other in ((a, b), (b, a)):
            speed = speeds[one.role]
            begin_at(one, Place(0.0, -speed * (approach - 0.16), 0.0))
            gait = walking(one, speed)
            stop = hit - 0.02  # the left foot's last print lies before the blow, the right one's just after it
            first = stop - gait.under * gait.duty * gait.stride_s - 3.0 * gait.step_s + 0.01
            walk(one, 0.0, stop, speed, ease_out_s=0.25, phase=(-first / gait.stride_s) % 1.0)
            one.look(0.0, "travel", (-0.5 if one is a else 0.4, 2.5, 0.7 * one.body.eye_height_m), duration_s=0.0)
            taken = passed_on(other.body, one.body, closing, a.number("share"))
            catch = struck(one, hit, taken, (-0.85, -0.25), 0.9, arms=False)
            jolted(one, hit, twist=-0.35 - 0.7 * taken)
            one.right.reach(hit + 0.22, 0.2, (0.30, 0.45, -0.70), palm=(0.0, 0.2, -1.0), effector="wrist")
            one.left.reach(hit + 0.26, 0.2, (0.55, 0.20, -0.60), palm=(0.0, 0.2, -1.0), effector="wrist")
            ends.append(catch.end_s)
        a.contact("right_shoulder", "partner:right_shoulder", hit, hit + 0.12)
    with a.phase("stagger", max(max(ends) - b.real(0.25) - a.now, 0.7)) as (start, _):
        for k, one in enumerate((a, b)):
            one.look(start + one.real(0.35 + 0.1 * k), "partner:head", landmark="nose")
    with a.phase("look", 0.95) as (start, _):
        _afterwards(a, start, a.option("gesture"), a.number("turn_rad"))
        _afterwards(
            b, start + b.real(a.number("late_s")), "rub" if a.option("gesture") == "palms" else "palms", a.number("turn_rad")
        )


def _afterwards(s: Score, start: float, gesture: str, angle: float) -> None:
    """Turn to the other, and rub the shoulder or show the palms."""
    turn(s, start, -angle, stride_rad=2.0)
    if gesture == "rub":
        s.left.go(
            start + 0.5,
            0.5,
            "chest",
            (-0.85 * s.body.shoulder_half_m, 0.10, -0.06),
            palm=(-0.7, -0.7, 0.0),
            fingers=(-0.8, 0.3, 0.3),
        )
        s.right.rest(start + 0.3, 0.4)
    else:
        for hand in (s.right, s.left):
            hand.reach(start + 0.55, 0.5, (0.42, 0.50, -0.45), palm=(-0.1, 0.4, 0.9), fingers=(0.4, 0.9, 0.1))
            hand.fingers(start + 0.5, 0.4, "flat")


BUMP_INTO_EACH_OTHER = Action(
    name="bump_into_each_other",
    caption="bumps into {b} with the shoulder",
    choreography=_bump,
    phases=("walk", "stagger", "look"),
    roles=("a", "b"),
    params={
        "speed_mps": Range(1.0, 1.5),
        "other_mps": Range(0.9, 1.4),
        "share": Range(0.20, 0.34),
        "turn_rad": Range(0.9, 1.5),
        "gesture": Choice(("rub", "palms")),
        "late_s": Range(0.08, 0.25),
    },
    aliases=("bumping into each other", "bump", "bumping", "colliding", "knock into somebody"),
    tags=("interaction", "contact", "locomotion"),
    taxonomy={"synapt150": "bump_into_each_other"},
)


def _flee(a: Score, b: Score) -> None:
    """The other one threatens or comes running; one starts back, turns round and runs."""
    late, speed = a.real(a.number("late_s")), a.number("speed_mps")
    chased = a.option("how") == "chased"
    face_to_face(a, b, a.number("gap_m"))
    eye_contact(a, b, 0.15)
    with a.phase("threat", 0.45 + late) as (start, _):
        _threaten(b, start, chased)
        _start_back(a, start + 0.15 + late)
    with a.phase("turn", 0.80) as (start, _):
        side = 1.0 if a.performer.phases_rad[1] < 3.14 else -1.0
        a.look(start + 0.3, "travel", (0.0, 3.0, a.body.eye_height_m), duration_s=0.3)
        done = turn(a, start, side * a.number("turn_rad"), step_s=0.20, stride_rad=1.6)
        a.trunk.to(start + 0.2, 0.2, twist=0.30 * side, bend=0.12)
        a.trunk.to(done, 0.4, twist=0.0, bend=0.05)
        if chased:
            run(b, done - 0.12, 4.0, 0.95 * speed, ease_in_s=0.7)
        else:
            _shake_fist(b, start)
    with a.phase("run", max(a.number("run_s"), done + 0.9 - a.now)):
        run(a, done, 4.0, speed, ease_in_s=0.6)
        if a.option("glance") == "back":
            a.head.to(done + 0.75, 0.3, turn=0.8 * side)
            a.head.to(done + 1.2, 0.3, turn=0.0)


def _threaten(b: Score, start: float, chased: bool) -> None:
    """A step ahead with a raised fist, or with both arms out."""
    shift(b, start, 0.5, 0.22)
    b.trunk.to(start + 0.4, 0.35, bend=0.18, twist=0.0 if chased else -0.35)
    b.right.fingers(start + 0.3, 0.25, "planted" if chased else "fist")
    if chased:
        for k, hand in enumerate((b.right, b.left)):
            hand.reach(
                start + 0.38 + 0.05 * k, 0.35, (0.25, 0.72, 0.15 + 0.1 * k), palm=(0.0, 0.6, -0.7), fingers=(0.0, 0.8, 0.5)
            )
            hand.fingers(start + 0.3, 0.25, "planted")
    else:
        b.right.reach(
            start + 0.40, 0.36, (0.40, -0.02, 0.62), palm=(-0.8, 0.4, 0.0), fingers=(0.0, 0.2, 1.0), elbow=(1.0, 0.1, -0.3)
        )


def _shake_fist(b: Score, start: float) -> None:
    """The fist goes to and fro over the shoulder."""
    for k in range(3):
        forth = start + 0.15 + 0.36 * k
        b.right.reach(forth, 0.17, (0.28, 0.38, 0.52), palm=(-0.7, -0.2, -0.3), fingers=(0.0, 0.5, 0.9), elbow=(0.9, 0.3, -0.5))
        b.right.reach(
            forth + 0.18, 0.17, (0.40, 0.02, 0.62), palm=(-0.8, 0.4, 0.0), fingers=(0.0, 0.2, 1.0), elbow=(1.0, 0.1, -0.3)
        )
        b.trunk.to(forth, 0.17, twist=0.15)
        b.trunk.to(forth + 0.18, 0.17, twist=-0.2)


def _start_back(a: Score, when: float) -> None:
    """Frightened: shoulders up, hands before the chest, the trunk back."""
    a.trunk.add("bend", pulse(a, when, -0.22, 0.16))
    a.head.add("nod", pulse(a, when, 0.15, 0.12))
    shift(a, when, 0.36, -0.14, left_first=False)
    for k, hand in enumerate((a.right, a.left)):
        hand.reach(
            when + 0.20 + 0.03 * k,
            0.2,
            (0.14, 0.50, 0.05 + 0.1 * k),
            palm=(0.0, 0.95, 0.0),
            fingers=(0.1, 0.2, 0.95),
            elbow=(0.7, 0.0, -0.8),
        )
        hand.fingers(when + 0.15, 0.15, "planted")
        hand.fingers(when + 0.9, 0.4, "relaxed")


FLEE = Action(
    name="flee",
    caption="turns and runs away from {b}",
    choreography=_flee,
    phases=("threat", "turn", "run"),
    roles=("a", "b"),
    params={
        "how": Choice(("threatened", "chased")),
        "gap_m": Range(1.3, 2.0),
        "turn_rad": Range(2.4, 3.1),
        "speed_mps": Range(2.3, 3.3),
        "run_s": Range(1.1, 1.5),
        "late_s": Range(0.08, 0.25),
        "glance": Choice(("ahead", "back"), (0.6, 0.4)),
    },
    aliases=("fleeing", "running away", "run away from somebody", "escaping"),
    tags=("interaction", "locomotion", "legs"),
    taxonomy={"synapt150": "flee"},
)
