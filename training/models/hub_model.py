"""A model of ours with transformers' manners: `pixel_values` in, `logits` (and `loss`) out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import PreTrainedModel
from transformers.modeling_outputs import ImageClassifierOutput
from transformers.utils import cached_file

from .base import VideoModel
from .hub import SynaptConfig
from .io import load_model, save_model

_TAKEN = ("cache_dir", "force_download", "local_files_only", "token", "revision", "subfolder", "proxies")
"""Options of `from_pretrained` that say where files come from."""


class SynaptForVideoClassification(PreTrainedModel):
    """A VideoModel behind transformers' interface. Clips come normalised, (B, T, 3, H, W), as its image processors give them."""

    config_class = SynaptConfig
    main_input_name = "pixel_values"

    def __init__(self, config: SynaptConfig, net: VideoModel) -> None:
        super().__init__(config)
        self.net = net

    @classmethod
    def from_pretrained(  # type: ignore[override]
        cls, folder: Any, *args: Any, **options: Any
    ) -> SynaptForVideoClassification:
        """The model of a folder, or of a repository on the hub; `dtype` and a device given as `device_map` are heeded.

        OSError as transformers raises it where there is none; UserError for a damaged one.
        """
        where = {name: options[name] for name in _TAKEN if name in options}
        files = [cached_file(folder, name, **where) for name in ("config.json", "labels.json", "model.safetensors")]
        config = options.get("config") or SynaptConfig.from_pretrained(folder, **where)
        model = cls(config, load_model(Path(str(files[0])).parent)).eval()
        dtype = options.get("dtype") or options.get("torch_dtype")
        device = options.get("device_map")
        if isinstance(dtype, str) and dtype != "auto":
            dtype = getattr(torch, dtype)
        if isinstance(dtype, torch.dtype):
            model = model.to(dtype)
        return model.to(device) if isinstance(device, str | torch.device | int) and device != "auto" else model

    def save_pretrained(self, folder: Any, *args: Any, **options: Any) -> None:  # type: ignore[override]
        """Write a folder of ours."""
        save_model(Path(folder), self.net, self.net.classes)

    def forward(self, pixel_values: Tensor, labels: Tensor | None = None, **options: Any) -> ImageClassifierOutput:
        """Logits (B, C) of clips (B, T, 3, H, W); with `labels` (B,) the cross-entropy, too."""
        logits = self.net(pixel_values.transpose(1, 2))
        return ImageClassifierOutput(loss=None if labels is None else functional.cross_entropy(logits, labels), logits=logits)
