"""A dataset on disk: one format, one writer, one reader."""

from ..values import FIRST, ClipSpec, Labels, PerformerSpec
from .format import DENSE, ClipFiles, Header, Settings
from .read import Dataset, open_dataset, read_clip, read_frames, read_header, read_labels, read_spec
from .write import write_clip, write_header

__all__ = [
    "DENSE",
    "FIRST",
    "ClipFiles",
    "ClipSpec",
    "Dataset",
    "Header",
    "Labels",
    "PerformerSpec",
    "Settings",
    "open_dataset",
    "read_clip",
    "read_frames",
    "read_header",
    "read_labels",
    "read_spec",
    "write_clip",
    "write_header",
]
