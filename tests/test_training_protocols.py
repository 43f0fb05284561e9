"""Protocols against scikit-learn and by what must not matter: the trunk's bits, the test's labels, the order of things."""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from made_training import seen
from made_videos import write
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from synapt.generator.base.errors import UserError
from synapt.training.config import DataConfig, ModelConfig
from synapt.training.models import build, save_model
from synapt.training.protocols import features as module
from synapt.training.protocols import finetune as finetuning
from synapt.training.protocols.attentive import Probe, attentive
from synapt.training.protocols.choose import inner_parts
from synapt.training.protocols.features import Bench, extract, frozen, probabilities
from synapt.training.protocols.fewshot import draw, fewshot
from synapt.training.protocols.finetune import finetune
from synapt.training.protocols.knn import choose_k, knn, vote
from synapt.training.protocols.linear import choose_penalty, fit_linear, linear, probe
from synapt.training.protocols.settings import ProbeConfig, eval_config, protocol_id
from synapt.training.protocols.subject import Subject, open_subject, trunk_digest
from synapt.training.protocols.zeroshot import shared_target, told_pairs, zeroshot
from synapt.training.values import ClipList, Fold, Item, Target

torch.set_num_threads(1)
DATA = DataConfig(frames=4, size_px=24)
TINY = ModelConfig("tiny", options={"width": 4, "stages": 2})
COLOURS = ((200, 60, 60), (60, 200, 60), (60, 60, 200))
CLASSES = ("waving", "walking", "falling_down")


@pytest.fixture(scope="module")
def fold(tmp_path_factory):
    """Three classes told by a colour that noise nearly hides: nine clips to learn from, six to test on, two groups of each."""
    root, items = tmp_path_factory.mktemp("clips"), []
    for label in range(3):
        for clip in range(5):
            rng = np.random.default_rng([label, clip])
            frames = np.clip(rng.normal(COLOURS[label], 40, (8, 32, 40, 3)), 0, 255).astype(np.uint8)
            path = write(root / CLASSES[label] / f"{clip}.mp4", frames)
            items.append(Item(f"{CLASSES[label]}/{clip}.mp4", path, label, f"p{clip}"))
    clips = ClipList("colours", CLASSES, tuple(items))
    return Fold("only", clips.pick([k for k in range(15) if k % 5 < 3]), clips.pick([k for k in range(15) if k % 5 >= 3]))


def bench_of(fold, cache=None):
    return Bench("colours", ClipList("all", CLASSES, fold.train.items + fold.test.items), cache)


def scratch(tmp_path):
    return Subject(TINY, "scratch", tmp_path / "scratch-tiny", DATA)


def settings_of(protocol, *changes, epochs=None):
    return eval_config(protocol, DATA, 9, epochs, ["engine.precision=fp32", *changes])


def bits(model):
    """Every parameter and buffer of a module, by name."""
    return {name: value.clone() for name, value in model.state_dict().items()}


def same(before, model):
    return all(torch.equal(before[name], value) for name, value in model.state_dict().items())


# ---------------------------------------------------------------- the trunk stays


def test_a_probe_leaves_every_parameter_and_buffer_of_the_trunk_as_it_was(fold):
    model = build(TINY, 3, DATA).train()
    before, digest = bits(model), trunk_digest(model)
    assert any("running_mean" in name for name in before)
    extract(model, fold.train, settings_of("linear"))
    probabilities(model, fold.test, settings_of("linear"))
    module.extract_augmented(model, fold.train, settings_of("linear"), 2, 0)
    assert same(before, model) and trunk_digest(model) == digest
    assert model.training


def test_a_trunk_that_moves_is_found_out():
    model = build(TINY, 3, DATA)
    with pytest.raises(RuntimeError, match="moved"), frozen(model):
        model.stem[1].running_mean.add_(1e-6)
    head = trunk_digest(model)
    model.reset_head(3, 5)
    assert trunk_digest(model) == head  # the head is no part of it


