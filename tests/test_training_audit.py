"""An audit finds what a model looks at: models that look at one thing only are caught at it, and at nothing else."""

import multiprocessing
import os
import time
from dataclasses import dataclass, field, replace

import made_results
import made_videos
import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from synapt.generator.actions import ACTIONS
from synapt.generator.base.errors import UserError
from synapt.generator.stream import factors
from synapt.training.asking import open_asked
from synapt.training.audit import backgrounds, conditions, measures, order, show, stats
from synapt.training.audit import run as audit_run
from synapt.training.audit.answers import Answers, load_answers, save_answers
from synapt.training.audit.renders import Job, Person, Version, perform, performed
from synapt.training.audit.run import AuditSettings, audit, load_audit, settled, summed
from synapt.training.config import DataConfig, ModelConfig
from synapt.training.models import build, save_model
from synapt.training.verbs.audit import audit as verb

CLASSES = ("sitting", "standing_up", "squatting", "kicking", "poem")
PAIRED = ("sitting", "handshaking", "poem", "ode", "song")
SETTINGS = AuditSettings(n=6, redraws=2, size_px=32)


def block(clip):
    """Where the block is in each frame: its pixels are those that the corner does not have."""
    rows = (np.abs(clip.astype(int) - clip[:, :1, :1].astype(int)).sum(-1) > 30).sum(2)
    total = rows.sum(1)
    return np.where(total > 0, (rows * np.arange(rows.shape[1])).sum(1) / np.maximum(total, 1), np.nan)


