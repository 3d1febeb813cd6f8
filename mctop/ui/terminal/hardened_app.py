"""The app that survives its data, its signals and its own end, and NO_COLOR on the terminal's own colours."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.app import ScreenError, SystemCommand
from textual.css.query import QueryError
from textual.dom import DOMError
from textual.filter import LineFilter
from textual.widget import WidgetError

from mctop.api.redaction import Redactor
from mctop.ui.terminal.crash_report import Farewell, underlying
from mctop.ui.terminal.drawing.abilities import UNDECIDED, USUAL, Colours
from mctop.ui.terminal.drawing.probe import signs_by
from mctop.ui.terminal.driver import HardenedDriver
from mctop.ui.terminal.frame_filter import FrameFilter
from mctop.ui.terminal.shutdown import PATIENCE, Deadline, failures_of_threads, on_loop_failure, signals_as_codes
from mctop.ui.terminal.textual_private import NoActiveAppError, OpenApp
from mctop.ui.words.signs import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType
    from textual.app import App
    from textual.color import Color
    from textual.screen import Screen

    from mctop.ui.terminal.drawing.abilities import Abilities, Wishes


class Plain(LineFilter):
    """Takes every colour away; what stood on a background of its own is shown in reverse.

    Textual's own filter makes greys, which are black on black in the terminal's own colours.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colours."""
        return [Segment(text, style and _plain(style), control) for text, style, control in segments]


@lru_cache(1024)
def _plain(style: Style) -> Style:
    raised = style.bgcolor is not None and not style.bgcolor.is_default
    return Style(
        bold=style.bold, italic=style.italic, underline=style.underline, strike=style.strike,
        reverse=raised or style.reverse, meta=style.meta or None,
    )  # fmt: skip


PLAIN = Plain()


TORN_DOWN = (ScreenError, DOMError, WidgetError, QueryError, NoActiveAppError)
"""What Textual raises where a part of the screen is not there: not yet, or no more."""
_HUNG_UP = 129
_CRASHED = 1


def keys_on(app: App[object], keys: str) -> str:
    """The names of keys as the terminal of an app can show them."""
    return spelled(keys, app.abilities.signs) if isinstance(app, HardenedApp) else keys


class HardenedApp(OpenApp):
    """A Textual app whose frames carry no control characters and whose end, however it comes, restores the terminal.

    Start it with `run_hardened`; end it with `exit`, or with `leave` to say something.
    """

    def __init__(
        self,
        redactor: Redactor | None = None,
        abilities: Abilities = USUAL,
        wishes: Wishes = UNDECIDED,
        *,
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(driver_class=HardenedDriver)
        self.render_all_colours()
        self.no_color = self.no_color or abilities.colours is Colours.NONE
        self._lean = wishes.lean is True
        self._abilities = abilities
        self._wishes = wishes
        self.redactor = redactor or Redactor()
        self.frame_filter = FrameFilter()
        self._ended: int | None = None
        self._cut_short = False
        self._farewell = Farewell(self.redactor)
        self._deadline = Deadline(self._give_terminal_back, patience)
        self._events: asyncio.AbstractEventLoop | None = None

    def run_hardened(self, *, mouse: bool = True) -> int:
        """Run until the end and return the exit code: 0 quit, 1 crash, 128+n signal, or what `leave` was told."""
        self._deadline.start()
        with signals_as_codes(self._signalled), failures_of_threads(self._thread_failed):
            try:
                self.run(mouse=mouse)
                error = self.failure
            except Exception as raised:  # noqa: BLE001 - the last line of defence: it is reported, and it is the end
                error = None if self.expects(raised) else raised
            if error is not None:
                self._ended = self._ended or _CRASHED
                self._farewell.report(error)
            self._farewell.say()
            self._deadline.finished()
        return self._ended or 0

    def on_load(self) -> None:
        """Once the event loop runs: whatever goes wrong on it outside the app's own tasks ends the app too."""
        self._events = asyncio.get_running_loop()
        on_loop_failure(self._events, self.fail)

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End in an orderly way; the first exit code and message that are given count."""
        if self._ended is None:
            self._ended = return_code
            if message is not None:
                self._farewell.words = str(message)
        self._deadline.begin(self._ended)
        super().exit(result, return_code)

    def leave(self, code: int, message: str = "") -> None:
        """End with an exit code, and say why on standard error once the terminal is restored."""
        self.exit(code, code, message or None)

    def expects(self, error: Exception) -> bool:
        """Whether an exception comes of the end: nothing that was being built can be, and what was there goes away."""
        return self._cut_short or (self._ended is not None and isinstance(underlying(error), TORN_DOWN))

    def terminal_gone(self) -> None:
        """The connection is lost: end as a hang-up does."""
        self._cut_short = True
        self._end_at_once(_HUNG_UP)

    def failing(self) -> None:
        """An exception that nobody handled: report it at once, because closing all the rest may hang."""
        if self.failure is not None and isinstance(self.driver, HardenedDriver):
            self._farewell.report(self.failure)
        self._end_at_once(_CRASHED)

    def action_redraw(self) -> None:
        """Draw everything anew: something else may have written on the terminal."""
        if isinstance(self.driver, HardenedDriver):
            self.driver.repaint()

    def frame(self, *, begins: bool) -> None:
        """Gather what is written between the beginning and the end of a frame, and send it as one."""
        if isinstance(self.driver, HardenedDriver):
            if begins:
                self.driver.begin_frame()
            else:
                self.driver.end_frame(sync=self.syncs)

    @property
    def abilities(self) -> Abilities:
        """What the terminal can draw, as far as is known by now."""
        return self._abilities

    @property
    def lean(self) -> bool:
        """Whether as little as possible is sent to the terminal."""
        return self._lean

    @property
    def in_question(self) -> bool:
        """Whether the terminal's answers decide how it is drawn."""
        return self._wishes.signs is None or self._wishes.lean is None

    @property
    def has_themes(self) -> bool:
        """Whether there are colours enough to tell the themes apart."""
        return not self.no_color and self._abilities.colours > Colours.SIXTEEN

    def signs_drawn(self, cells: int) -> None:
        """Take other signs where the terminal does not draw these as they are meant."""
        signs = self._abilities.signs if self._wishes.signs else signs_by(cells, self._abilities.signs)
        if signs is not self._abilities.signs:
            self._abilities = self._abilities._replace(signs=signs)
            self._draw()

    def terminal_slow(self, seconds: float) -> None:
        """Send less from now on, and say so, unless the user has decided that."""
        if self._wishes.lean is None and not self._lean:
            self._lean = True
            self._draw()
            words = f"the terminal answers in {seconds:.2f} s: less is sent to it \u00b7 --no-lean prevents that"
            self.notify(words, markup=False, timeout=10)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of Textual, and behind them the one that lets no control character out."""
        filters = [PLAIN] if self.no_color else super().get_line_filters()
        return [*filters, self.frame_filter]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The theme, and nothing else: a screenshot would write down whatever secret is visible."""
        yield SystemCommand("Theme", "Change the current theme", self.action_change_theme)

    def _draw(self) -> None:
        """Have the driver draw as the terminal can."""
        if isinstance(self.driver, HardenedDriver):
            self.driver.draw(self._abilities, lean=self._lean)

    def _signalled(self, code: int) -> None:
        """In a signal handler: end, soon if the event loop is alive, at the deadline if not."""
        self._cut_short = True
        if self._events is None:
            raise SystemExit(code)
        self._deadline.begin(code)
        with suppress(RuntimeError):  # the loop has closed: this is the end already
            self._events.call_soon_threadsafe(self._end_at_once, code)

    def _end_at_once(self, code: int) -> None:
        """Give the terminal back now, before anything that may take its time."""
        self._deadline.begin(code)
        self._give_terminal_back()
        self.exit(code, code)

    def _give_terminal_back(self) -> None:
        """Restore the terminal, if it was taken, and say on it what is to be said."""
        if self.driver is not None:
            self.driver.stop_application_mode()
            self._farewell.say()

    def _thread_failed(self, error: Exception) -> None:
        """In another thread: end because of its exception."""
        if self._events is not None:
            self._events.call_soon_threadsafe(self.fail, error)
