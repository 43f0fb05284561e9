"""Numbers of recipes, models, results and options are finite and in range; files that would cost are refused before."""

import json
import math
import os
import typing
from dataclasses import fields, is_dataclass, replace

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
from click.testing import CliRunner
from made_results import make_result
from made_runs import TINY, make_run
from safetensors.torch import load_file, save_file
from synapt.generator.base import bounded, ranges
from synapt.generator.base.errors import UserError
from synapt.training import results
from synapt.training.config import TrainConfig, as_toml, config_from, load_config
from synapt.training.data.cache import HEAD, _open
from synapt.training.data.preflight import check
from synapt.training.data.targets.files import json_of, lines
from synapt.training.engine.log import read_log
from synapt.training.models import build, load_model, save_model
from synapt.training.models.catalogue import local_models, read_catalogue
from synapt.training.models.weights import read_tensors
from synapt.training.objectives import build_objective
from synapt.training.protocols.features import _keep, _kept
from synapt.training.protocols.settings import ProbeConfig, eval_config
from synapt.training.results import read_predictions, read_result
from synapt.training.runs import read_sources
from synapt.training.values import ClipList
from synapt.training.verbs.evaluate import evaluate
from synapt.training.verbs.models import models
from synapt.training.verbs.pretrain import pretrain

DEEP = "[" * 100_000 + "]" * 100_000


def refused(call, *said):
    """The one line by which `call` refuses."""
    with pytest.raises(UserError) as caught:
        call()
    line = str(caught.value)
    assert "\n" not in line and len(line) < 1000 and all(word in line for word in said), line
    return line


# ---------------------------------------------------------------- numbers


def numbers_of(kind, where=""):
    """(place, type) of every number of a config, sections and all."""
    for name, hint in typing.get_type_hints(kind, include_extras=True).items():
        if is_dataclass(hint):
            yield from numbers_of(hint, f"{where}{name}.")
        for inner in [hint] if typing.get_origin(hint) is typing.Annotated else [hint, *typing.get_args(hint)]:
            if inner in (int, float) or (typing.get_origin(inner) is typing.Annotated and inner.__origin__ in (int, float)):
                yield f"{where}{name}", inner


@pytest.mark.parametrize("kind", [TrainConfig, ProbeConfig])
def test_every_number_has_two_bounds(kind):
    found = list(numbers_of(kind))
    assert len(found) >= (40 if kind is TrainConfig else 8)
    for place, hint in found:
        assert typing.get_origin(hint) is typing.Annotated, place
        (meta,) = hint.__metadata__
        low = meta.ge if meta.ge is not None else meta.gt
        high = meta.le if meta.le is not None else meta.lt
        assert math.isfinite(low) and math.isfinite(high) and low < high, place


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e308", "9" * 23, "9" * 5000])
def test_no_number_of_a_recipe_is_anything_at_all(value, tmp_path):
    for section in fields(TrainConfig):
        if not is_dataclass(section.default_factory):
            continue
        for name, hint in typing.get_type_hints(section.default_factory, include_extras=True).items():
            if typing.get_origin(hint) is typing.Annotated:
                refused(lambda text=f"{section.name}.{name}={value}": load_config("tiny-cpu", [text]), f"{section.name}.{name}")
    recipe = tmp_path / "own.toml"
    recipe.write_text(f"seed = {value}\n[optim]\nlr = {value}\n")
    refused(lambda: load_config(str(recipe)), "own.toml")


def test_the_line_names_the_entry_what_was_got_and_the_range():
    for change, said in (
        ("optim.lr=nan", "optim.lr is nan, expected `float` > 0.0"),
        ("data.frames=1000000000", "data.frames is 1000000000, expected `int` <= 4096"),
        ("augment.tempo=[1.0, nan]", "augment.tempo[1] is nan, expected `float` >= 0.0"),
        ("augment.tempo=[2, 1]", "augment.tempo is [2.0, 1.0], wanted [low, high]"),
        ("data.sampling='foo'", "data.sampling is foo, invalid enum value 'foo'"),
    ):
        refused(lambda change=change: config_from({}, [change]), said)
    data = TrainConfig().data
    refused(lambda: eval_config("knn", data, 10, changes=["probe.temperature=nan"]), "temperature is nan")
    refused(lambda: eval_config("linear", data, 10, changes=["probe.penalties=[1.0, inf]"]), "penalties[1] is inf")
    refused(lambda: eval_config("knn", data, 10, changes=["probe.neighbours=[]"]), "probe.neighbours")


