"""The stack of filters of the Log, and the line that another one is typed into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from mctop.api.models.log_filter import BadFilter, LogFilter, parse_filter
from mctop.store.log.filters import MOST, Sieve
from mctop.ui.widgets.text_lines import FittedLine
from mctop.ui.words.runs import Run, longest

if TYPE_CHECKING:
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class FilterStack:
    """Filters, the newest last; `draft` is being typed. With `highlights` they hide nothing."""

    filters: tuple[LogFilter, ...] = ()
    draft: LogFilter | None = None
    with_own: bool = False
    highlights: bool = False

    @property
    def full(self) -> bool:
        """Whether there is no room for another filter."""
        return len(self.filters) == MOST

    @property
    def sieve(self) -> Sieve:
        """The filters, with the one that is being typed."""
        drafts = (self.draft,) if self.draft else ()
        return Sieve((*self.filters, *drafts), self.with_own)

    @property
    def needed(self) -> tuple[LogFilter, ...]:
        """The filters that lines must pass to be shown at all, but for the one that is being typed."""
        return () if self.highlights else self.filters

    def with_draft(self) -> FilterStack:
        """With the draft among the filters."""
        return self if self.draft is None else replace(self, filters=(*self.filters, self.draft), draft=None)

    def without_last(self) -> FilterStack:
        """With one filter less."""
        return replace(self, filters=self.filters[:-1])


HINTS = (
    "enter keeps · esc drops · text of a key, or cmd:get status:miss server:mc1 size>1k",
    "enter keeps · esc drops · cmd:get status:miss server:mc1 size>1k",
    "text of a key, or cmd:get status:miss server:mc1 size>1k",
    "cmd:get status:miss server:mc1 size>1k",
    "cmd: status: server: size>",
)
"""What may be typed, longest first."""
LONGEST = 250
"""Characters of a filter: as many as a key has."""


class Prompt(Widget):
    """Asks for a filter. Hidden until it is opened."""

    DEFAULT_CSS = """
    Prompt { layout: horizontal; height: 1; background: $panel; }
    Prompt > Input, Prompt > Input:focus { width: 2fr; height: 1; border: none; padding: 0; background: $panel; }
    Prompt > .sign { width: 2; }
    Prompt > .hint { width: 3fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "Drop", show=False, id="log.drop"),
        Binding("up,down", "drop", "Drop", show=False, id="log.leave"),
    ]

    @dataclass
    class Typed(Message):
        """A filter as far as it is typed, None while it is none yet."""

        draft: LogFilter | None

    @dataclass
    class Closed(Message):
        """Typing is over; what was typed is `accepted` or dropped."""

        accepted: bool

    def __init__(self) -> None:
        super().__init__()
        self._excludes = False
        self._sign, self._hint = FittedLine(classes="sign"), FittedLine(classes="hint")
        self._input = Input(max_length=LONGEST, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """The sign, what is typed, and what may be."""
        yield self._sign
        yield self._input
        yield self._hint

    def open(self, *, excludes: bool) -> None:
        """Ask for a filter that shows, or one that hides."""
        self._excludes = excludes
        self._sign.saying = lambda width: (Run("!" if excludes else "/", "accent"),)
        self._input.value = ""
        self._say(HINTS, "muted")
        self.display = True
        self._input.focus()

    def action_drop(self) -> None:
        """Close, and forget what was typed."""
        self._close(accepted=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Try what is typed so far."""
        event.stop()
        if not self.display:
            return
        draft = self._read(event.value)
        self.post_message(self.Typed(draft))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed; of nothing, there is nothing to keep."""
        event.stop()
        if self._read(event.value) is not None or not event.value.strip():
            self._close(accepted=bool(event.value.strip()))

    def _close(self, *, accepted: bool) -> None:
        self.display = False
        self.post_message(self.Closed(accepted))

    def _read(self, text: str) -> LogFilter | None:
        try:
            draft = parse_filter(text, excludes=self._excludes)
        except BadFilter as failure:
            empty = not text.strip()
            self._say(HINTS if empty else (str(failure),), "muted" if empty else "fair")
            return None
        self._say(HINTS, "muted")
        return draft

    def _say(self, texts: tuple[str, ...], tone: str) -> None:
        self._hint.saying = lambda width: (Run(f"  {longest(width - 2, texts) or texts[-1][: width - 2]}", tone),)
