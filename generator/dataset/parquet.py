"""A Parquet file that anybody may have written, read as a table of words and numbers of a size that fits the file's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..base.bounded import is_regular

if TYPE_CHECKING:
    import pyarrow as pa

LEAST_ROW_BYTES = 32
"""Each clip has a SHA-256 of its own, which no packing makes shorter: more rows than that allows are a lie."""

MOST_ROW_BYTES = 1 << 14
"""Of text, a row on average; ours have one or two thousand."""

MOST_COLUMNS = 1000

_EXPANSION = 32
"""Snappy makes at most 21 bytes of one."""

_SLACK = 1 << 20


def bounded_table(path: Path) -> pa.Table:
    """The table in a file, its text plain strings. Looks at what the file declares before it reads, and at text before unfolding.

    OSError or pyarrow.ArrowException when it is broken; ValueError for columns of other kinds than text, whole and real numbers
    and truth values, and where it would take far more memory than a file of that size can mean.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not is_regular(path):
        raise ValueError("it is not a regular file")
    size = path.stat().st_size
    with path.open("rb") as opened:  # by its name, one that is not UTF-8 would be refused
        file = pq.ParquetFile(opened)
        _check_declared(file, size)
        text = [column.name for column in file.schema_arrow if _is_text(column.type)]
        opened.seek(0)
        table = pq.ParquetFile(opened, read_dictionary=text).read()  # text in a dictionary: repeated, it takes no room yet
    if table.num_rows * LEAST_ROW_BYTES > size:
        raise ValueError(f"{table.num_rows:,} rows in {size:,} bytes")
    unfolded = sum(_text_bytes(table.column(name)) for name in text)
    if unfolded > table.num_rows * MOST_ROW_BYTES + _SLACK:
        raise ValueError(f"{unfolded:,} bytes of text in {table.num_rows:,} rows")
    return table.cast(pa.schema([pa.field(f.name, pa.string() if f.name in text else f.type) for f in table.schema]))


def _check_declared(file: Any, size: int) -> None:
    found, schema = file.metadata, file.schema_arrow
    if found.num_columns > MOST_COLUMNS:
        raise ValueError(f"{found.num_columns:,} columns")
    if found.num_rows * LEAST_ROW_BYTES > size:
        raise ValueError(f"{found.num_rows:,} rows in {size:,} bytes")
    groups = [found.row_group(k) for k in range(found.num_row_groups)]
    packed = {group.column(k).compression for group in groups for k in range(group.num_columns)}
    if packed - {"SNAPPY", "UNCOMPRESSED"}:
        raise ValueError(f"it is packed by {', '.join(sorted(packed))}, and an index of ours by Snappy")
    declared = sum(group.total_byte_size for group in groups)
    if not 0 <= declared <= _EXPANSION * size + _SLACK:
        raise ValueError(f"{declared:,} bytes are said to be in {size:,}")
    if len(set(schema.names)) < len(schema.names):
        raise ValueError("two columns have one name")
    for column in schema:
        if not _is_plain(column.type):
            raise ValueError(f"column {column.name} holds {column.type}"[:200])


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow.types as types

    return types.is_string(kind) or types.is_large_string(kind)


def _is_plain(kind: pa.DataType) -> bool:
    import pyarrow.types as types

    return _is_text(kind) or types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind) or types.is_null(kind)


def _text_bytes(column: pa.ChunkedArray) -> int:
    """Bytes of text that a column holds, each entry counted as often as it occurs."""
    import pyarrow.compute as pc

    lengths = (pc.take(pc.binary_length(chunk.dictionary), chunk.indices) for chunk in column.chunks)
    return sum(pc.sum(found).as_py() or 0 for found in lengths)