def test_bounds_leave_every_recipe_and_what_it_is_written_as_alone(tmp_path):
    config = load_config("tiny-cpu", ["augment.tempo=[0.8, 1.25]", "objective.auxiliary={joints=0.1}"])
    path = tmp_path / "config.toml"
    path.write_text(as_toml(config))
    assert load_config(str(path)) == config


@pytest.mark.parametrize("verb", [pretrain, evaluate])
def test_a_share_that_is_no_number_lets_nothing_pass(verb, tmp_path):
    (tmp_path / "clips").mkdir()
    words = ["x", "--target", "y"] if verb is evaluate else [str(tmp_path / "clips")]
    for value in ("nan", "-0.1", "1.5"):
        outcome = CliRunner().invoke(verb, [*words, "--allow-missing", value])
        assert outcome.exit_code == 2 and "is not from 0 to 1" in outcome.output
    refused(lambda: check(ClipList("c", ("a",), ()), math.nan), "the share of clips that may be missing is nan")


def test_what_is_no_objective_or_model_is_not_called(tmp_path):
    for place in ("model.name", "objective.kind"):
        config = load_config("tiny-cpu", [f"{place}=os:abort"])
        if place == "model.name":
            refused(lambda config=config: build(config.model, 2, config.data), "os:abort")
        else:
            model = build(TINY, 2, config.data)
            refused(lambda config=config, model=model: build_objective(model, config, [("a", "b")]), "os:abort")


# ---------------------------------------------------------------- models


def edited(folder, change):
    path = folder / "config.json"
    table = json.loads(path.read_text())
    change(table["synapt"])
    path.write_text(json.dumps(table))


@pytest.mark.parametrize(
    ("entry", "value"),
    [("frames", 10**9), ("size_px", 0), ("n_classes", 10**9), ("feature_dim", -1), ("mean", [0.1, math.nan, 0.1]),
     ("std", [0.1, 0.0, 0.1]), ("std", [math.inf] * 3), ("frames", 10**400)],
)  # fmt: skip
def test_a_model_says_nothing_beyond_its_range(entry, value, tmp_path):
    run = make_run(tmp_path / "run")
    edited(run / "model", lambda own: own["spec"].update({entry: value}))
    refused(lambda: load_model(run), "is damaged", "take another copy of the model")


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_weights_that_are_no_numbers_are_neither_loaded_nor_saved(value, tmp_path):
    run = make_run(tmp_path / "run")
    file = run / "model" / "model.safetensors"
    tensors = load_file(file)
    name = sorted(tensors)[0]
    tensors[name].view(-1)[-1] = value
    save_file(tensors, file)
    refused(lambda: load_model(run), f"not finite numbers (in {name})")
    model = build(TINY, 2, TrainConfig().data)
    with torch.no_grad():
        next(model.parameters()).view(-1)[0] = value
    refused(lambda: save_model(tmp_path / "new", model, ("a", "b")), "not finite numbers", "is not saved")
    assert not (tmp_path / "new").exists()


def test_one_bad_model_is_one_line_and_the_others_are_listed(tmp_path):
    for k, harm in enumerate((DEEP, "{" * 100_000, "", "\x00" * 100, '{"synapt": []}', '{"synapt": {"format": NaN}}')):
        run = make_run(tmp_path / f"bad{k}")
        (run / "model" / "config.json").write_text(harm)
    with (make_run(tmp_path / "large") / "model" / "config.json").open("wb") as file:
        file.truncate(10**9)
    make_run(tmp_path / "good")
    found = {entry.name: entry.ok for entry in local_models(tmp_path)}
    assert found == {"good": True, "large": False, **{f"bad{k}": False for k in range(6)}}
    outcome = CliRunner().invoke(models, ["--root", str(tmp_path)], catch_exceptions=False)
    assert outcome.exit_code == 0 and outcome.output.count("damaged") >= 7


