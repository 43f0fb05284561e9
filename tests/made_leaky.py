"""Small datasets in which nothing but the act tells the class, or something that was planted does."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from made_dataset import SETTINGS
from made_up import make_clip
from synapt.generator.dataset import Header, write_clip, write_header
from synapt.generator.dataset.format import SCHEMA, metadata_path
from synapt.generator.dataset.index import write_rows
from synapt.generator.values import SPEC_VERSION

CLASSES = ("bow", "nod", "wave")


def clip(action: str, index: int, rng: np.random.Generator):
    """A clip whose every factor is drawn without a look at the action, which decides the box alone."""
    made = make_clip(index, frames=12)
    spec, labels = made.spec, made.labels
    person = int(rng.integers(24))
    body = replace(
        spec.performers[0].body, identity=f"p{person:02d}", sex=("female", "male")[person % 2], age_years=20.0 + person
    )
    performer = replace(spec.performers[0], body=body, amplitude=float(rng.uniform(0.8, 1.2)))
    spec = replace(
        spec, action=action, index=index, split=("train", "val")[person % 4 == 0], performers=(performer,), props=(), variants={},
        performance=replace(spec.performance, tempo=float(rng.uniform(0.8, 1.2))),
        camera=replace(spec.camera, azimuth_rad=float(rng.uniform(-3, 3)), movement=str(rng.choice(["static", "orbit"]))),
        light=replace(spec.light, hdri=str(rng.choice(["city", "forest"])), yaw_rad=float(rng.uniform(0, 6))),
        backdrop=replace(spec.backdrop, kind=str(rng.choice(["room", "outdoor", "plain"]))),
    )  # fmt: skip
    frames = np.tile(rng.uniform(60, 200, 3) + rng.normal(0, 12, (48, 64, 3)), (12, 1, 1, 1))
    mask = np.zeros((12, 48, 64), np.uint8)
    height = 14 + 8 * CLASSES.index(action)
    mask[:, 46 - height : 46, 24:40] = 5
    frames[mask > 0] = (40, 90, 60 + 60 * CLASSES.index(action))
    box = np.tile(np.float32([24, 46 - height, 40, 46]), (12, 1))
    first = replace(labels.people[0], box_px=box, measures={})
    labels = replace(labels, action=action, people=(first,), dense={"mask": mask})
    return replace(made, spec=spec, labels=labels, frames=frames.clip(0, 255).astype(np.uint8))


def write_leaky(root: Path, seed: int, n: int = 16, planted=lambda made, k: made) -> Path:
    """A dataset of `n` clips of each class; `planted(clip, number of its class)` may make its class show."""
    rng = np.random.default_rng(seed)
    rows = [
        write_clip(root, planted(clip(action, index, rng), k), k) for k, action in enumerate(CLASSES) for index in range(n)
    ]  # fmt: skip
    settings = replace(SETTINGS, seed=0)
    counts = dict.fromkeys(CLASSES, n)
    header = Header(SCHEMA, SPEC_VERSION, settings, {name: k for k, name in enumerate(CLASSES)}, ("mask",), counts=counts)
    write_rows(metadata_path(root), rows, header)
    write_header(root, header)
    return root
