"""Leaks: what was planted is found and named, what wasn't is not; splits and takes that share something are counted."""

from collections import Counter
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner
from made_dataset import write_dataset
from made_leaky import CLASSES, write_leaky
from synapt.cli import cli
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import open_dataset
from synapt.training.leaks import apart
from synapt.training.leaks.looked import BOXES, COLOURS, FRAME, LENGTH
from synapt.training.leaks.measure import look_for_leaks, shuffled_p
from synapt.training.leaks.report import LEAKS, LEVEL, load, save

SEEDS = range(5)
ROUNDS = 1199  # more than the 11 tests need to reach LEVEL together


def by_name(report):
    return {one.name: one for one in (*report.factors, *report.probes)}


def backdrop_by_class(clip, k):
    return replace(clip, spec=replace(clip.spec, backdrop=replace(clip.spec.backdrop, kind=("room", "outdoor", "plain")[k])))


def tinted_by_class(clip, k):
    tint = np.full(3, 0.8)
    tint[k] = 1.5
    return replace(clip, frames=(clip.frames * tint).clip(0, 255).astype(np.uint8))


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """Datasets without a leak, by seed."""
    return {seed: write_leaky(tmp_path_factory.mktemp(f"clean{seed}"), seed) for seed in SEEDS}


@pytest.mark.parametrize("seed", SEEDS)
def test_where_nothing_leaks_nothing_is_said_to(clean, seed):
    report = look_for_leaks(clean[seed], permutations=ROUNDS, workers=1)
    found = by_name(report)
    assert report.leaks == () and report.remarks == () and report.people_out == "masks"
    for name in (FRAME, COLOURS):
        assert found[name].chance == pytest.approx(1 / 3) and found[name].accuracy.low < 1 / 3
    # what the act decides is told apart, however much it tells
    assert found["box height"].source == "act" and found["box height"].nmi == pytest.approx(1.0) and found["box height"].p < LEVEL
    assert {name for name in (*BOXES, LENGTH) if name in found and found[name].source != "act"} == set()
    assert found["backdrop"].source == found["camera_azimuth_rad"].source == found["light_yaw_rad"].source == "nuisance"


def test_a_backdrop_that_the_class_decides_is_the_one_leak(tmp_path):
    report = look_for_leaks(write_leaky(tmp_path, 0, planted=backdrop_by_class), permutations=ROUNDS, workers=1)
    assert report.leaks == ("backdrop",)
    assert by_name(report)["backdrop"].nmi == pytest.approx(1.0) and report.factors[0].name == "backdrop"


def test_a_colour_that_the_class_decides_is_found_in_the_pictures_and_nowhere_else(tmp_path):
    report = look_for_leaks(write_leaky(tmp_path, 0, planted=tinted_by_class), permutations=ROUNDS, workers=1)
    assert report.leaks == (FRAME, COLOURS)
    assert all(by_name(report)[name].accuracy.low > 0.5 for name in (FRAME, COLOURS))


def test_people_alone_of_another_colour_are_no_leak_once_taken_out_by_their_boxes(clean, tmp_path):
    root = write_leaky(tmp_path, 0)  # in which clothes tell the class
    for path in root.glob("labels/*/*.mask.npz"):
        path.unlink()
    report = look_for_leaks(root, permutations=ROUNDS, workers=1)
    assert report.people_out == "boxes" and report.leaks == ()
    assert [remark.partition(":")[0] for remark in report.remarks] == [FRAME, COLOURS]
    assert all("without things" in remark for remark in report.remarks)


def test_too_few_people_for_a_probe_is_said_and_the_rest_is_measured(tmp_path):
    report = look_for_leaks(write_leaky(tmp_path, 0, n=3), permutations=99, workers=1)
    assert report.probes == () and len(report.remarks) == 3 and "render more" in report.remarks[0]
    assert report.factors and len(report.counts) == 7


