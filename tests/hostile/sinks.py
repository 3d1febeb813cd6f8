"""An app that shows one hostile text in every kind of widget: `python -m tests.hostile.sinks raw|clean`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import (
    Button,
    Checkbox,
    Collapsible,
    DataTable,
    Footer,
    Header,
    Input,
    Label,
    Log,
    OptionList,
    RichLog,
    Select,
    SelectionList,
    Static,
    Tab,
    Tabs,
    TextArea,
    Tree,
)
from textual.widgets.option_list import Option

from mctop.ui.terminal import HardenedApp
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

CODES = [*range(0x20), *range(0x7F, 0xA0)]
"""C0, DEL and C1: the 65 control codes."""
HOSTILE = "".join(f"{chr(code)}x" for code in CODES) + "\u202e\u2066\ud800" + "\x1b]0;PWNED\x07\x1b[21t"


def _bordered(text: str) -> Widget:
    panel = Vertical(Static("inside"))
    panel.border_title, panel.border_subtitle = Text(text), Text(text)
    panel.styles.border = ("solid", "white")
    panel.tooltip = Content(text)
    return panel


def _table(text: str) -> Widget:
    table: DataTable[Text] = DataTable(show_row_labels=True)
    table.add_column(Text(text))
    table.add_row(Text(text), label=Text(text))
    return table


def _tree(text: str) -> Widget:
    tree: Tree[None] = Tree(Text(text))
    tree.root.expand().add_leaf(Text(text))
    return tree


def _rich_log(text: str) -> Widget:
    log = RichLog(min_width=200)
    log.write(Text(text))
    return log


SINKS: tuple[Callable[[str], Widget], ...] = (
    lambda text: Static(text, markup=False),
    lambda text: Static(Content(text)),
    lambda text: Static(Text(text)),
    lambda text: Label(text, markup=False),
    lambda text: Button(Content(text)),
    lambda text: Checkbox(Content(text)),
    lambda text: Collapsible(Static(text, markup=False), title=clean(text), collapsed=False),
    lambda text: Input(value=text, placeholder=text),
    lambda text: Log().write_line(text),
    lambda text: OptionList(Option(Content(text)), Content(text)),
    lambda text: Select([(Text(text), 1)], value=1),
    lambda text: SelectionList((Content(text), 1)),
    lambda text: Tabs(Tab(Content(text))),
    lambda text: TextArea(text),
    lambda _: Header(),
    lambda _: Footer(),
    _bordered,
    _table,
    _tree,
    _rich_log,
)


class Sinks(HardenedApp):
    """Shows one sink after another, toasts as it goes, and leaves with the number of hits of the frame filter."""

    CSS: ClassVar[str] = "Screen > * { height: 1fr; }"

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.left = list(SINKS)
        self.title = self.sub_title = text

    def compose(self) -> ComposeResult:
        """Nothing yet."""
        yield Static("ready", id="sink")

    def on_mount(self) -> None:
        """Begin."""
        self.bind("x", "nothing", description=self.text)
        self.notify(self.text, title=self.text, markup=False, timeout=60)
        self.call_after_refresh(self.show_next)

    async def show_next(self) -> None:
        """Replace the sink by the next one, once this one was painted."""
        if not self.left:
            self.leave(0, f"hits={self.frame_filter.hits} {self.text}")
            return
        await self.query("Screen > *").exclude("Toast, ToastRack, Tooltip").remove()
        await self.mount(self.left.pop(0)(self.text))
        self.set_timer(0.08, self.show_next)


if __name__ == "__main__":
    raise SystemExit(Sinks(clean(HOSTILE, 4000) if sys.argv[1] == "clean" else HOSTILE).run_hardened())