def test_weights_that_claim_what_they_do_not_hold_are_refused(tmp_path):
    file = tmp_path / "model.safetensors"
    head = json.dumps({"a": {"dtype": "F32", "shape": [10**12], "data_offsets": [0, 4 * 10**12]}}).encode()
    file.write_bytes(len(head).to_bytes(8, "little") + head)
    refused(lambda: read_tensors(file), "cannot be read as weights")
    file.write_bytes((2**62).to_bytes(8, "little"))
    refused(lambda: read_tensors(file), "cannot be read as weights")
    with file.open("wb") as opened:
        opened.truncate(10**13)
    refused(lambda: read_tensors(file), "10,000,000,000,000 bytes")
    own = {}
    own["model"] = own  # a dictionary in itself
    torch.save(own, tmp_path / "self.pth")
    refused(lambda: read_tensors(tmp_path / "self.pth"), "without tensors")
    torch.save({"a": torch.zeros(1).expand(10**13)}, tmp_path / "wide.pth")
    refused(lambda: read_tensors(tmp_path / "wide.pth"), "more than")
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {"a": index.name}}))
    refused(lambda: read_tensors(index), "wanted .safetensors or .bin")
    os.mkfifo(tmp_path / "pipe.safetensors")
    refused(lambda: read_tensors(tmp_path / "pipe.safetensors"), "not a regular file")


# ---------------------------------------------------------------- sizes and depths


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_catalogues_are_read_within_bounds(suffix, tmp_path):
    path = tmp_path / f"all{suffix}"
    for text in (DEEP, "x = " + DEEP, "a." * 100_000 + "a = 1", "[[models]]\nname = 3", "x = " + "9" * 5000, '{"models": 3}'):
        path.write_text(text)
        refused(lambda: read_catalogue(path), "all")
    with path.open("wb") as file:
        file.truncate(100 << 20)
    refused(lambda: read_catalogue(path), "104,857,600 bytes")
    path.unlink()
    os.mkfifo(path)
    refused(lambda: read_catalogue(path), "not a regular file")
    path.unlink()
    result = "nan" if suffix == ".toml" else "1e999"
    text = f'models = [{{name = "a", path = "b", results = {{x = {result}}}}}]'
    path.write_text(text if suffix == ".toml" else f'{{"models": [{{"name": "a", "path": "b", "results": {{"x": {result}}}}}]}}')
    refused(lambda: read_catalogue(path), "all")


def test_recipes_are_read_within_bounds(tmp_path):
    path = tmp_path / "own.toml"
    for text in ("x = " + DEEP, "a." * 100_000 + "a = 1", f"[{'a.' * 100_000}a]", "x = " + "9" * 5000, "\x00" * 100):
        path.write_text(text)
        refused(lambda: load_config(str(path)), "own.toml")
    with path.open("wb") as file:
        file.truncate(100 << 20)
    refused(lambda: load_config(str(path)), "104,857,600 bytes")
    for text in (f"optim.lr={DEEP[:100_000]}", f"optim.lr={'[' * 300}1{']' * 300}", f"{'a.' * 60_000}a=1"):
        refused(lambda text=text: load_config("tiny-cpu", [text]))


def test_lists_sources_and_logs_are_read_within_bounds(tmp_path):
    path = tmp_path / "list.json"
    path.write_text(DEEP)
    refused(lambda: json_of(path, list), "fetch it again")
    with path.open("wb") as file:
        file.truncate(10**10)
    refused(lambda: json_of(path, list), "fetch it again")
    refused(lambda: lines(path), "fetch it again")
    run = make_run(tmp_path / "run")
    for text in (DEEP, '[{"name": "a", "n_clips": 1e999}]', '[{"name": "a", "n_clips": -1}]', '[{"name": []}]', "3"):
        (run / "sources.json").write_text(text)
        refused(lambda: read_sources(run), "missing or broken")
    good = [{"kind": "step", "step": 1, "loss": 0.5}, {"kind": "step", "step": 3, "loss": math.nan}]
    bad = [DEEP, '{"step": 1e400}', '{"step": -1}', f'{{"step": {"9" * 400}}}', '{"step": true', "\x00"]
    (run / "log.jsonl").write_text("\n".join([json.dumps(good[0]), *bad, json.dumps(good[1])]))
    found = read_log(run)
    assert found[0] == good[0] and found[1]["step"] == 3 and len(found) == 2


@pytest.fixture
def result(tmp_path):
    return make_result(tmp_path / "run", "here", "linear", 0.8)