def test_the_command_says_so_writes_it_down_and_ends_as_verify_does(clean, tmp_path):
    root = clean[0]
    told = CliRunner().invoke(cli, ["verify", str(root), "--sample", "0", "--leaks", "--workers", "1"])
    assert "no leak in 48 clips" in told.output and str(root / LEAKS) in told.output
    report = load(root)
    assert report.leaks == () and report.classes == CLASSES
    # made-up clips are no performances, of which verify complains as it does without --leaks
    assert told.exit_code == CliRunner().invoke(cli, ["verify", str(root), "--sample", "0"]).exit_code
    with pytest.raises(UserError, match=r"leaks\.json is broken .* verify --leaks"):
        (root / LEAKS).write_text("{}")
        load(root)
    save(report, root)
    (root / "metadata.parquet").write_bytes((root / "metadata.parquet").read_bytes() + b" ")
    assert load(root) is None  # of other clips


@pytest.mark.parametrize("leaking", [False, True])
def test_a_leak_alone_makes_the_exit_code_1(leaking, tmp_path, monkeypatch):
    from synapt.generator.checks import verify

    monkeypatch.setattr(verify, "check_dataset", lambda *_: verify.Report(48, (), ()))
    root = write_leaky(tmp_path, 0, planted=backdrop_by_class if leaking else lambda clip, k: clip)
    told = CliRunner().invoke(cli, ["verify", str(root), "--leaks", "--workers", "1"])
    assert told.exit_code == leaking and ("leaks: backdrop" in told.output) == leaking


def test_leaks_are_not_looked_for_in_broken_clips_or_one_class(tmp_path):
    write_dataset(tmp_path / "one")
    with pytest.raises(UserError, match="one class only"):
        look_for_leaks(tmp_path / "one")
    root = write_leaky(tmp_path / "broken", 0, n=2)
    next(root.glob("clips/*/*.mp4")).write_bytes(b"no video")
    told = CliRunner().invoke(cli, ["verify", str(root), "--leaks"])
    assert told.exit_code == 1 and "leaks were not looked for: " in told.output and not (root / LEAKS).exists()


def test_what_splits_share_and_takes_that_are_alike_are_counted(clean):
    data = open_dataset(clean[1])
    specs = [data.clip(k, ()).spec for k in range(len(data))]
    videos = [row["sha256"] for row in data]
    numbers = {one.what: one.number for one in apart.counted(specs, videos) if one.judged}
    assert set(numbers.values()) == {0} and len(numbers) == 6
    a = specs[0]
    other = "val" if a.split == "train" else "train"
    copy = replace(a, index=99, split=other)  # all that was drawn for it, in another split
    found = {one.what: one for one in apart.counted([*specs, copy], [*videos, videos[0]])}
    shared = (apart.PEOPLE, apart.MOTIONS, apart.PLACES, apart.TAKES, apart.PICTURES)
    assert {name: found[name].number for name in shared} == dict.fromkeys(shared, 1)
    assert found[apart.FILES].number == 0 and found[apart.TAKES].examples == (f"{a.name} = {copy.name}",)
    assert all(found[name].leaks for name in shared) and not found[apart.PANORAMAS].leaks
    assert found[apart.PANORAMAS].number == sum(
        len({s.split for s in specs if s.light.hdri == hdri}) > 1 for hdri in Counter(s.light.hdri for s in specs)
    )
    twin = replace(a, index=99, variants={"camera": 1})  # the same performance by intention
    assert {one.what: one.number for one in apart.counted([replace(a, variants={}), twin], ["", ""])}[apart.TAKES] == 0


def test_p_of_answers_is_even_without_a_leak_and_as_small_as_can_be_with_one():
    found = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        label, folds = np.repeat([0, 1, 2], 20), rng.permutation(np.arange(60) % 5)
        found.append(shuffled_p(rng.integers(0, 3, 60), label, folds, 199, 0))
    assert np.mean(np.array(found) <= 0.1) < 0.25 and np.mean(np.array(found) > 0.5) > 0.25
    assert shuffled_p(label, label, folds, 199, 0) == 1 / 200


def test_a_report_is_the_same_after_the_disk(clean):
    report = look_for_leaks(clean[2], permutations=99, workers=1)
    save(report, clean[2])
    assert load(clean[2]) == report and msgspec.json.decode((clean[2] / LEAKS).read_bytes())["level"] == LEVEL