@dataclass
class Seer:
    """A model that looks at one thing: "motion" (sinks: class 0, rises: class 1) or "ground" (its brightness)."""

    looks_at: str
    classes: tuple = CLASSES
    name: str = "seer"
    digest: str = "abc"
    asked: list = field(default_factory=list)

    def probabilities(self, clips, fps):
        self.asked.append(len(clips))
        answers = []
        for clip in clips:
            if self.looks_at == "motion":
                y = block(clip)
                moved = np.nan_to_num(y[-1] - y[0])
                steady = np.all(np.diff(y) * np.sign(moved) >= 0) if moved else False
                answer = 4 if not steady else 0 if moved > 0 else 1
            else:
                answer = int(clip[0, 0, 0].astype(int).sum() // 154)  # in five parts
            answers.append(np.where(np.arange(5) == answer, 0.9, 0.025))
        return np.array(answers)


def audited(looks_at, folder, settings=SETTINGS, **more):
    return audit(Seer(looks_at), folder, settings, render=made_results.performed, **more)


@pytest.fixture(scope="module")
def mover(tmp_path_factory):
    return audited("motion", tmp_path_factory.mktemp("mover"), replace(SETTINGS, actions=("sitting", "standing_up")))


@pytest.fixture(scope="module")
def gazer(tmp_path_factory):
    return audited("ground", tmp_path_factory.mktemp("gazer"))


def test_a_model_of_motion_is_right_whatever_else_is_drawn_anew(mover):
    assert mover.accuracy.value == 1 and mover.performances == 12 and 0.7 < mover.accuracy.low < 1
    for one in mover.invariance:
        assert (one.flips.value, one.consistent.value, one.worst.value, one.divergence.value) == (0, 1, 1, 0), one.factor
        assert 0 < one.flips.high < 0.5
    assert mover.invariance[-1].performances == 6  # pairs
    assert [one.factor for one in mover.invariance] == [*factors(), measures.ANOTHER]
    assert mover.invariance[0].versions == 3 and mover.invariance[0].performances == 12


def test_a_model_of_motion_knows_nothing_without_it(mover):
    floors = {floor.view: floor for floor in mover.floors}
    assert floors["frozen"].accuracy.value == floors["background"].accuracy.value == floors["shuffled"].accuracy.value == 0
    assert floors["frozen"].contrasted.value == 1 and floors["person"].accuracy.value == 1
    (backwards,) = mover.backwards
    assert (backwards.kind, backwards.forwards.value, backwards.same.value, backwards.inverse.value) == ("inverse", 1, 0, 1)


def test_a_model_of_motion_follows_the_motion_before_any_background(mover):
    conflict = mover.conflict
    assert (conflict.motion.value, conflict.background.value, conflict.neither.value, conflict.same.value) == (1, 0, 0, 1)
    assert conflict.pull.value == 0 and conflict.drop.value == 0 and conflict.pull.low < 0 < conflict.pull.high


def test_a_model_of_backgrounds_is_caught_at_them_only(gazer):
    flips = {one.factor: one.flips for one in gazer.invariance}
    assert flips["clothes"].value == flips["body"].value == 0
    assert all(flips[factor].low > 0.4 for factor in ("camera", "light", "backdrop", "props"))
    floors = {floor.view: floor for floor in gazer.floors}
    for view in ("frozen", "background", "shuffled"):
        assert floors[view].accuracy == gazer.accuracy and floors[view].contrasted.value == 0
    backwards = {one.kind: one for one in gazer.backwards}
    assert {kind: one.performances for kind, one in backwards.items()} == {"inverse": 12, "alike": 6, "one-way": 6}
    assert all(one.same == one.forwards for one in backwards.values())  # the ground is no other when a clip is played backwards
    assert len({one.same.value for one in backwards.values()}) == 3 and 0 < backwards["alike"].same.value < 1
    assert backwards["alike"].inverse.value == backwards["one-way"].inverse.value == 0 < backwards["inverse"].inverse.value
    assert gazer.accuracy.low < 0.25 < gazer.accuracy.high + 0.1


def test_backgrounds_that_go_with_classes_pull_a_model_of_backgrounds(tmp_path):
    for k, name in enumerate(CLASSES[:4]):  # as bright as the model believes of the class
        for clip in range(2):
            frames = np.full((6, 32, 32, 3), int(154 * (k + 0.5) / 3), np.uint8)
            made_videos.write(tmp_path / "places" / name / f"{clip}.mp4", frames)
    settings = replace(SETTINGS, backgrounds=str(tmp_path / "places"))
    conflict = audited("ground", tmp_path / "ground", settings).conflict
    assert (conflict.background.value, conflict.motion.value, conflict.same.value) == (1, 0, 1)
    assert conflict.pull.value == 1 and conflict.drop.value == 1 and conflict.source.endswith("places")
    assert audited("motion", tmp_path / "motion", replace(settings, actions=CLASSES[:2])).conflict.background.value == 0
    odd = (tmp_path / "places").rename(tmp_path / os.fsdecode(b"\xff:%d"))
    few = replace(settings, backgrounds=str(odd), n=1, actions=CLASSES[:2])
    assert audited("ground", tmp_path / "odd", few).conflict.source.endswith(r"\udcff:%d")
    odd.rename(tmp_path / "places")
    with pytest.raises(UserError, match=r"has clips of 0 of the model's classes"):
        backgrounds.open_folder(tmp_path / "places", ("a", "b"), 32)


def test_the_person_is_pasted_by_the_exact_mask():
    rng = np.random.default_rng(0)
    frames, mask = rng.integers(0, 255, (5, 16, 20, 3), dtype=np.uint8), rng.integers(0, 13, (5, 16, 20), dtype=np.uint8)
    version = Version(frames, mask, (Person("a", "p", "female", 30.0, 0.5, 0.5, 0.5),), True)
    behind = rng.integers(0, 255, (9, 16, 20, 3), dtype=np.uint8)
    out, actor = conditions.pasted(version, behind), (mask > 0) & (mask < 11)
    assert np.array_equal(out[actor], frames[actor]) and np.array_equal(out[~actor], behind[[0, 2, 4, 6, 8]][~actor])
    wide = np.tile(np.arange(40, dtype=np.uint8)[None, None, :, None], (1, 16, 1, 3))
    assert conditions.pasted(replace(version, mask=mask * 0), wide)[0, 0, :, 0].tolist() == list(range(10, 30))


def test_unfairness_is_found_and_its_absence_too(tmp_path):
    made = audited("motion", tmp_path, replace(SETTINGS, n=20, redraws=1, actions=CLASSES[:2], factors=("body",)))
    rows, _ = load_answers(tmp_path / audit_run.ANSWERS)
    wrong = [0.0, 0.0, 0.0, 0.0, 1.0]
    unfair = Answers(
        tuple(replace(row, probability=wrong) if row.people[0].sex == "male" and k % 3 else row for k, row in enumerate(rows))
    )
    groups = {(one.attribute, one.group): one for one in summed(unfair, Seer("motion"), made.settings).subgroups}
    assert groups["sex", "female"].accuracy.value == 1 and 0.3 < groups["sex", "male"].accuracy.value < 0.7
    assert groups["sex", "male"].gap.high < -0.2 and groups["sex", "female"].gap.low > 0.2
    assert sum(one.clips for (what, _), one in groups.items() if what == "skin tone") == 80  # originals and twins of the body
    fair = {(one.attribute, one.group): one for one in made.subgroups}
    assert all(one.gap.low <= 0 <= one.gap.high for one in fair.values()) and {"age", "weight", "height"} <= {a for a, _ in fair}


def test_whom_the_model_is_unfair_to_is_found_in_the_role_that_they_have(tmp_path):
    settings = replace(SETTINGS, n=24, redraws=1, actions=PAIRED, factors=("body", "b.body"))
    made = audit(Seer("motion", PAIRED), tmp_path, settings, render=made_results.performed)
    rows, about = load_answers(tmp_path / audit_run.ANSWERS)
    assert all(len(row.people) == 1 + (row.label == 1) for row in rows)
    save_answers(tmp_path / "again.parquet", rows, about)
    assert load_answers(tmp_path / "again.parquet") == (rows, about)
    wrong = [0.0, 0.0, 0.0, 0.0, 1.0]
    hurt = tuple(replace(row, probability=wrong) if row.people[-1].role == "b" and row.people[-1].sex == "male" else row
                 for row in rows)  # fmt: skip
    found = summed(Answers(hurt), Seer("motion", PAIRED), made.settings)
    groups = {(one.role, one.attribute, one.group): one for one in found.subgroups}
    assert groups["b", "sex", "male"].accuracy.value == 0 and groups["b", "sex", "female"].accuracy.value == 1
    assert (
        groups["b", "sex", "male"].gap.high < 0 and groups["a", "sex", "male"].gap.low < 0 < groups["a", "sex", "male"].gap.high
    )
    both = [sum(one.clips for one in found.subgroups if (one.role, one.attribute) == (role, "sex")) for role in "ab"]
    assert both == [2 * 24 * 2, 24 * 2]  # all clips and the twins of a's body; those of two people, and the twins of b's body
    assert {"age", "skin tone"} <= {attribute for role, attribute, _ in groups if role == "b"}
    flips = {one.factor: one for one in found.invariance}
    assert flips["b.body"].performances == 24 and flips["body"].performances == 48
    told = show.grids(found)[-1].rows
    assert any("sex of b" in str(row) for row in told) and any("sex of a" in str(row) for row in told)
    assert not any(" of a" in str(row) for row in show.grids(made_of_one(tmp_path / "one"))[-1].rows)


def made_of_one(folder):
    return audited("motion", folder, replace(SETTINGS, n=2, redraws=1, actions=CLASSES[:2], factors=("body",)))


def test_twins_of_a_role_are_of_actions_that_have_it():
    found = settled(replace(SETTINGS, actions=PAIRED[:2]), PAIRED)
    assert found.factors == (*factors(), "b.body", "b.clothes") == factors(("sitting", "handshaking"))
    of = {job.action: job.factors for job in audit_run._jobs(found)}
    assert of == {"sitting": factors(), "handshaking": found.factors}
    with pytest.raises(UserError, match=r"unknown factor 'b.body': choose among .*backdrop, bystanders, sensor$"):
        settled(replace(SETTINGS, factors=("b.body",)), CLASSES)


def test_answers_of_an_older_version_are_of_one_person(tmp_path):
    made = audited("motion", tmp_path, replace(SETTINGS, n=2, redraws=1, actions=CLASSES[:2], factors=("body",)))
    path = tmp_path / audit_run.ANSWERS
    rows, about = load_answers(path)
    names = ("identity", "sex", "age_years", "melanin", "weight", "height")
    old = {name: [getattr(row.people[0], name) for row in rows] for name in names}
    table = pq.read_table(path)
    for name, column in old.items():
        table = table.append_column(name, [column])
    pq.write_table(table.drop_columns(["people"]), path)
    assert load_answers(path) == (rows, about)
    assert audited("motion", tmp_path, made.settings) == made


def test_an_audit_goes_on_where_it_stopped_and_grows(tmp_path):
    settings = replace(SETTINGS, n=2, redraws=1)

    def breaks_off(jobs, workers):
        for k, performance in enumerate(made_results.performed(jobs, workers)):
            if k == 3:
                raise KeyboardInterrupt
            yield performance

    with pytest.raises(KeyboardInterrupt):
        audit(Seer("motion"), tmp_path / "a", settings, render=breaks_off)
    model, told = Seer("motion"), []
    again = audit(model, tmp_path / "a", settings, progress=lambda *t: told.append(t), render=made_results.performed)
    assert len(model.asked) == 5 and told[0][:2] == (3, 8) and told[-1][:2] == (8, 8)
    whole = audited("motion", tmp_path / "b", settings)
    assert again == whole == load_audit(tmp_path / "a") and load_answers(tmp_path / "a" / audit_run.ANSWERS) == load_answers(
        tmp_path / "b" / audit_run.ANSWERS
    )
    more = Seer("motion")
    grown = audit(more, tmp_path / "a", replace(settings, n=3), render=made_results.performed)
    assert len(more.asked) == 4 and grown.performances == 12
    fewer = audit(more, tmp_path / "a", settings, render=made_results.performed)
    assert fewer == whole and len(more.asked) == 4  # nothing is lost
    with pytest.raises(UserError, match=r"another audit \(redraws differ\)"):
        audit(Seer("motion"), tmp_path / "a", replace(settings, redraws=2), render=made_results.performed)
    with pytest.raises(UserError, match=r"another audit \(digest differ\)"):
        audit(Seer("motion", digest="other"), tmp_path / "a", settings, render=made_results.performed)


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"actions": ("sitting",)}, "at least two"),
        ({"actions": ("flying", "sitting")}, "no class 'flying'"),
        ({"factors": ("colour",)}, "unknown factor 'colour'"),
        ({"n": 0}, "must be at least 1"),
        ({"actions": ("squat",)}, "--action names squatting alone: name another one too"),
        ({"recipe": "standart"}, "did you mean standard"),
        ({"size_px": 8}, "--size is 8"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_one_line(wrong, line):
    with pytest.raises(UserError, match=line):
        settled(replace(SETTINGS, **wrong), CLASSES)


def test_classes_that_the_generator_does_not_know_are_left_out():
    found = settled(SETTINGS, CLASSES)
    assert found.actions == CLASSES[:4] and found.factors == factors()
    assert settled(replace(SETTINGS, actions=("Squatting", "sit down")), CLASSES).actions == ("squatting", "sitting")
    jobs = audit_run._jobs(found)
    assert [job.action for job in jobs[:4]] == list(CLASSES[:4]) and len(jobs) == 24
    assert all(job.partner in CLASSES[:4] and job.partner != job.action for job in jobs)
    assert len({(job.action, job.partner) for job in jobs}) > 8


def test_the_table_of_reversed_time_names_actions_there_are():
    assert set(order.INVERSE) | order.ALIKE <= set(ACTIONS) and not set(order.INVERSE) & order.ALIKE
    assert all(order.INVERSE[order.INVERSE[name]] == name for name in order.INVERSE)
    assert [order.kind_of(name, CLASSES) for name in CLASSES[:4]] == ["inverse", "inverse", "alike", "one-way"]
    assert order.kind_of("sitting", ("sitting", "run")) == "one-way"


def test_intervals_take_performances_as_one_and_are_never_empty():
    rng = np.random.default_rng(0)
    units = [str(k) for k in range(60)]
    one = rng.random(60) < 0.4
    alone, thrice = stats.share_of(one, units), stats.share_of(np.repeat(one, 3), [name for name in units for _ in range(3)])
    assert alone == thrice  # copies tell nothing new
    half = 1.96 * np.sqrt(alone.value * (1 - alone.value) / 60)
    assert alone.high - alone.low == pytest.approx(2 * half, rel=0.15)
    assert stats.share_of(np.ones(5, bool), list("abcde")).low == pytest.approx(0.5655, abs=1e-3)  # Wilson
    gap = stats.gap_of(np.array([1, 1, 0, 0]), np.array([1, 1, 0, 0]), list("abcd"))
    assert gap.value == 1 and gap.low < 0.3 and gap.high == pytest.approx(1)
    p, q = np.array([[0.5, 0.5]]), np.array([[0.25, 0.75]])
    assert measures.divergence(p, q)[0] == pytest.approx(0.5 * np.log(2) + 0.5 * np.log(2 / 3))


def test_the_intervals_cover_what_they_should():
    rng, hits = np.random.default_rng(1), 0
    for _ in range(200):
        rate = rng.beta(2, 2, 25)  # performances differ; four versions of each
        found = stats.share_of(rng.random(100) < np.repeat(rate, 4), [str(k // 4) for k in range(100)])
        hits += found.low <= 0.5 <= found.high
    assert 180 <= hits <= 199


def test_a_run_is_audited_by_the_verb(tmp_path, monkeypatch):
    model = build(ModelConfig("tiny"), 3, DataConfig(frames=4, size_px=24))
    save_model(tmp_path / "run" / "model", model, ("sitting", "standing_up", "kicking"))
    monkeypatch.setattr(audit_run.audit, "__kwdefaults__", None)
    monkeypatch.setattr(audit_run.audit, "__defaults__", (2, None, made_results.performed))
    done = CliRunner().invoke(
        verb, [str(tmp_path / "run" / "model"), "--n", "2", "--redraws", "1", "--out", str(tmp_path / "audit")]
    )
    assert done.exit_code == 0, done.output
    assert "answer flips" in done.output and "performances of 3 actions" in done.output
    found = load_audit(tmp_path / "audit")
    assert found.settings.size_px == 28 and found.performances == 6  # 24 pixels are cut from 28
    assert all((tmp_path / "audit" / f"{name}.png").is_file() for name in ("invariance", "evidence", "subgroups"))
    assert [grid.title for grid in show.grids(found)][-1] == "Accuracy by who performs"
    asked = open_asked(tmp_path / "run" / "model")
    clip = np.random.default_rng(0).integers(0, 255, (9, 30, 40, 3), dtype=np.uint8)
    both = asked.probabilities([clip, clip[::-1].copy()], 15.0)
    assert both.shape == (2, 3) and np.allclose(both.sum(1), 1, atol=1e-3)
    assert np.allclose(both[:1], asked.probabilities([clip], 15.0), atol=2e-2)
    with pytest.raises(UserError):
        open_asked(tmp_path / "nothing")


@pytest.mark.slow
def test_twins_of_held_out_people_are_rendered_by_other_processes():
    job = Job("sitting", 1, "kicking", ("camera", "clothes"), 1, "standard", audit_run.SEED, 48, 5.0)
    (found,) = performed([job], 1)
    base, camera, clothes = found.base, found.twins["camera"][0], found.twins["clothes"][0]
    assert base.people[0].identity.startswith("test-") and camera.people == base.people == clothes.people
    assert (
        base.frames.shape == camera.frames.shape
        and base.frames.shape[1:] == (48, 48, 3)
        and base.mask.shape == base.frames.shape[:3]
    )
    assert not np.array_equal(base.frames, camera.frames) and not np.array_equal(base.frames, clothes.frames)
    assert conditions.plates.person_in(base.mask).any((1, 2)).mean() > 0.9
    assert set(found.lenders) == {"same", "other"} and found.lenders["same"].people[0].identity.startswith("test-")
    shown = list(conditions.shown(found, backgrounds.from_generator(found)))
    assert [one.condition for one in shown] == [
        "base", "twin", "twin", "frozen", "background", "person", "reversed", "shuffled", "swap same", "swap other",
    ]  # fmt: skip
    assert all(one.frames.shape == base.frames.shape for one in shown)
    with pytest.raises(UserError, match="unknown recipe"):
        list(performed([replace(job, recipe="no such")], 1))


@pytest.mark.slow
def test_the_clothes_of_the_second_person_are_drawn_anew_alone():
    job = Job("handshaking", 0, "", ("b.clothes", "b.body"), 1, "standard", audit_run.SEED, 48, 5.0)
    found = perform(job)
    base, clothes, body = found.base, found.twins["b.clothes"][0], found.twins["b.body"][0]
    assert [person.role for person in base.people] == ["a", "b"] and clothes.people == base.people
    assert body.people[0] == base.people[0] and body.people[1].identity != base.people[1].identity
    assert base.frames.shape == clothes.frames.shape and not np.array_equal(base.frames, clothes.frames)


@pytest.mark.slow
def test_workers_end_as_soon_as_nobody_wants_their_clips():
    job = Job("kicking", 0, "", ("camera",), 40, "standard", audit_run.SEED, 256, 30.0)  # minutes of work
    jobs = performed([replace(job, factors=(), size_px=32, fps=4.0), job, replace(job, number=1)], 1)
    next(jobs)
    children = multiprocessing.active_children()
    assert len(children) == 1
    jobs.close()
    deadline = time.monotonic() + 20
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not multiprocessing.active_children()
