"""The door for Hugging Face's transformers: `import synapt`, and its Auto classes read our folders by name.

Models of the families that transformers has (TimeSformer, VideoMAE) are written as its own and need no door. The others say
`"model_type": "synapt"` in config.json; this module tells transformers what that is. It is imported in the middle of
transformers' own import, so it imports nothing else of ours, and the model itself only when one is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transformers.configuration_utils import PretrainedConfig

if TYPE_CHECKING:
    from . import hub_model

MODEL_TYPE = "synapt"


class SynaptConfig(PretrainedConfig):
    """config.json of a folder of ours, as transformers reads it; `synapt` holds what to build."""

    model_type = MODEL_TYPE


class SynaptForVideoClassification:
    """Stands in transformers' table for the model of that name in `hub_model` until somebody asks for one."""

    config_class = SynaptConfig

    @classmethod
    def from_pretrained(cls, folder: Any, *args: Any, **options: Any) -> hub_model.SynaptForVideoClassification:
        """The model of a folder on disk, or of a repository on the hub, in transformers' manner."""
        from . import hub_model

        return hub_model.SynaptForVideoClassification.from_pretrained(folder, *args, **options)


def register(auto: Any) -> None:
    """Tell transformers' Auto classes, of which `auto` is the module, what "synapt" in a config.json means."""
    from transformers.models.auto.configuration_auto import AutoConfig

    AutoConfig.register(MODEL_TYPE, SynaptConfig, exist_ok=True)
    auto.AutoModelForVideoClassification.register(SynaptConfig, SynaptForVideoClassification, exist_ok=True)
