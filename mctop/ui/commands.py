"""Every command once: its keys, name and purpose become bindings, footer, palette and help."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from textual.binding import Binding


class Where(Enum):
    """Where a command works, as the help says it."""

    APP = "Everywhere"
    VIEW = "In a view"
    PANELS = "Between panels"
    TABLE = "In a table"


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does. `keys` are Textual's names, comma-separated; `shown` is how a person reads them.

    Commands with `footer` are named in the footer, those with `palette` can be found by name.
    """

    id: str
    keys: str
    shown: str
    action: str
    name: str
    purpose: str
    where: Where
    footer: bool = False
    palette: bool = False
    priority: bool = False

    @property
    def key(self) -> str:
        """The first of its keys."""
        return self.keys.partition(",")[0]

    def binding(self) -> Binding:
        """The command as a binding that can be remapped by its id."""
        return Binding(self.keys, self.action, self.name, show=False, id=self.id, priority=self.priority)


APP, VIEW, PANELS, TABLE = Where.APP, Where.VIEW, Where.PANELS, Where.TABLE

COMMANDS = (
    Command("freeze", "space", "space", "freeze", "freeze", "Hold the picture still, or catch up; collection goes on",
            VIEW, footer=True, palette=True),
    Command("poll", "r", "r", "poll", "now", "Ask the API for everything on screen, now", APP,
            footer=True, palette=True),
    Command("full", "f", "f", "full", "full screen", "Give a panel the whole screen, or take it back", PANELS,
            footer=True, palette=True),
    Command("next-panel", "tab,down,j", "tab ↓ j", "go(1)", "panels", "Go to the next panel", PANELS, footer=True),
    Command("previous-panel", "shift+tab,up,k", "⇧tab ↑ k", "go(-1)", "back a panel", "Go to the panel before", PANELS),
    Command("next-page", "pagedown,right,l", "PgDn → l", "turn(1)", "next page", "See what has no room on this page",
            PANELS, palette=True),
    Command("previous-page", "pageup,left,h", "PgUp ← h", "turn(-1)", "previous page", "Go back a page", PANELS,
            palette=True),
    Command("back", "escape", "esc", "back", "back", "Leave full screen, then the panel", PANELS),
    Command("help", "question_mark", "?", "help", "help", "List what works here", APP, footer=True, palette=True),
    Command("palette", "colon,ctrl+p", ": ctrl+p", "command_palette", "commands", "Find a command or a theme by name",
            APP, footer=True),
    Command("redraw", "ctrl+l", "ctrl+l", "redraw", "redraw", "Draw everything anew, if something wrote on the screen",
            APP, palette=True),
    Command("leave", "q", "q", "leave", "quit", "Go back; from the view, quit", VIEW, footer=True),
    Command("quit", "ctrl+c", "ctrl+c", "quit", "quit", "Quit at once", APP, palette=True, priority=True),
)  # fmt: skip
"""The commands of the app and its views, in the order of the footer."""

TABLE_COMMANDS = (
    Command("grid.down", "down,j", "↓ j", "move(1)", "down", "Next row", TABLE),
    Command("grid.up", "up,k", "↑ k", "move(-1)", "up", "Row before", TABLE),
    Command("grid.page-down", "pagedown", "PgDn", "move_page(1)", "page down", "A screenful down", TABLE),
    Command("grid.page-up", "pageup", "PgUp", "move_page(-1)", "page up", "A screenful up", TABLE),
    Command("grid.top", "g,home", "g", "go_top", "top", "First row", TABLE),
    Command("grid.bottom", "G,end", "G", "go_bottom", "bottom", "Last row", TABLE),
)  # fmt: skip
"""What tables bind themselves, for the help."""


def bindings(where: Where) -> list[Binding]:
    """The bindings of all commands that work in one place."""
    return [command.binding() for command in COMMANDS if command.where is where]
