"""The bias meter: it finds what is given away, finds nothing where nothing is, and says how sure it is."""

import json
from dataclasses import replace

import made_videos
import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import chi2_contingency
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import mutual_info_score
from synapt.generator import skeletons
from synapt.generator.base.errors import UserError
from synapt.generator.base.seeds import draws
from synapt.generator.dataset.labels_file import save_arrays
from synapt.training.bias import descriptors, plates, probe
from synapt.training.bias.independence import factor_tests, holm
from synapt.training.bias.measure import CONTROL, grouped, measure_bias
from synapt.training.bias.model_features import model_features
from synapt.training.bias.show import load, save
from synapt.training.bias.views import REFERENCE, STATIC, see
from synapt.training.config import DataConfig, ModelConfig
from synapt.training.models import build, save_model
from synapt.training.values import ClipList, Item
from synapt.training.verbs.bias import bias

N, T, S = 40, 12, 48


def moving_block(k, told_by):
    """A block that passes over a noisy plain background, out at one side and in at the other; label k % 2."""
    rng, label = np.random.default_rng(k), k % 2
    ground = ((200, 80, 60), (60, 120, 200))[label] if told_by == "background" else rng.uniform(40, 215, 3)
    frames = np.tile(ground + rng.normal(0, 12, (S, S, 3)), (T, 1, 1, 1))
    x, y, colour = rng.uniform(0, S), int(rng.uniform(8, S - 16)), rng.uniform(0, 255, 3)
    direction = label if told_by == "motion" else rng.integers(2)
    for t in range(T):
        columns = (int(x + (2 * t if direction else -2 * t)) + np.arange(10)) % S
        frames[t][y : y + 12][:, columns] = colour
    return frames.clip(0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("clips")
    for told_by in ("background", "motion"):
        for k in range(N):
            made_videos.write(root / told_by / "ab"[k % 2] / f"p{k // 2:02d}_{k}.mp4", moving_block(k, told_by), fps=15)
    return root


def listed(folder, **factors):
    files = sorted(folder.rglob("*.mp4"), key=lambda p: int(p.stem.split("_")[1]))
    items = tuple(Item(p.name, p, k % 2, p.stem, factors={n: v[k] for n, v in factors.items()}) for k, p in enumerate(files))
    return ClipList(folder.name, ("a", "b"), items)


def by_view(report):
    return {view.view: view for view in report.views}


def test_a_background_that_tells_the_class_is_found_by_every_static_view_of_it(folders):
    views = by_view(measure_bias(listed(folders / "background"), permutations=9))
    for name in STATIC:
        assert views[name].bias.low > 0.5, name
        assert views[name].bias.value == pytest.approx(np.log(2 * views[name].accuracy.value))
    assert abs(views[REFERENCE].bias.value) < 0.35 and abs(views[CONTROL].bias.value) < 0.4


def test_where_motion_alone_tells_no_static_view_does_but_flow(folders):
    report = measure_bias(listed(folders / "motion"), permutations=9)
    views = by_view(report)
    for name in (*STATIC, CONTROL):
        assert views[name].bias.low < 0 and views[name].bias.value < 0.3, name
    assert views[REFERENCE].bias.low > 0.4
    assert report.worst in STATIC and report.background == "temporal median" and report.independent is None


def test_masks_and_boxes_take_people_out_and_only_they_can_tell_who_is_there(tmp_path):
    items = []
    for k in range(32):  # the person's colour tells the class, the background doesn't
        rng = np.random.default_rng(k)
        frames = np.tile(rng.uniform(40, 215, 3) + rng.normal(0, 8, (S, S, 3)), (T, 1, 1, 1))
        mask = np.zeros((T, S, S), np.uint8)
        mask[:, 10:40, 15:30] = skeletons.SURFACE["top"]
        frames[mask > 0] = ((230, 60, 60), (60, 60, 230))[k % 2]
        path = made_videos.write(tmp_path / f"{k}.mp4", frames.clip(0, 255).astype(np.uint8), fps=15)
        labels = tmp_path / f"{k}.npz"
        save_arrays(labels, {"box_px": np.tile(np.float32([15, 10, 30, 40]), (T, 1))})
        save_arrays(tmp_path / f"{k}.mask.npz", {"mask": mask})
        items.append(Item(path.name, path, k % 2, str(k), labels=labels))
    views = by_view(measure_bias(ClipList("people", ("a", "b"), tuple(items)), permutations=9))
    assert views["person alone"].bias.low > 0.5 and views["middle frame"].bias.low > 0.5
    assert views["background"].bias.low < 0 and views["background and objects"].bias.low < 0
    for item in items:
        (tmp_path / item.labels.with_suffix(".mask.npz").name).unlink()
    report = measure_bias(ClipList("people", ("a", "b"), tuple(items)), permutations=9)
    assert report.background == "boxes" and by_view(report)["background"].bias.low < 0
    assert "person alone" not in by_view(report)


def test_mask_values_are_those_of_the_generator():
    surface = skeletons.SURFACE
    people = {name for name in surface if name not in ("none", "prop", "ground", "backdrop")}
    assert {skeletons.SURFACES[k] for k in plates.PERSON} == people and surface["prop"] == plates.PROP


def test_a_still_camera_gives_back_what_was_covered_for_some_time_only():
    rng = np.random.default_rng(0)
    truth = np.tile(rng.integers(0, 255, (20, 20, 3), dtype=np.uint8), (6, 1, 1, 1))
    mask = np.zeros((6, 20, 20), bool)
    for t in range(6):
        mask[t, 5:15, 2 * t : 2 * t + 4] = True
    frames = np.where(mask[..., None], 255, truth).astype(np.uint8)
    out, invented = plates.emptied(frames, mask, still_camera=True)
    assert np.array_equal(out, truth) and invented == 0
    moved, invented = plates.emptied(frames, mask, still_camera=False)
    assert invented == mask.mean() and np.array_equal(moved[~mask], truth[~mask])
    assert np.array_equal(plates.median_plate(frames), truth[0])


def test_descriptors_forget_what_they_should():
    rng = np.random.default_rng(1)
    image = rng.integers(0, 255, (96, 96, 3), dtype=np.uint8)
    shuffled = rng.permutation(image.reshape(-1, 3)).reshape(image.shape)
    assert np.allclose(descriptors.colours(image), descriptors.colours(shuffled))
    hidden = np.zeros((96, 96), np.float32)
    hidden[:, 40:] = 1
    other = image.copy()
    other[:, :30] = rng.integers(0, 255, (96, 30, 3), dtype=np.uint8)  # well inside what has no weight
    assert np.allclose(descriptors.describe(image, hidden, False), descriptors.describe(other, hidden, False))
    assert not np.allclose(descriptors.describe(image), descriptors.describe(other))


def test_logistic_regression_is_scikit_learns():
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 120)
    x = rng.normal(size=(120, 5)) + np.eye(3, 5)[y]
    weights = probe.fit_logistic(x, y, 3, 0.01)
    theirs = LogisticRegression(C=1 / (0.01 * 120), class_weight="balanced", tol=1e-8, max_iter=2000).fit(x, y)
    mine = x @ weights[:-1] + weights[-1]
    softmax = np.exp(mine) / np.exp(mine).sum(1, keepdims=True)
    assert np.abs(softmax - theirs.predict_proba(x)).max() < 2e-3


