"""Figures against scikit-learn and scipy, intervals against simulation, tests against enumeration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm, permutation_test
from sklearn.metrics import accuracy_score, balanced_accuracy_score, confusion_matrix, top_k_accuracy_score
from synapt.training.metrics import calibration_error, confusion, per_class, stack, top_k
from synapt.training.significance import mcnemar, mean_class_interval, paired, permutation, top_k_interval, wilson
from synapt.training.values import Predictions


def made(seed=0, n=40, n_classes=7, fold="a", skill=2.0, group=lambda k: "", of=0):
    """Predictions that are right more often than chance; `of` draws the clips' labels, `seed` what is said of them."""
    label = np.random.default_rng(of).integers(0, n_classes, n)
    logits = np.random.default_rng([of, seed, 1]).normal(size=(n, n_classes)) + skill * np.eye(n_classes)[label]
    probability = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    ids = tuple(f"{fold}/{k}" for k in range(n))
    return Predictions(fold, seed, ids, tuple(group(k) for k in range(n)), label, probability.astype(np.float32))


def hard(right, seed=0, groups=None, fold="a"):
    """Two classes; all clips are of class 0, named right where `right` says so."""
    right = np.asarray(right, bool)
    probability = np.where(right[:, None], [0.9, 0.1], [0.2, 0.8]).astype(np.float32)
    ids = tuple(f"{fold}/{k}" for k in range(len(right)))
    groups = tuple(map(str, groups)) if groups is not None else ("",) * len(right)
    return Predictions(fold, seed, ids, groups, np.zeros(len(right), np.int64), probability)


def test_figures_are_those_of_scikit_learn():
    part = made(n=300)
    scores = stack([part])
    assert top_k(scores)[0] == pytest.approx(accuracy_score(part.label, part.probability.argmax(1)))
    assert top_k(scores, 3)[0] == pytest.approx(top_k_accuracy_score(part.label, part.probability, k=3, labels=range(7)))
    assert (confusion(scores, 7) == confusion_matrix(part.label, part.probability.argmax(1), labels=range(7))).all()
    balanced = balanced_accuracy_score(part.label, part.probability.argmax(1))
    assert np.nanmean(per_class(scores, 7)) == pytest.approx(balanced)
    assert mean_class_interval(scores, 7).value == pytest.approx(balanced)


def test_every_fold_counts_alike_and_seeds_are_told_apart():
    parts = [hard([1, 1, 1, 0], 0, fold="a"), hard([0, 1], 0, fold="b"), hard([1] * 4, 1, fold="a"), hard([1, 1], 1, fold="b")]
    scores = stack(parts[::-1])
    assert top_k(scores).tolist() == [0.625, 1.0]
    assert top_k_interval(scores).value == pytest.approx(0.8125)
    with pytest.raises(ValueError, match="same clips"):
        stack([*parts[:3], hard([1], 1, fold="b")])


def test_a_tie_goes_to_the_same_class_in_top_k_as_in_what_is_predicted():
    flat = Predictions("a", 0, tuple("abc"), ("",) * 3, np.array([0, 1, 2]), np.full((3, 3), 1 / 3, np.float32))
    scores = stack([flat])
    assert [top_k(scores, k)[0] for k in (1, 2, 3)] == pytest.approx([1 / 3, 2 / 3, 1])
    assert scores.predicted.tolist() == [[0, 0, 0]]


def test_calibration_error_is_the_gap_where_all_are_equally_sure_and_nothing_where_they_are_honest():
    assert calibration_error(stack([hard([1, 1, 0, 0])])) == pytest.approx((2 * 0.1 + 2 * 0.8) / 4)
    rng = np.random.default_rng(0)
    sure = rng.uniform(0.5, 1, 40000)
    label = (rng.random(40000) > sure).astype(np.int64)
    probability = np.stack([sure, 1 - sure], 1).astype(np.float32)
    honest = Predictions("a", 0, tuple(map(str, range(40000))), ("",) * 40000, label, probability)
    assert calibration_error(stack([honest])) < 0.01


@pytest.mark.parametrize(("right", "n"), [(0, 5), (5, 5), (3, 10), (60, 60)])
def test_wilson_is_scipys(right, n):
    found, theirs = wilson(right, n), binomtest(right, n).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.integers(0, 30), st.integers(0, 30))
def test_mcnemar_is_the_exact_binomial_test(a, b):
    assert mcnemar(a, b) == pytest.approx(1.0 if a == b == 0 else binomtest(a, a + b).pvalue)


@settings(max_examples=20)
@given(st.lists(st.integers(-3, 3), min_size=2, max_size=9))
def test_the_permutation_test_is_scipys_exact_one(gaps):
    gap = np.array(gaps, float)
    theirs = permutation_test((gap, 0 * gap), lambda x, y: abs((x - y).sum()), permutation_type="samples", alternative="greater")
    assert permutation(gap) == pytest.approx(theirs.pvalue)