def test_an_attentive_probe_learns_and_its_trunk_does_not(fold, tmp_path, monkeypatch):
    seen = {}

    def learn(model, *rest):
        seen["model"], seen["before"], seen["probe"] = model, bits(model.trunk), bits(model)
        real(model, *rest)

    real = __import__("synapt.training.protocols.attentive", fromlist=["learn"]).learn
    monkeypatch.setattr("synapt.training.protocols.attentive.learn", learn)
    config = settings_of("attentive", "probe.layers=2", "optim.lr=3e-3", epochs=12)
    found = attentive(scratch(tmp_path), fold, config, 1, bench_of(fold))
    assert same(seen["before"], seen["model"].trunk)
    assert not torch.equal(seen["probe"]["query"], seen["model"].query)
    assert (found.probability.argmax(1) == found.label).mean() >= 5 / 6


def test_an_attentive_probe_looks_at_tokens_in_any_order():
    trunk = build(TINY, 3, DATA).eval()
    looker, video = Probe(trunk, 3, 2, 4).eval(), torch.randn(2, 3, 4, 24, 24)
    tokens = trunk.tokens(video)
    trunk.tokens = lambda _: tokens
    before = looker(video)
    trunk.tokens = lambda _: tokens[:, torch.randperm(tokens.shape[1], generator=torch.Generator().manual_seed(0))]
    assert torch.allclose(before, looker(video), atol=1e-5)


# ---------------------------------------------------------------- linear


@pytest.mark.parametrize(("n", "dim"), [(60, 8), (30, 50)])
@pytest.mark.parametrize("penalty", [0.1, 10.0])
def test_the_linear_head_is_scikit_learns(n, dim, penalty):
    rng = np.random.default_rng(1)
    label = rng.integers(0, 4, n)
    x = (3 + 5 * rng.normal(size=(n, dim)) + label[:, None]).astype(np.float32)
    scale = StandardScaler().fit(x.astype(np.float64))
    theirs = LogisticRegression(C=1 / penalty, tol=1e-10, max_iter=10000).fit(scale.transform(x.astype(np.float64)), label)
    other = rng.normal(size=(20, dim))
    assert fit_linear(x, label, 4, penalty)(other) == pytest.approx(theirs.predict_proba(scale.transform(other)), abs=1e-4)


def test_the_penalty_is_chosen_by_clips_that_were_held_out():
    rng = np.random.default_rng(0)
    label = rng.integers(0, 2, 40)
    noise, clear = rng.normal(size=(40, 60)), np.eye(2)[label] * 4 + 0.1 * rng.normal(size=(40, 2))
    parts = np.arange(40) % 5
    assert choose_penalty(noise, label, 2, parts, (0.01, 1.0, 1e4)) == 1e4  # nothing to learn: trust nothing
    assert choose_penalty(clear, label, 2, parts, (0.01, 1.0, 1e4)) == 0.01
    assert choose_penalty(noise, label, 2, 0 * parts, (0.01, 1.0, 1e4)) == 1.0


def test_a_view_more_of_the_same_changes_nothing(fold):
    rng = np.random.default_rng(0)
    one = rng.normal(size=(1, 9, 6)) + np.array([item.label for item in fold.train.items])[None, :, None]
    test = rng.normal(size=(4, 6))
    config = ProbeConfig(inner=3)
    thrice = probe(np.concatenate([one] * 3), fold.train, test, config, 0)
    assert probe(one, fold.train, test, config, 0) == pytest.approx(thrice, abs=1e-4)