def test_folds_keep_groups_whole_and_classes_even():
    rng = np.random.default_rng(3)
    groups = np.repeat(np.arange(60), rng.integers(1, 5, 60))
    y = rng.integers(0, 4, len(groups))
    folds = probe.group_folds(y, groups, 5, draws("t"))
    assert all(len(set(folds[groups == g])) == 1 for g in set(groups))
    table = np.array([[np.sum((folds == k) & (y == c)) for c in range(4)] for k in range(5)])
    assert (np.ptp(table, axis=0) <= 5).all()


def test_factors_that_depend_are_found_and_others_are_not():
    rng = np.random.default_rng(5)
    label = rng.integers(0, 4, 400)
    rows = [
        {
            "backdrop": "room" if rng.random() < (0.9 if c == 0 else 0.3) else "outdoor", "age_years": float(rng.uniform(18, 80)),
            "identity": f"p{rng.integers(300)}", "props": "mug" if c == 1 else "", "sex": "female", "index": int(c), "hdri": None,
        }
        for c in label
    ]  # fmt: skip
    tests = {test.factor: test for test in factor_tests(rows, label, 999, 0)}
    assert set(tests) == {"backdrop", "age_years", "identity", "props"}  # what doesn't vary can't tell
    assert tests["backdrop"].p == 0.001 and tests["backdrop"].p_holm == 0.003 and tests["props"].kind == "performance"
    names = [row["backdrop"] for row in rows]
    entropy = mutual_info_score(label, label)
    assert tests["backdrop"].nmi == pytest.approx(mutual_info_score(label, names) / entropy)
    assert tests["backdrop"].nmi > tests["backdrop"].detectable
    assert tests["identity"].nmi > 0.4 and abs(tests["identity"].adjusted) < 0.1  # nearly every clip its own person
    assert min(tests["identity"].p_holm, tests["age_years"].p_holm) > 0.05
    assert chi2_contingency(np.array([[sum(n == w and c == k for n, c in zip(names, label, strict=True)) for w in set(names)]
                                      for k in range(4)])).pvalue < 1e-9  # fmt: skip


def test_of_further_people_style_is_part_of_the_performance_and_looks_are_not():
    label = np.repeat([0, 1], 40)
    rows = [{"people": 1 + k, "b_style": "old" if k else "young", "b_sex": "mf"[n % 2], "sha256_labels_b": str(n)}
            for n, k in enumerate(label)]  # fmt: skip
    kinds = {test.factor: test.kind for test in factor_tests(rows, label, 9, 0)}
    assert kinds == {"people": "performance", "b_style": "performance", "b_sex": "nuisance"}