def test_many_clusters_are_permuted_by_draws_that_are_the_same_each_time():
    gap = np.random.default_rng(1).normal(0.3, 1, 60)
    theirs = 2 * norm.sf(abs(gap.sum()) / np.sqrt((gap**2).sum()))
    assert permutation(gap) == permutation(gap) == pytest.approx(theirs, abs=0.01)


def test_all_right_is_not_certainty_and_a_group_is_one_trial():
    assert top_k_interval(stack([hard([1] * 60)])) == wilson(60, 60)
    assert top_k_interval(stack([hard([1] * 60, groups=np.arange(60) // 6)])).low == pytest.approx(wilson(10, 10).low)
    assert top_k_interval(stack([hard([1, 0] * 30, groups=[0] * 60)])).low < 0.4  # one group only: clips are drawn


def test_intervals_hold_their_estimate_and_are_the_same_each_time():
    for part in (made(), made(group=lambda k: str(k // 8)), made(skill=30.0), made(skill=-30.0)):
        scores = stack([part])
        for interval in (top_k_interval(scores), top_k_interval(scores, 5), mean_class_interval(scores, 7)):
            assert 0 <= interval.low <= interval.value <= interval.high <= 1
            assert interval.low < interval.high
        assert top_k_interval(scores) == top_k_interval(stack([part]))


def test_more_clips_and_seeds_that_agree_make_an_interval_narrow():
    def width(interval):
        return interval.high - interval.low

    few, many = (top_k_interval(stack([made(n=n, skill=1.0)])) for n in (40, 1000))
    assert width(many) < width(few) / 3
    seeds = top_k_interval(stack([made(seed, 100, skill=1.0) for seed in range(8)]))
    assert width(seeds) < width(top_k_interval(stack([made(0, 100, skill=1.0)])))
    rng = np.random.default_rng(2)
    apart = [hard(rng.random(200) < share, seed) for seed, share in enumerate((0.5, 0.7, 0.9))]
    assert width(top_k_interval(stack(apart))) > 2 * width(top_k_interval(stack([apart[1]])))


@pytest.mark.parametrize(
    ("n_groups", "size", "n_seeds", "spread", "drift"),
    [(20, 6, 1, 1.0, 0.0), (60, 1, 1, 0.0, 0.0), (10, 6, 3, 0.0, 0.0), (20, 6, 5, 0.7, 0.3), (4, 40, 3, 0.7, 0.3)],
)
def test_95_of_100_intervals_hold_the_truth(n_groups, size, n_seeds, spread, drift):
    """Clips of a group share their difficulty, clips of a seed its luck; the truth is the mean over both."""
    rng, runs, width = np.random.default_rng(5), 80, 0.0
    logits = rng.normal(0.5, spread, 200_000) + rng.normal(0, drift, 200_000)
    chance = 1 / (1 + np.exp(-logits))
    held = 0
    for _ in range(runs):
        hardness = np.repeat(rng.normal(0.5, spread, n_groups), size)
        luck = rng.normal(0, drift, n_seeds)
        groups = np.arange(n_groups * size) // size
        parts = [hard(rng.random(len(hardness)) < 1 / (1 + np.exp(-(hardness + x))), s, groups) for s, x in enumerate(luck)]
        found = top_k_interval(stack(parts))
        held += found.low <= chance.mean() <= found.high
        width += (found.high - found.low) / runs
    assert 0.89 <= held / runs <= 0.99
    if not spread:  # nothing but coins: as narrow as so many coins allow, Student's t of so few groups apart
        assert width < 1.3 * 2 * 2.26 * np.sqrt(0.235 / (n_groups * size * n_seeds))


def test_paired_sees_a_small_gap_between_models_that_fail_alike_and_none_between_twins():
    base = made(n=400, skill=1.0)
    better = base.probability.copy()
    wrong = np.flatnonzero(better.argmax(1) != base.label)[:20]
    better[wrong] = np.eye(7)[base.label[wrong]]
    a = stack([Predictions("a", 0, base.ids, base.groups, base.label, better)])
    b = stack([base])
    found = paired(a, b)
    assert found.difference.value == pytest.approx(0.05)
    assert 0 < found.difference.low < found.difference.value < found.difference.high < 0.08
    assert found.p_mcnemar == pytest.approx(2 * 0.5**20)
    assert found.p_permutation < 1e-3
    back = paired(b, a)
    assert back.difference.value == pytest.approx(-0.05)
    assert (back.p_mcnemar, back.p_permutation) == (found.p_mcnemar, found.p_permutation)
    same = paired(b, b)
    assert (same.difference.value, same.p_mcnemar, same.p_permutation) == (0, 1, 1)
    with pytest.raises(ValueError, match="same clips"):
        paired(b, stack([made(n=399)]))


def test_luck_alone_is_called_a_difference_in_one_of_twenty():
    rng, runs, called = np.random.default_rng(3), 120, 0
    for _ in range(runs):
        a, b = (stack([hard(rng.random(72) < 0.6, groups=np.arange(72) // 6)]) for _ in range(2))
        called += paired(a, b).p_permutation < 0.05
    assert called / runs < 0.09