@pytest.mark.parametrize("name", ["linear", "knn", "fewshot"])
def test_probes_on_features_are_exact_repeatable_and_blind_to_the_test(name, fold, tmp_path):
    protocol = {"linear": linear, "knn": knn, "fewshot": fewshot}[name]
    config = settings_of(name, "probe.neighbours=[1,3]", "probe.shots=2", "probe.augmented=1")
    first = protocol(scratch(tmp_path), fold, config, 3, bench_of(fold))
    assert (first.probability.argmax(1) == first.label).mean() >= 5 / 6
    assert first.probability.sum(1) == pytest.approx(np.ones(6), abs=1e-5)
    again = protocol(scratch(tmp_path), fold, config, 3, bench_of(fold))
    assert np.array_equal(first.probability, again.probability)
    turned = tuple(replace(item, label=(item.label + 1) % 3) for item in fold.test.items[::-1])
    blind = protocol(scratch(tmp_path), replace(fold, test=replace(fold.test, items=turned)), config, 3, bench_of(fold))
    assert blind.probability[::-1] == pytest.approx(first.probability, abs=1e-6)
    assert not np.array_equal(blind.label[::-1], first.label)


# ---------------------------------------------------------------- kNN, and how settings are chosen


def test_votes_are_scikit_learns():
    rng = np.random.default_rng(2)
    train, test, label = rng.normal(size=(50, 6)), rng.normal(size=(20, 6)), rng.integers(0, 3, 50)
    theirs = KNeighborsClassifier(7, metric="cosine", weights=lambda d: np.exp((1 - d) / 0.07)).fit(train, label)
    assert vote(train, label, 3, test, 7, 0.07) == pytest.approx(theirs.predict_proba(test), abs=1e-9)
    assert vote(train, label, 3, test, 500, 0.07) == pytest.approx(vote(train, label, 3, test, 50, 0.07))


def test_k_is_small_where_classes_are_scattered_and_great_where_labels_are_noisy():
    rng = np.random.default_rng(3)
    angle = rng.uniform(0, 2 * np.pi, 400)
    circle, parts = np.stack([np.cos(angle), np.sin(angle)], 1), np.arange(400) % 5
    stripes = (angle / (2 * np.pi) * 40).astype(int) % 2
    halves = np.where(rng.random(400) < 0.3, angle < np.pi, angle >= np.pi).astype(int)
    assert choose_k(circle, stripes, 2, parts, (1, 50), 0.07) == 1
    assert choose_k(circle, halves, 2, parts, (1, 50), 0.07) == 50


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["", *"abcdef"])), min_size=2, max_size=40), st.integers(0, 3))
def test_inner_parts_keep_groups_whole(rows, seed):
    items = tuple(Item(str(k), None, label, group) for k, (label, group) in enumerate(rows))
    parts = inner_parts(ClipList("x", CLASSES, items), 5, seed)
    units = {item.group or item.id for item in items}
    assert set(parts) == set(range(min(5, len(units))))
    for group in {item.group for item in items} - {""}:
        assert len({part for part, item in zip(parts, items, strict=True) if item.group == group}) == 1
    assert np.array_equal(parts, inner_parts(ClipList("x", CLASSES, items), 5, seed))


def test_inner_parts_spread_classes_and_seeds_differ():
    clips = ClipList("x", CLASSES, tuple(Item(str(k), None, k % 3) for k in range(30)))
    parts = inner_parts(clips, 5, 0)
    for label in range(3):
        assert np.bincount(parts[np.arange(30) % 3 == label]).tolist() == [2] * 5
    assert not np.array_equal(parts, inner_parts(clips, 5, 1))


# ---------------------------------------------------------------- few-shot, zero-shot


def test_a_draw_has_so_many_of_each_class_and_every_draw_is_another(fold):
    draws = [draw(fold.train, 2, seed) for seed in range(6)]
    for few in draws:
        assert np.bincount([item.label for item in few.items]).tolist() == [2, 2, 2]
    assert len({few.digest for few in draws}) > 3
    with pytest.raises(UserError, match=r"has 3 training clips, few-shot needs 4: set --with probe\.shots=3"):
        draw(fold.train, 4, 0)


