"""A slip in a choreography is one line: the file, the line in it, and what there is to choose from."""

import inspect
import re
from pathlib import Path

import pytest
from made_performance import perform, skeleton_of
from synapt.generator.actions import Action, Range
from synapt.generator.base.errors import UserError
from synapt.generator.motion import bending, crawl, gait, jump, passing, springs, steps
from synapt.generator.motion.gait import walk
from synapt.generator.motion.limbs import Foot, Hand
from synapt.generator.motion.score import Score
from synapt.generator.motion.timing import Channels

CALLS = {
    **dict.fromkeys(("walk", "run", "turn", "side_step", "onstage", "begin_at"), gait),
    **dict.fromkeys(("hop", "leap", "feet_off"), jump),
    **dict.fromkeys(("on_all_fours", "creep"), crawl),
    **dict.fromkeys(("pin", "let_go", "tear", "flat"), bending),
    "go_by": steps,
    "stretch": springs,
    "string": passing,
}


def unknown_channel(s, end):
    s.trunk.to(end, 0.3, pitch=0.3)


def palm_as_a_word(s, end):
    s.right.reach(end, 0.3, (0.0, 1.0, 0.0), palm="down")


def misspelt_argument(s, end):
    s.right.reach(end, 0.3, (0.0, 1.0, 0.0), elbw=(1.0, 0.0, 0.0))


def misspelt_argument_of_a_gait(s, end):
    walk(s, 0.0, 1.0, spede=3.0)


def unknown_shape(s, end):
    s.right.fingers(end, 0.3, "fists")


def unknown_frame(s, end):
    s.left.go(end, 0.3, "chst", (0.0, 0.3, 0.0))


def unknown_landmark(s, end):
    s.left.touch(end, 0.3, "noze")


def unknown_ease(s, end):
    s.head.to(end, 0.3, "smoth", nod=0.1)


def two_numbers_for_a_point(s, end):
    s.right.reach(end, 0.3, (0.0, 1.0))


def not_a_number(s, end):
    s.pelvis.to(end, 0.3, up=float("nan"))


def unknown_parameter(s, end):
    s.number("rap")


def unknown_thing(s, end):
    s.hold("cup")


def unknown_contact(s, end):
    s.contact("left_hip_bone", "floor", 0.0, 1.0)


def error_of_its_own(s, end):
    return 1 / 0


SLIPS = {
    unknown_channel: r"no channel is called 'pitch': choose from bend, lean, twist",
    palm_as_a_word: r"the direction of palm or instep is 'down': give 3 finite numbers, \(out, forward, up\)",
    misspelt_argument: r"unexpected keyword argument 'elbw': did you mean elbow\? \(Hand.reach takes end_s, duration_s, at, ease",
    misspelt_argument_of_a_gait: r"'spede': did you mean speed_mps.*walk takes start_s, duration_s",
    unknown_shape: r"no shape of the hand is called 'fists': did you mean 'fist'\?",
    unknown_frame: r"no frame is called 'chst': did you mean 'chest'\?",
    unknown_landmark: r"no landmark is called 'noze': did you mean 'nose'\?",
    unknown_ease: r"no ease is called 'smoth': did you mean 'smooth'\?",
    two_numbers_for_a_point: r"the point is \(0.0, 1.0\): give 3 finite numbers",
    not_a_number: r"the value is nan: give one finite number",
    unknown_parameter: r"no parameter is called 'rap': did you mean 'raps'\?",
    unknown_thing: r"no thing is called 'cup': there is none at all",
    unknown_contact: r"no landmark is called 'left_hip_bone'",
    error_of_its_own: r"ZeroDivisionError: division by zero",
}


def action_of(slip, phases=("raise", "lower")):
    def choreography(s):
        with s.phase("raise", 0.7) as (_, end):
            slip(s, end)
        with s.phase("lower", 0.7) as (_, end):
            s.right.rest(end, 0.7)

    return Action("slipping", "slips", choreography, phases, params={"raps": Range(2, 4)})


def performed(action):
    return perform(action, skeleton_of("average"), {"raps": 3.0}, fps=10.0).performance


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.__name__)
def test_a_slip_names_its_line(slip):
    lines, first = inspect.getsourcelines(slip)
    place = re.escape(f"{__file__}:{first + len(lines) - 1}")
    with pytest.raises(UserError, match=f"^action 'slipping': {place}: .*{SLIPS[slip]}"):
        performed(action_of(slip))


def test_a_phase_that_is_not_declared_is_refused():
    with pytest.raises(UserError, match="marks a phase 'lower' that is not declared: phases are raise; add it"):
        performed(action_of(lambda s, end: None, phases=("raise",)))
    assert [segment.name for segment in performed(action_of(lambda s, end: None)).segments] == ["raise", "lower"]


def test_the_manual_lists_every_argument_as_it_is():
    """docs/actions.md names each call with its signature; what it lists is what Python would say."""
    manual = (Path(__file__).parents[1] / "docs" / "actions.md").read_text()
    homes = {"s.right.": Hand, "s.right_foot.": Foot, "s.trunk.": Channels, "s.": Score}
    listed = re.findall(r"^- `([\w.]+)\((.*)\)`: ", manual, re.MULTILINE)
    for name, arguments in listed:
        start = next((start for start in homes if name.startswith(start) and name.count(".") == start.count(".")), "")
        found = getattr(homes[start], name.removeprefix(start)) if start else getattr(CALLS[name], name)
        assert arguments == written(found), name
    called = {name for name, _ in listed}
    for start, home in homes.items():
        for method in (name for name, thing in vars(home).items() if inspect.isfunction(thing) and not name.startswith("_")):
            assert f"{start}{method}" in called or method in ("flexion", "shaped", "at"), f"{start}{method} is not in the manual"


def written(function):
    """A signature as the manual writes it."""
    parts = []
    for entry in inspect.signature(function).parameters.values():
        if entry.kind is entry.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        if entry.name != "self":
            plain = entry.name if entry.default is entry.empty else f"{entry.name}={entry.default!r}"
            parts.append("**" * (entry.kind is entry.VAR_KEYWORD) + plain)
    return ", ".join(parts)
