"""The base of the screens about prefixes: follows what there is, shows together what comes together, and acts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from mctop.store.intents import UnwatchPrefix, WatchPrefix
from mctop.store.seriesset import Wanted
from mctop.ui.commands import Where, bindings
from mctop.ui.explain import explain
from mctop.ui.proposing import propose
from mctop.ui.screens.framed import FramedScreen
from mctop.ui.screens.prefixes.picture import PrefixesPicture
from mctop.ui.screens.prefixes.words import UNWATCHING, WATCHING
from mctop.ui.standing import failing

if TYPE_CHECKING:
    from textual.binding import BindingType

    from mctop.api.models.introspection import Prefix
    from mctop.store.clock import Clock
    from mctop.store.health import Health
    from mctop.store.store import Store
    from mctop.store.topic import Topic
    from mctop.ui.options import UiOptions
    from mctop.ui.wayfinder import Wayfinder
    from mctop.ui.widgets.slicepanel import SlicePanel


class PrefixesFollowing(FramedScreen):
    """A subclass says which `slice_panels` it has and which slices it `looks_at`, and shows the picture."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PREFIX)]
    slice_panels: tuple[SlicePanel, ...] = ()

    def __init__(self, store: Store, clock: Clock, options: UiOptions, page: str = "") -> None:
        super().__init__(store, clock, options, page)
        self.picture = PrefixesPicture()
        self._changed: set[str] = set()

    @property
    def looks_at(self) -> tuple[Topic[Health], ...]:
        """The slices whose failures are told."""
        store = self.store
        return (store.stats.health, store.prefixes.health, store.compound.health)

    def show_picture(self) -> None:
        """Show the picture; override."""
        raise NotImplementedError

    def follow_topics(self) -> None:
        """The watched prefixes, and all keys together to compare them with."""
        store = self.store
        self._changed.add("time")  # nothing is shown before all is known that is known already
        for one in (store.prefixes, store.compound):
            self.when_hidden(partial(one.wanted.set, Wanted()))
        self.follow(store.window, self._want)
        self.follow(store.window, partial(self.see, "time"))
        self.follow(store.prefixes.value, partial(self.see, "watched"))
        self.follow(store.compound.value, partial(self.see, "compound"))
        self.follow(store.marks, partial(self.see, "marks"))
        self.follow_more()
        self._show()

    def follow_more(self) -> None:
        """Follow what else the screen shows; override."""

    def judge(self, now: float) -> None:
        """Say how honest each panel is, and what to do about what fails."""
        for panel in self.slice_panels:
            panel.judge(now)
        failure = failing((one.value for one in self.looks_at), now)
        self.keys.problem = explain(failure) if failure else None

    def see(self, field: str, value: object) -> None:
        """Put a new value into the picture, and show it once all that came together has come."""
        self.picture = replace(self.picture, **{field: value})  # type: ignore[arg-type]  # the topics' own types
        if not self._changed:
            self.call_later(self._show)
        self._changed.add(field)

    def ask_to_watch(self, name: str) -> None:
        """Watch a prefix, once that is confirmed."""
        propose(cast("Wayfinder", self.app), WatchPrefix(name), WATCHING)

    def ask_to_unwatch(self, prefix: Prefix) -> None:
        """Stop watching a prefix, once that is confirmed."""
        propose(cast("Wayfinder", self.app), UnwatchPrefix(prefix), UNWATCHING)

    def _want(self, changed: object) -> None:
        window = self.store.window.value
        for one in (self.store.prefixes, self.store.compound):
            one.wanted.set(Wanted(seconds=window.seconds, end=window.end))

    def _show(self) -> None:
        changed, self._changed = self._changed, set()
        if changed:
            self.show_picture()
            self.judge_all()
