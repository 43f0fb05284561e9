"""Things that bend, and what is done with them, with hats, glasses and shoes."""

import numpy as np
import pytest
from made_performance import perform, skeleton_of
from synapt.generator.actions.action import Action, PropUse
from synapt.generator.motion.bending import flat, let_go, pin, tear

SKELETON = skeleton_of("average")


def doing(kind, write, seconds=1.5, others=()):
    """An action in which a thing of that kind is handled as `write` says."""

    def choreography(s):
        write(s)
        with s.phase("do", seconds):
            pass

    uses = (PropUse("it", (kind,), (1.0, 1.0)), *(PropUse(name, (name,), (1.0, 1.0)) for name in others))
    return Action("doing", "does it", choreography, ("do",), props=uses)


def particles(performed, name="it"):
    """(T, N, 3) particles of a thing that bends."""
    bones = performed.performance.props[name]
    return np.einsum("tnij,nj->tni", bones[..., :3, :3], performed.props[name].bending.rest_m) + bones[..., :3, 3]


def at_point(performed, point, name="it"):
    """(T, k, 3)"""
    return particles(performed, name)[:, performed.props[name].bending.points[point]]


def swung(times):
    return np.stack([0.25 * np.sin(5.0 * times), 0.6 + 0.0 * times, 1.4 + 0.1 * np.cos(5.0 * times)], axis=-1)


@pytest.mark.parametrize("kind", ["rope", "towel", "open_newspaper", "hose"])
def test_lengths_are_kept_and_pins_hold(kind):
    point = "start" if kind in ("rope", "hose") else "top_right"
    action = doing(kind, lambda s: pin(s, "it", point, "world", swung))
    done = perform(action, SKELETON)
    net, points = done.props["it"].bending, particles(done)
    firm = net.compliance == 0.0
    ends = points[:, net.links[firm]]
    stretch = np.linalg.norm(ends[:, :, 0] - ends[:, :, 1], axis=-1) / net.length_m[firm] - 1.0
    assert abs(stretch).max() < 0.02
    wanted = swung(done.times) * (-1.0, -1.0, 1.0)  # a spec with heading 0 faces -y
    assert np.linalg.norm(at_point(done, point)[:, 0] - wanted, axis=1).max() < 1e-3
    assert points[..., 2].min() > net.radius_m - 1e-6


def test_the_same_to_the_byte_and_mirrored_for_the_left_hand():
    action = doing("soft_cloth", lambda s: s.hold("it"), 0.8)
    once, again, left = (perform(action, SKELETON, side=side).performance.props["it"] for side in ("right", "right", "left"))
    assert once.tobytes() == again.tobytes()
    mirror = np.outer((-1.0, 1.0, 1.0, 1.0), (-1.0, 1.0, 1.0, 1.0))
    np.testing.assert_allclose(left, once * mirror, atol=1e-9)


@pytest.mark.parametrize(("tempo", "fps"), [(1.0, 30.0), (1.6, 30.0), (0.7, 12.5)])
def test_what_is_let_go_falls_in_real_seconds_and_lies_still(tempo, fps):
    def write(s):
        pin(s, "it", "top", "world", (0.0, 0.8, 1.6))
        let_go(s, "it", "top", 0.2)

    done = perform(doing("soft_cloth", write, 2.6 * tempo), SKELETON, tempo=tempo, fps=fps)
    high = particles(done)[..., 2].mean(axis=1)
    released = int(np.ceil(0.2 / tempo * fps - 1e-9))
    fall = (np.arange(len(high)) - released + 1) / fps
    early = (fall > 0.05) & (fall < 0.4)
    assert early.any()
    np.testing.assert_allclose(high[0] - high[early], 0.5 * 9.81 * fall[early] ** 2, rtol=0.3)
    last = particles(done)[-2:]
    assert last[-1, :, 2].max() < 0.15 and abs(last[1] - last[0]).max() * fps < 0.2


def test_cloth_lies_on_what_stands_still():
    def write(s):
        s.stand("stool", (0.0, 1.0))
        s.lay("it", flat((0.0, 1.18), 0.7))

    done = perform(doing("soft_cloth", write, 0.5, ("stool",)), SKELETON)
    top = done.props["stool"].frames["seat"][2, 3]
    center = at_point(done, "center")[-1, 0]
    assert top - 0.01 < center[2] < top + 0.05
    assert particles(done)[-1, :, 2].min() < top - 0.02  # the edges hang down


def test_paper_is_whole_until_it_is_torn():
    def write(s):
        for side, out in (("right", 0.06), ("left", -0.06)):
            pin(
                s,
                "it",
                f"{side}_half",
                "world",
                lambda t, out=out: np.stack([out * (1 + np.clip(t - 0.5, 0, 1)), 0 * t + 0.5, 0 * t + 1.2], -1),
            )
        tear(s, "it", 0.5, 1.0)

    done = perform(doing("paper", write), SKELETON)
    seam = done.props["it"].bending.seam
    gap = np.linalg.norm(np.diff(particles(done)[:, seam], axis=2)[:, :, 0], axis=-1)
    early, late = int(0.45 * 30), int(1.2 * 30)
    assert gap[:early, 1:].max() < 0.004
    assert gap[late, 1:].min() > 0.05