def test_zeroshot_rules_out_what_the_target_lacks_and_adds_up_what_it_holds_twice(fold, tmp_path):
    model = build(TINY, 4, DATA)
    with torch.no_grad():
        model.head.weight.zero_()
        model.head.bias.copy_(torch.log(torch.tensor([0.1, 0.2, 0.3, 0.4])))
    save_model(tmp_path / "m", model, ("walking", "reading", "waving", "Waving"))
    subject = open_subject(str(tmp_path / "m"))
    target = shared_target(subject, Target("colours", (fold,), "one"))
    assert target.classes == ("waving", "walking")
    assert len(target.folds[0].test) == 4
    assert told_pairs(subject, target) == "shared classes: waving = waving, waving = Waving, walking = walking"
    found = zeroshot(subject, target.folds[0], settings_of("zeroshot"), 0, bench_of(fold))
    assert found.probability == pytest.approx(np.tile([0.7 / 0.8, 0.1 / 0.8], (4, 1)), abs=1e-5)
    assert found.label.tolist() == [0, 0, 1, 1]
    with pytest.raises(UserError, match="shares 0 classes"):
        shared_target(replace(subject, classes=("reading",)), Target("colours", (fold,), "one"))


# ---------------------------------------------------------------- features and settings


def test_features_are_the_mean_over_views(fold, tmp_path):
    model = build(TINY, 1, DATA)
    two = extract(model, fold.test, settings_of("linear", "data.test_views=2", "data.test_crops=3"))
    config = settings_of("linear", "data.test_views=2", "data.test_crops=3", "optim.batch=1")
    positions, videos = zip(*module.test_batches(fold.test, config.train, model.spec), strict=True)
    assert [len(set(where)) for where in positions] == [1] * 6
    with torch.inference_mode():
        by_hand = np.stack([model.eval().features(seen(video, model)).mean(0).numpy() for video in videos])
    assert len(videos[0]) == 6
    assert two == pytest.approx(by_hand, abs=1e-4)


def test_features_are_kept_and_found_again_only_for_the_same_weights_clips_and_views(fold, tmp_path, monkeypatch):
    calls = []

    def extract(model, clips, config, say):
        calls.append(1)
        return np.zeros((15, model.spec.feature_dim), np.float32)

    monkeypatch.setattr(module, "extract", extract)
    subject, cache = scratch(tmp_path), tmp_path / "cache"
    config = settings_of("linear")

    def ask(subject=subject, config=config, seed=0):
        bench_of(fold, cache).features(subject, config, seed)(fold.test)
        return len(calls)

    assert [ask(), ask(), ask(config=settings_of("knn"))] == [1, 1, 1]
    assert ask(seed=1) == 2
    assert ask(config=settings_of("linear", "data.test_views=2")) == 3
    assert ask(subject=replace(subject, config=replace(TINY, options={"width": 8, "stages": 2}))) == 4
    fold.test.items[0].path.touch()
    assert ask() == 5


def test_fine_tuning_learns_and_is_a_function_of_the_seed(fold, tmp_path):
    config = settings_of("finetune", "optim.lr=3e-3", "optim.batch=3", epochs=20)
    first, again, other = (finetune(scratch(tmp_path), fold, config, seed, bench_of(fold)) for seed in (1, 1, 2))
    assert np.array_equal(first.probability, again.probability)
    assert not np.array_equal(first.probability, other.probability)
    assert (first.probability.argmax(1) == first.label).mean() >= 5 / 6
    assert (first.ids, first.fold, first.seed) == (tuple(item.id for item in fold.test.items), "only", 1)