def test_p_values_are_even_where_nothing_is_to_be_found():
    rng = np.random.default_rng(8)
    label = rng.integers(0, 3, 60)
    tests = factor_tests([{f"f{k}": int(rng.integers(5)) for k in range(150)} for _ in label], label, 99, 1)
    p = np.sort([test.p for test in tests])
    assert np.abs(p - (np.arange(150) + 0.5) / 150).max() < 0.12
    assert holm([0.01, 0.02, 0.9]) == [0.03, 0.04, 0.9]


@pytest.mark.slow
def test_an_unbalanced_or_grouped_set_is_measured_by_group(folders):
    clips = listed(folders / "motion", sex=["female", "male"] * (N // 2))
    report = measure_bias(clips, permutations=99)
    assert report.independent is False and report.factors[0].factor == "sex" and report.factors[0].nmi == pytest.approx(1)
    pairs = grouped(clips, r"^(p\d+)_")
    assert len({item.group for item in pairs.items}) == N // 2
    again = measure_bias(pairs, permutations=9, limit=8)
    assert again.n_clips == 16 and again.n_groups <= 16 and again == measure_bias(pairs, permutations=9, limit=8)
    with pytest.raises(UserError, match="finds no"):
        grouped(clips, "(x)")
    with pytest.raises(UserError, match="not a regular expression"):
        grouped(clips, "(")
    one = replace(clips, items=tuple(replace(item, group="one") for item in clips.items))
    with pytest.raises(UserError, match="class 'a' of motion has 1 group "):
        measure_bias(one)


def test_a_stretch_of_a_video_is_what_is_looked_at(tmp_path):
    path = made_videos.write(tmp_path / "v.mp4", made_videos.numbered(30), fps=10)
    seen = see(Item("v@1-2", path, 0, start_s=1.0, end_s=2.0))
    assert seen.shape["frames"] == 10
    with pytest.raises(UserError, match="has no frame from 9 s"):
        see(Item("v@9-10", path, 0, start_s=9.0, end_s=10.0))


def test_the_verb_prints_a_table_and_writes_what_can_be_read_again(folders, tmp_path):
    done = CliRunner().invoke(bias, [str(folders / "background"), "--out", str(tmp_path / "b"), "--permutations", "9"])
    assert done.exit_code == 0, done.output
    assert "background" in done.output and "bias.png" in done.output
    report = load(tmp_path / "b" / "bias.json")
    assert by_view(report)["background"].bias.low > 0.5 and report.chance == 0.5
    assert json.loads((tmp_path / "b" / "bias.json").read_text())["classes"] == ["a", "b"]
    assert (tmp_path / "b" / "bias.csv").read_text().count("\n") == len(report.views) + 1
    assert (tmp_path / "b" / "bias.png").read_bytes()[:4] == b"\x89PNG"
    assert [path.name for path in save(report, tmp_path / "c")] == ["bias.json", "bias.csv", "factors.csv", "bias.png"]
    assert load(tmp_path / "c" / "bias.json") == report
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(UserError, match="is not a bias report"):
        load(tmp_path / "x.json")


def test_all_files_are_opened_first_and_a_share_may_be_missing(folders, tmp_path):
    for path in sorted((folders / "background").rglob("*.mp4"))[::4]:
        (tmp_path / "c" / path.parent.name).mkdir(parents=True, exist_ok=True)
        (tmp_path / "c" / path.parent.name / path.name).symlink_to(path)
    for name, kind in (("zero", b""), ("text", b"no video at all")):
        (tmp_path / "c" / "b" / f"{name}.mp4").write_bytes(kind)
    words = [str(tmp_path / "c"), "--out", str(tmp_path / "out"), "--permutations", "9"]
    refused = CliRunner().invoke(bias, words).exception
    assert isinstance(refused, UserError) and all(f"{name}.mp4" in str(refused) for name in ("zero", "text"))
    assert "2 problems with the 12 clips" in str(refused) and not (tmp_path / "out").exists()
    done = CliRunner().invoke(bias, [*words, "--allow-missing", "0.17"], catch_exceptions=False)
    report = load(tmp_path / "out" / "bias.json")
    assert (report.n_clips, report.n_missing) == (10, 2) and "10 clips (2 more could not be read)" in done.output


def test_a_model_of_ones_own_can_look_at_the_stills(folders, tmp_path):
    data = DataConfig(frames=4, size_px=32)
    save_model(tmp_path / "model", build(ModelConfig("tiny"), 2, data), ("a", "b"))
    describe, size_px = model_features(tmp_path / "model")
    frames = np.random.default_rng(0).integers(0, 255, (3, size_px, size_px, 3), dtype=np.uint8)
    assert size_px == 32
    one = describe(frames[:1], None, True)
    assert one.ndim == 1 and np.allclose(
        describe(frames, None, True), np.mean([describe(f[None], None, True) for f in frames], 0)
    )
    report = measure_bias(listed(folders / "background"), permutations=9, limit=8, features=("mine", describe, size_px))
    assert report.features == "mine" and by_view(report)["middle frame"].dimensions == len(one)
    assert by_view(report)["middle frame"].accuracy.value > 0.7
    with pytest.raises(UserError):
        model_features(tmp_path / "nothing")
