"""What is varied and how far: the ranges of every factor."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import backdrop, body, bystanders, camera, light, look, motion, props, sensor


@dataclass(frozen=True)
class Recipe:
    """Ranges of every factor, the number of people in each split's pool, and the shares of the splits."""

    name: str
    about: str = ""
    identities: int = 2000
    train_share: float = 0.8
    val_share: float = 0.1
    motion: motion.Ranges = field(default_factory=motion.Ranges)
    props: props.Ranges = field(default_factory=props.Ranges)
    body: body.Ranges = field(default_factory=body.Ranges)
    look: look.Ranges = field(default_factory=look.Ranges)
    camera: camera.Ranges = field(default_factory=camera.Ranges)
    light: light.Ranges = field(default_factory=light.Ranges)
    backdrop: backdrop.Ranges = field(default_factory=backdrop.Ranges)
    bystanders: bystanders.Ranges = field(default_factory=bystanders.Ranges)
    sensor: sensor.Ranges = field(default_factory=sensor.Ranges)
