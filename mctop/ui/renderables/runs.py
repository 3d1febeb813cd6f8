"""Runs: one line of the screen as pieces of text, each with the name of its style."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size


class Run(NamedTuple):
    """Text in one style; the name is resolved by the widget that draws it, and the empty name is the plain style."""

    text: str
    style: str = ""


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The same line in as few runs as possible: every run costs about 40 bytes on the way to the terminal."""
    whole: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if whole and whole[-1].style == run.style:
            whole[-1] = Run(whole[-1].text + run.text, run.style)
        else:
            whole.append(run)
    return tuple(whole)


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """Clean text at exactly `width` columns: padded on the other side, or cut with an ellipsis."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…" if width > 1 else "…"[:width]
    return " " * (width - length) + text if right else text + " " * (width - length)
