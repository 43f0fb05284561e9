"""transformers' Auto classes read folders of ours once `synapt` is imported, in whatever order the two come."""

import json

import pytest
import torch
from children import run_python
from made_models import small
from synapt.training.models import save_model

CLASSES = ("a", "b", "c", "d", "e")

READ = """
import sys
{first}
from transformers import AutoConfig, AutoModelForVideoClassification
{then}
import torch
model = AutoModelForVideoClassification.from_pretrained(sys.argv[1]).eval()
clips = torch.load(sys.argv[2], weights_only=True)
with torch.no_grad():
    out = model(pixel_values=clips, labels=torch.tensor([0, 1]))
print(type(model).__name__, float(out.loss) > 0, list(model.config.id2label.values()))
torch.save(out.logits, sys.argv[2])
"""


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("import synapt", ""),
        *(pytest.param(*two, marks=pytest.mark.slow) for two in (("", "import synapt"), ("import synapt.training.models", ""))),
    ],
)
def test_auto_classes_give_the_same_logits(tmp_path, first, then):
    model, clips = small("tiny", seed=3).eval(), torch.rand(2, 8, 3, 32, 32)
    folder = save_model(tmp_path / "m", model, CLASSES)
    torch.save(clips, tmp_path / "x")
    said = run_python("-c", READ.format(first=first, then=then), folder, tmp_path / "x").strip().split(" ", 2)
    assert said == ["SynaptForVideoClassification", "True", str(list(CLASSES))]
    found = torch.load(tmp_path / "x", weights_only=True)
    torch.testing.assert_close(found, model(clips.transpose(1, 2)).detach())  # another process adds with other threads


def test_what_is_saved_again_is_a_folder_of_ours(tmp_path):
    from synapt.training.models.hub_model import SynaptForVideoClassification

    folder = save_model(tmp_path / "m", small("tiny", seed=3), CLASSES)
    SynaptForVideoClassification.from_pretrained(folder).save_pretrained(tmp_path / "again")
    for name in ("model.safetensors", "labels.json"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
    assert json.loads((tmp_path / "again" / "config.json").read_text())["model_type"] == "synapt"