def test_results_are_what_a_measurement_can_give(result):
    own = json.loads((result / "result.json").read_text())
    assert read_result(result).chance == own["chance"]
    summed = own | {"top1_by_seed": [1.0000000000000002, 0.5, -1e-17]}  # as sums of parts come out
    (result / "result.json").write_text(json.dumps(summed))
    assert read_result(result).top1_by_seed[0] > 1
    wrong = (
        {"chance": 1.5}, {"chance": math.nan}, {"n_clips": 0}, {"n_clips": 10**30}, {"seeds": [-1, 0, 1]}, {"seeds": [0]},
        {"top1": {"value": math.inf, "low": 0, "high": 1}}, {"per_class": [0.5]}, {"per_class": [2.0] * 6}, {"classes": []},
        {"top1_by_seed": [0.1, 0.2, 7.0]}, {"settings": {"folds": 0}}, {"settings": {"probe": {"resamples": 0}}},
        {"settings": {"probe": 3}},
    )  # fmt: skip
    for change in wrong:
        (result / "result.json").write_text(json.dumps(own | change))
        refused(lambda: read_result(result), "is not a result of synapt")
    for text in (DEEP, "[]", "3", ""):
        (result / "result.json").write_text(text)
        refused(lambda: read_result(result), "is not a result of synapt")


def test_predictions_are_what_a_model_can_say(result, monkeypatch):
    path = result / "predictions.parquet"
    good = pq.read_table(path)
    assert len(read_predictions(path)[0]) == 9
    n = len(good)
    for name, column in (
        ("label", pa.array([10**6] * n, pa.int32())), ("label", pa.array([-1] * n, pa.int32())),
        ("probability", pa.array([[math.nan] * 6] * n, pa.list_(pa.float32()))),
        ("probability", pa.array([[7.0] * 6] * n, pa.list_(pa.float32()))),
        ("probability", pa.array([[0.1]] * (n - 1) + [[0.1, 0.2]], pa.list_(pa.float32()))),
        ("seed", pa.array([None] * n, pa.int64())), ("id", pa.array([None] * n, pa.string())),
    ):  # fmt: skip
        pq.write_table(good.set_column(good.schema.get_field_index(name), name, column), path)
        refused(lambda: read_predictions(path), "contains no predictions")
    pq.write_table(good, path)
    monkeypatch.setattr(results, "MOST_VALUES", 100)
    refused(lambda: read_predictions(path), "at most 100 are read")


def test_caches_that_are_not_what_was_kept_count_as_missing(tmp_path):
    path = tmp_path / "a.frames"
    frames = np.zeros((2, 4, 6, 3), np.uint8)

    def write(shape):
        path.write_bytes(json.dumps({"shape": shape}).encode().ljust(HEAD) + frames.tobytes())
        return _open(path)

    assert np.array_equal(write((2, 4, 6, 3)), frames)
    for shape in (
        (10**6, 10**6, 10**6, 3),
        (2, 4, 6),
        (2, 4, 18, 1),
        (-2, -4, 6, 3),
        (1, 4, 6, 3),
        ("2", 4, 6, 3),
        (2.0, 4, 6, 3),
    ):
        assert write(shape) is None or shape == (2.0, 4, 6, 3), shape
    kept = tmp_path / "a.npy"
    own = np.ones((1, 3, 2), np.float32)
    _keep(kept, own)
    assert np.array_equal(_kept(kept, (1, 3, 2)), own) and _kept(kept, (1, 3, 4)) is None
    head = np.lib.format.magic(1, 0) + (118).to_bytes(2, "little")
    said = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({10**9}, {10**9}), }}".ljust(117) + "\n"
    for raw in (head + said.encode(), b"", b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 60_000, DEEP.encode()):
        kept.write_bytes(raw)
        assert _kept(kept, (10**9, 10**9)) is None and _kept(kept, (1, 3, 2)) is None
    _keep(kept, own * np.nan)
    assert _kept(kept, (1, 3, 2)) is None
    np.savez(kept.with_suffix(".npz"), own)
    kept.with_suffix(".npz").replace(kept)
    assert _kept(kept, (1, 3, 2)) is None


def test_plain_data_is_converted_with_the_entry_named_wherever_it_lies():
    table = {"optim": {"betas": [0.9, 1.5]}}
    refused(lambda: ranges.converted(table, TrainConfig, "here"), "here: optim.betas[1] is 1.5, expected `float` < 1.0")
    config = ranges.converted({"objective": {"auxiliary": {"joints": 0.5}}}, TrainConfig, "here")
    assert config == replace(TrainConfig(), objective=replace(TrainConfig().objective, auxiliary={"joints": 0.5}))
    assert msgspec.to_builtins(bounded.parse_json(b'[1, 2.5, "x"]', "x")) == [1, 2.5, "x"]
    for raw in (b"[NaN]", b"[Infinity]", b"[1e999]", b"[" + b"9" * 30 + b"]", b"\xff", b""):
        refused(lambda raw=raw: bounded.parse_json(raw, "it"), "it is not readable JSON")
    assert math.isnan(bounded.parse_json(b"[NaN]", "it", finite=False)[0])
