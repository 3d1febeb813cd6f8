"""The dialog that asks what a credential shall be allowed to do: three switches, each before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var

from mctop.ui.modals.credentials.text import CAPABILITIES, NAMED, before_after
from mctop.ui.modals.dialog import Dialog
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.runs import Run
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size

    from mctop.api.models.cache import Capabilities, Credential
    from mctop.store.store import Store

    Line = tuple[Run, ...]

WIDE = 62
"""Columns of a switch, with the meaning of what it switches beneath."""
UNCHANGED = "nothing is changed: there is nothing to send"
CHANGED = "the credential was changed meanwhile: look at it again"


class Switches(Lines, can_focus=True):
    """One switch a capability; `after` is what they say, `index` the one with the keys."""

    DEFAULT_CSS = """
    Switches { width: auto; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,tab", "move(1)", "Next", show=False, id="switches.down"),
        Binding("up,k,shift+tab", "move(-1)", "Before", show=False, id="switches.up"),
        Binding("space", "switch", "Switch", show=False, id="switches.switch"),
        Binding("enter", "give", "Go on", show=False, id="switches.give"),
    ]

    index: var[int] = var(0)
    after: var[Capabilities | None] = var(None)
    remark: var[str] = var("")

    @dataclass
    class Given(Message):
        """They are as they shall be."""

        after: Capabilities

    def __init__(self, before: Credential) -> None:
        super().__init__()
        self._before = before
        self.set_reactive(Switches.after, as_capabilities(before))

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The switches, and a remark."""
        assert self.after is not None
        return (*switch_lines(self._before, self.after, self.index), (), (Run(self.remark, "fair"),))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as anything it says."""
        return WIDE

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Two lines a switch, and a remark."""
        return 2 * len(CAPABILITIES) + 2

    def watch_index(self) -> None:
        """Show which one has the keys."""
        self.redraw()

    def watch_after(self) -> None:
        """Show what they say."""
        self.redraw()

    def watch_remark(self) -> None:
        """Say something else."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Go to the switch under the pointer; the keys switch it."""
        self.index = min(event.y // 2, len(CAPABILITIES) - 1)

    def action_move(self, step: int) -> None:
        """Go to the next switch, or the one before."""
        self.remark, self.index = "", (self.index + step) % len(CAPABILITIES)

    def action_switch(self) -> None:
        """Switch it."""
        assert self.after is not None
        field = CAPABILITIES[self.index][0]
        self.remark = ""
        self.after = self.after.model_copy(update={field: not getattr(self.after, field)})

    def action_give(self) -> None:
        """Go on with them, if anything is changed."""
        assert self.after is not None
        if self.after == as_capabilities(self._before):
            self.remark = UNCHANGED
        else:
            self.post_message(self.Given(self.after))


class CapabilitiesDialog(Dialog["Capabilities"]):
    """Answers all three capabilities, at least one of them changed; it closes when the credential changes."""

    AUTO_FOCUS = "Switches"
    HINT = "space switches · ⏎ goes on · esc closes"

    def __init__(self, before: Credential, store: Store) -> None:
        super().__init__(f"What {clean(before.sasl_username, NAMED)} may do")
        self._before = before
        self._store = store
        self._leave: Callable[[], None] = lambda: None

    def compose_body(self) -> ComposeResult:
        """The switches."""
        yield Switches(self._before)

    def on_mount(self) -> None:
        """Close when what was seen is no longer so."""
        self._leave = self._store.credentials.value.follow(self._compare)

    def on_unmount(self) -> None:
        """Follow nothing."""
        self._leave()

    def on_switches_given(self, message: Switches.Given) -> None:
        """Answer."""
        self.dismiss(message.after)

    def _compare(self, credentials: tuple[Credential, ...] | None) -> None:
        if self._before not in (credentials or ()) and self.is_current:
            self.notify(CHANGED, severity="warning", markup=False)
            self.dismiss(None)


def as_capabilities(credential: Capabilities) -> Capabilities:
    """What a credential may do, and nothing else of it."""
    from mctop.api.models.cache import Capabilities

    return Capabilities(
        write_capability=credential.write_capability,
        flush_capability=credential.flush_capability,
        api_capability=credential.api_capability,
    )


def switch_lines(before: Credential, after: Capabilities, index: int) -> tuple[Line, ...]:
    """Two lines a switch: what it is and becomes, and what it means to be without; `index` has the keys."""
    lines: list[Line] = []
    for number, (field, name, why) in enumerate(CAPABILITIES):
        mark = Run("▸ " if number == index else "  ", "accent")
        lines += [(mark, *before_after(field, name, before, after)), (Run(f"        {why}", "muted"),)]
    return tuple(lines)