def test_a_rate_is_chosen_without_the_test(fold, tmp_path, monkeypatch):
    seen = []

    def learn(model, part, config, *rest):
        seen.append((config.train.optim.lr, {item.id for item in part.train.items} | {item.id for item in part.test.items}))
        real(model, part, config, *rest)

    real = finetuning.learn
    monkeypatch.setattr(finetuning, "learn", learn)
    config = settings_of("finetune", "probe.rates=[1e-6,3e-3]", "probe.inner=3", "optim.batch=3", epochs=20)
    found = finetune(scratch(tmp_path), fold, config, 1, bench_of(fold))
    assert [rate for rate, _ in seen] == [1e-6, 3e-3, 3e-3]
    assert not any(clips & {item.id for item in fold.test.items} for _, clips in seen[:2])
    assert (found.probability.argmax(1) == found.label).mean() >= 5 / 6
    assert "lr=1e-06,0.003" in protocol_id(config, "x")
    lone = replace(fold, train=fold.train.pick([0, 3, 6]))
    with pytest.raises(UserError, match="one group only"):
        finetune(scratch(tmp_path), lone, config, 1, bench_of(fold))


def test_a_protocol_id_changes_with_all_that_matters_and_nothing_else():
    base = settings_of("finetune")
    told = protocol_id(base, "abcd1234")
    assert "finetune 4x24 segment views=1x1 epochs=20 lr=0.001 batch=2 split=abcd1234" in told
    for change in ("optim.lr=1e-4", "augment.mixup=0.8", "data.test_views=2", "data.frames=8", "optim.weight_decay=0.1"):
        assert protocol_id(settings_of("finetune", change), "abcd1234") != told
    assert protocol_id(base, "00000000") != told
    assert protocol_id(settings_of("finetune", "data.workers=3", "data.cache=false", "probe.shots=9"), "abcd1234") == told
    assert protocol_id(settings_of("linear", "optim.lr=1"), "a") == protocol_id(settings_of("linear"), "a")
    assert protocol_id(settings_of("linear", "probe.inner=3"), "a") != protocol_id(settings_of("linear"), "a")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("probe.shot=3", "write probe.NAME=VALUE with a name of penalties"),
        ("probe.shots", "write probe.NAME=VALUE"),
        ("probe.shots=many", "as in TOML"),
        ("probe.shots=[1]", "--with probe: shots is [1], expected `int`"),
        ("probe.shots=0", "shots is 0, expected `int` >= 1"),
        ("probe.penalties=[]", "above 0"),
        ("probe.augmented=-1", "augmented is -1, expected `int` >= 0"),
        ("optim.rate=1", "there is no setting 'optim.rate'"),
    ],
)
def test_settings_that_are_wrong_are_one_line(change, said):
    with pytest.raises(UserError, match=re.escape(said)) as caught:
        settings_of("linear", change)
    assert "\n" not in str(caught.value)


def test_subjects_by_what_a_user_types(tmp_path):
    fresh = open_subject("scratch:tiny")
    assert (fresh.is_scratch, fresh.pretraining, fresh.data.frames, fresh.data.size_px) == (True, "scratch", 8, 64)
    model = build(TINY, 3, DATA, 7)
    save_model(tmp_path / "run" / "model", model, CLASSES)
    (tmp_path / "run" / "config.toml").write_text('[data]\nsampling = "dense"\n')
    run = open_subject(str(tmp_path / "run"))
    assert (run.home, run.pretraining, run.classes) == (tmp_path / "run", "run", CLASSES)
    assert (run.data.sampling, run.data.frames, run.data.size_px) == ("dense", 4, 24)
    assert trunk_digest(run.model(9, 0, DATA)) == trunk_digest(model)
    assert not torch.equal(run.model(3, 0, DATA).head.weight, model.head.weight)  # as many classes, yet others
    assert run.from_scratch().weights_digest != run.weights_digest == open_subject(str(tmp_path / "run" / "model")).weights_digest
    wrong = {"scratch:tinny": "did you mean tiny", str(tmp_path): "no weights", "nowhere": "no weights at nowhere"}
    for what, said in wrong.items():
        with pytest.raises(UserError, match=said):
            open_subject(what)
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (tmp_path / "run" / "model" / "model.safetensors").rename(foreign / "model.safetensors")
    with pytest.raises(UserError, match=r"add --with model\.name"):
        open_subject(str(foreign))