# ---------------------------------------------------------------- actions


@pytest.mark.parametrize("body", ["short_heavy", "tall_thin"])
def test_the_rope_goes_over_the_head_and_under_feet_in_the_air(body):
    done = perform("rope_skipping", skeleton_of(body), {"jumps": 3.0}, fps=60.0)
    middle = at_point(done, "middle", "rope")[:, 0, 2]
    crown, lowest = done.mark("crown")[:, 2], np.minimum(done.mark("left_ball")[:, 2], done.mark("right_ball")[:, 2])
    skip = done.segment("skip")
    over = middle > crown
    assert (np.diff(over.astype(int)) == 1).sum() >= 3
    passing = np.flatnonzero((middle[skip] < 0.06) & (np.abs(np.diff(middle, prepend=middle[0]))[skip] < 0.05)) + skip.start
    under = [t for t in passing if abs(at_point(done, "middle", "rope")[t, 0, 1] - done.mark("right_ball")[t, 1]) < 0.12]
    assert len(under) >= 2 and min(lowest[t] for t in under) > 0.02


@pytest.mark.parametrize("body", ["short_heavy", "tall_thin"])
def test_the_towel_is_at_the_face_and_the_hands_rub(body):
    done = perform("wiping_face_with_a_towel", skeleton_of(body))
    wipe = done.segment("wipe")
    gap = np.linalg.norm(particles(done, "towel")[wipe] - done.mark("nose")[wipe, None], axis=-1).min(axis=1)
    assert gap.max() < 0.12
    assert np.ptp(done.mark("right_palm")[wipe], axis=0).max() > 0.03


def test_the_towel_is_wrung_over_the_tub():
    done = perform("washing_a_towel_by_hands", SKELETON)
    rim = done.props["tub"].frames["rim"][2, 3]
    palms = [done.mark(f"{side}_palm") for side in ("right", "left")]
    rub, wring = done.segment("rub"), done.segment("wring")
    assert palms[0][rub, 2].mean() < rim + 0.15 < palms[0][wring][-5:, 2].mean() + 0.06
    assert np.linalg.norm(palms[0][wring] - palms[1][wring], axis=1)[-1] > 0.15


@pytest.mark.parametrize("body", ["short_heavy", "tall_thin"])
def test_the_laundry_comes_out_of_the_basket_and_hangs_on_the_line(body):
    done = perform("hanging_out_laundry", skeleton_of(body))
    line = done.prop_point("line", "line")[-1]
    fold, bottom = at_point(done, "fold", "cloth"), at_point(done, "bottom", "cloth")
    assert abs(fold[-1, :, 2] - line[2]).max() < 0.03 and abs(fold[-1, :, 1] - line[1]).max() < 0.03
    assert line[2] - bottom[-1, :, 2].mean() > 0.5
    assert particles(done, "cloth")[0, :, 2].max() < 0.5


def test_the_quilt_covers_the_bed_after_it_is_flung():
    done = perform("spreading_bedding_folding_bedding", SKELETON, {"which": "spread"})
    area = [np.prod(np.ptp(particles(done, "quilt")[t][:, :2], axis=0)) for t in (0, -1)]
    assert area[1] > 1.25 * area[0]
    assert particles(done, "quilt")[-1, :, 2].max() < done.prop_point("bed", "top")[-1, 2] + 0.3


def test_halves_of_the_paper_part():
    done = perform("tearing_up_paper", SKELETON, {"after": "hold"})
    right, left = (at_point(done, f"{side}_half", "paper").mean(axis=1) for side in ("right", "left"))
    apart = np.linalg.norm(right - left, axis=1)
    assert apart[done.segment("part")].max() > apart[0] + 0.1


@pytest.mark.parametrize("body", ["short_heavy", "tall_thin"])
@pytest.mark.parametrize(
    ("put", "take", "thing", "mark"),
    [("put_on_a_hat_cap", "take_off_a_hat_cap", "hat", "crown"), ("put_on_glasses", "take_off_glasses", "glasses", "nose")],
)
def test_hat_and_glasses_come_to_sit_and_come_off(body, put, take, thing, mark):
    on, off = (perform(name, skeleton_of(body)) for name in (put, take))
    for done, sitting, away in ((on, -1, 0), (off, 0, -1)):
        gap = np.linalg.norm(done.performance.props[thing][:, :3, 3] - done.mark(mark), axis=1)
        assert gap[sitting] < 1e-6 and gap[away] > 0.25
        assert np.linalg.norm(np.diff(done.performance.props[thing][:, :3, 3], axis=0), axis=1).max() < 0.13  # no jump


def test_the_shoe_comes_to_the_foot_and_leaves_it():
    on, off = perform("put_on_a_shoe", SKELETON), perform("take_off_a_shoe", SKELETON)
    for done, away in ((on, 0), (off, -1)):
        heel, shoe = done.mark("right_heel"), done.prop_point("shoe", "heel")
        gap = np.linalg.norm(heel - shoe, axis=1)
        assert gap.min() < 0.08 and gap[away] > 0.12
