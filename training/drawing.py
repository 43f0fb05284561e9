"""Figures to files, whatever script the names in them are written in."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..generator.base.fonts import fonts_for, written
from ..generator.base.shown import shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LONGEST = 48
"""Characters of a name whose own could not be drawn."""

LONGEST_NAME = 72
"""Characters of a name in any figure."""

NAME_PER_INCH, LINE_PER_INCH = 6, 11
"""Characters of names at axes and of lines that are not wrapped, for each inch of the figure's width: longer ones would leave no
room for what is drawn."""


def save(figure: Figure, path: Path, dpi: float = 100) -> None:
    """Write a figure as a PNG. What no font of this machine can draw is `written` in other characters."""
    with fitted(figure, written, written_name):
        figure.savefig(path, format="png", dpi=dpi)


@contextmanager
def fitted(figure: Figure, how: Callable[[str], str], how_named: Callable[[str], str]) -> Iterator[None]:
    """Inside, the figure's text is what `how` makes of it, and names at axes what `how_named` does; $ is no mathematics.

    It is drawn by as many fonts as it takes, and nothing is said of characters that none has.
    """
    import matplotlib
    from matplotlib.text import Text
    from matplotlib.ticker import FuncFormatter

    width = figure.get_figwidth()
    longest_name, longest_line = round(NAME_PER_INCH * width), round(LINE_PER_INCH * width)
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        named = axis.get_major_formatter()
        if isinstance(named, FuncFormatter):  # what set_xticks makes of a list of names
            named.func = _through(named.func, lambda name: narrowed(how_named(name), longest_name))
    texts = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    for text in texts:
        lines = how(text.get_text()).split("\n")
        text.set_text("\n".join(line if text.get_wrap() else narrowed(line, longest_line) for line in lines))
    families = [family for family, _ in fonts_for("".join(text.get_text() for text in texts))]
    for text in texts:
        text.set_fontfamily(families)
        text.set_parse_math(False)
    with matplotlib.rc_context({"font.family": families, "text.parse_math": False}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        warnings.filterwarnings("ignore", message="constrained_layout not applied")  # names of nothing but broad letters
        yield


def _through(names: Callable[..., str], how: Callable[[str], str]) -> Callable[..., str]:
    return lambda *place: how(names(*place))


def written_name(name: str) -> str:
    """A name as `written`; the middle of one that grew too long by it goes."""
    done = written(name)
    return narrowed(done, LONGEST_NAME if done == name else LONGEST)


def narrowed(text: str, most: int) -> str:
    """`text`, without its middle where it has more than `most` characters."""
    return text if len(text) <= most else f"{text[: most // 2 - 1]}…{text[len(text) - most // 2 :]}"


def as_it_is(text: str) -> str:
    """For what a reader's own fonts draw: nothing but control characters changed."""
    return "\n".join(map(shown, text.split("\n")))
