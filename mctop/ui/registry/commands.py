"""Every command once: its keys, name and purpose become bindings, footer, palette and help."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from textual.binding import Binding
from textual.keys import format_key, key_to_character

from mctop.ui.registry.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.screen import Screen


class Where(Enum):
    """Where a command works, as the help says it."""

    APP = "Everywhere"
    VIEWS = "Views"
    VIEW = "In every view"
    TIME = "Through time"
    PANELS = "Between panels"
    TABLE = "In this table"
    ROWS = "From row to row"
    CHARTS = "In the Charts"
    PICKER = "In the list of series"
    KEYS = "In the Keys"
    PREFIXES = "In the Prefixes"
    PREFIX = "About a prefix"
    LOG = "In the Log"
    CACHES = "In the Caches"
    TAIL = "In the lines of the Log"
    LIST = "In this list"
    CREDENTIALS = "In the credentials"
    ALERTS = "In the alerts"
    FORM = "In a form"
    CHOICE = "In a choice"
    LEVEL = "In a threshold"


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does. `keys` are Textual's names, comma-separated; `shown` is how a person reads them.

    Commands with `footer` are named in the footer, those with `palette` can be found by name; what `changes` the
    cache is greyed where nothing may.
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
    changes: bool = False

    @property
    def key(self) -> str:
        """The first of its keys."""
        return self.keys.partition(",")[0]

    def binding(self) -> Binding:
        """The command as a binding that can be remapped by its id."""
        return Binding(self.keys, self.action, self.name, show=False, id=self.id, priority=self.priority)


APP, VIEW, TIME, PANELS, TABLE = Where.APP, Where.VIEW, Where.TIME, Where.PANELS, Where.TABLE

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
    Command("back", "escape", "esc", "back", "back", "Leave full screen, the panel, the page, then the view", PANELS),
    Command("zoom-in", "plus,equals_sign", "+", "zoom(-1)", "zoom in", "Show a shorter stretch of time", TIME,
            palette=True),
    Command("zoom-out", "minus", "−", "zoom(1)", "zoom out", "Show a longer stretch of time", TIME, palette=True),
    Command("earlier", "left_square_bracket", "[", "read(-1)", "earlier", "Read the bucket before", TIME),
    Command("later", "right_square_bracket", "]", "read(1)", "later", "Read the next bucket", TIME),
    Command("much-earlier", "left_curly_bracket", "{", "read(-15)", "much earlier", "Read 15 buckets before", TIME),
    Command("much-later", "right_curly_bracket", "}", "read(15)", "much later", "Read 15 buckets later", TIME),
    Command("live", "grave_accent", "`", "live", "live", "Show the present again", TIME, palette=True),
    Command("range", "t", "t", "range", "range", "Choose how much time is shown", TIME, footer=True, palette=True),
    Command("goto", "T", "T", "goto", "go to a time", "Read a moment that is typed: 03:10, 2h ago", TIME, palette=True),
    Command("mark", "m", "m", "mark", "mark", "Mark the moment that is read", TIME, palette=True),
    Command("note", "M", "M", "note", "mark with a note", "Mark the moment that is read, with a note", TIME,
            palette=True),
    Command("look-up", "K", "K", "look_up", "look up", "Look up a key, exactly as it is typed", APP, palette=True),
    Command("switch", "c", "c", "switch", "switch cache", "Open another cache in the same view", APP, footer=True,
            palette=True),
    Command("flush", "F", "F", "flush", "flush", "Flush the cache; what is lost is told before", APP, footer=True,
            palette=True, changes=True),
    Command("help", "question_mark", "?", "help", "help", "List what works here", APP, footer=True, palette=True),
    Command("palette", "colon,ctrl+p", ": ctrl+p", "command_palette", "commands", "Find a command or a theme by name",
            APP, footer=True),
    Command("credentials", "C", "C", "credentials", "credentials", "List, create, change and delete credentials", APP,
            footer=True, palette=True),
    Command("alerts", "A", "A", "alerts", "alerts", "List, create, change and delete alerts, and where they go", APP,
            footer=True, palette=True),
    Command("actions", "a", "a", "actions", "actions", "Reset stats, switch cluster, rotate SSO, enable", APP,
            footer=True, palette=True, changes=True),
    Command("export", "e", "e", "export('csv')", "export", "Write what the panel shows to a CSV file", VIEW,
            footer=True, palette=True),
    Command("export-json", "E", "E", "export('json')", "export as JSON", "Write what the panel shows to a JSON file",
            VIEW, palette=True),
    Command("redraw", "ctrl+l", "ctrl+l", "redraw", "redraw", "Draw everything anew, if something wrote on the screen",
            APP, palette=True),
    Command("leave", "q", "q", "leave", "quit", "Go back; from the view, quit", VIEW, footer=True),
    *(Command(f"view.{v.name.lower()}", v.key, v.key, f"view('{v.name}')", v.name, v.shows, Where.VIEWS, palette=True)
      for v in VIEWS),
    Command("quit", "ctrl+c", "ctrl+c", "quit", "quit", "Quit at once", APP, palette=True, priority=True),
)  # fmt: skip
"""The commands of the app and its views, in the order of the footer."""

ROWS_COMMANDS = (
    Command("grid.down", "down,j", "↓ j", "move(1)", "down", "Next row", Where.ROWS),
    Command("grid.up", "up,k", "↑ k", "move(-1)", "up", "Row before", Where.ROWS),
    Command("grid.page-down", "pagedown", "PgDn", "move_page(1)", "page down", "A screenful down", Where.ROWS),
    Command("grid.page-up", "pageup", "PgUp", "move_page(-1)", "page up", "A screenful up", Where.ROWS),
    Command("grid.top", "g,home", "g", "go_top", "top", "First row", Where.ROWS),
    Command("grid.bottom", "G,end", "G", "go_bottom", "bottom", "Last row", Where.ROWS),
)  # fmt: skip
"""What everything binds that lists rows."""

TABLE_COMMANDS = (
    Command("grid.select", "enter", "⏎", "select", "open", "Open what the row is about", TABLE, footer=True),
    Command("grid.filter", "slash", "/", "filter", "filter", "Show only rows that have every word that is typed", TABLE,
            footer=True),
    Command("grid.unfilter", "escape", "esc", "unfilter", "all rows", "Show all rows again", TABLE, footer=True),
    Command("grid.next", "n", "n", "find(1)", "next", "Next row with what was typed", TABLE),
    Command("grid.previous", "N", "N", "find(-1)", "previous", "Row before with what was typed", TABLE),
    Command("grid.sort", "s", "s", "sort", "sort", "Sort by the next column, at last as the rows come", TABLE,
            footer=True),
    Command("grid.reverse", "S", "S", "reverse", "reverse", "Turn the order round", TABLE),
    Command("grid.copy", "y", "y", "copy", "copy", "Copy the name; again the row, and again the table", TABLE,
            footer=True),
)  # fmt: skip
"""What tables bind themselves."""

CHART_COMMANDS = (
    Command("charts.pick", "p", "p", "pick", "series", "Go to the list of series, or leave it", Where.CHARTS,
            footer=True),
    Command("charts.split", "v", "v", "split", "servers", "Compare the servers, or go back to the cache", Where.CHARTS,
            footer=True),
    Command("charts.before", "o", "o", "before", "day before", "Draw the day before behind it, or the week before",
            Where.CHARTS, footer=True),
    Command("charts.glyphs", "d", "d", "glyphs", "drawing", "Draw in braille, in blocks or in ASCII", Where.CHARTS),
    Command("charts.switch", "space", "space", "switch", "switch", "Switch a series, a group, or what they are of",
            Where.PICKER, footer=True),
    Command("charts.only", "enter", "⏎", "select", "only", "Show it alone, or all that were on before",
            Where.PICKER, footer=True),
)  # fmt: skip
"""What the Charts bind themselves."""

KEYS_COMMANDS = (
    Command("keys.group", "p", "p", "group", "patterns", "List the patterns that keys have in common, or keys again",
            Where.KEYS, footer=True),
)  # fmt: skip
"""What the Keys bind themselves."""


LOG_COMMANDS = (
    Command("log.save", "e,E", "e", "save", "save", "Write what is shown to a file of JSON lines", Where.LOG,
            footer=True),
    Command("log.filter", "slash", "/", "filter(False)", "filter",
            "Show only lines whose key has a text; or cmd:get status:miss server:mc1 size>1k", Where.LOG, footer=True),
    Command("log.exclude", "exclamation_mark", "!", "filter(True)", "exclude", "Hide such lines", Where.LOG,
            footer=True),
    Command("log.unfilter", "backspace", "⌫", "unfilter", "unfilter", "Take the last filter away", Where.LOG,
            footer=True),
    Command("log.highlight", "asterisk", "*", "highlight", "highlight",
            "Highlight instead of hiding, with n and N from match to match; or hide again", Where.LOG, footer=True),
    Command("log.own", "o", "o", "own", "own lines", "Show the lines that mctop's polling causes, or hide them",
            Where.LOG, footer=True),
    Command("log.next", "n", "n", "match(1)", "next", "Next line that passes the filters", Where.LOG),
    Command("log.previous", "N", "N", "match(-1)", "previous", "The one before", Where.LOG),
    Command("tail.follow", "G,end", "G", "follow", "follow", "Follow the newest line", Where.TAIL, footer=True),
    Command("tail.open", "enter", "enter", "open", "key", "Open the page of the line's key", Where.TAIL, footer=True),
    Command("tail.copy", "y", "y", "copy", "copy", "Copy the key of the line; again the line", Where.TAIL, footer=True),
    Command("tail.down", "down,j", "↓ j", "move(1)", "down", "Next line", Where.TAIL),
    Command("tail.up", "up,k", "↑ k", "move(-1)", "up", "Line before; the newest is followed no longer", Where.TAIL),
    Command("tail.page-down", "pagedown", "PgDn", "move_page(1)", "page down", "A screenful down", Where.TAIL),
    Command("tail.page-up", "pageup", "PgUp", "move_page(-1)", "page up", "A screenful up", Where.TAIL),
    Command("tail.top", "g,home", "g", "top", "top", "Oldest line", Where.TAIL),
)  # fmt: skip
"""What the Log binds itself."""

PREFIX_COMMANDS = (
    Command("prefixes.watch", "w", "w", "watch", "watch",
            "Watch the popular prefix under the cursor, or else the most popular one", Where.PREFIXES, footer=True),
    Command("prefixes.unwatch", "u", "u", "unwatch", "unwatch", "Stop watching the prefix", Where.PREFIX,
            footer=True),
)  # fmt: skip
"""What the Prefixes and the page of a prefix bind themselves."""

CACHES_COMMANDS = (
    Command("caches.poll", "r", "r", "poll_all", "now", "Ask the API of every cache, now", Where.CACHES, footer=True),
)  # fmt: skip
"""What the Caches bind themselves."""

LIST_COMMANDS = (
    Command("list.poll", "r", "r", "app.poll", "now", "Ask the API for what is listed, now", Where.LIST, footer=True),
    Command("list.next", "tab", "tab", "next_table(1)", "next list", "Go to the next list", Where.LIST, footer=True),
    Command("list.previous", "shift+tab", "⇧tab", "next_table(-1)", "list before", "Go to the list before", Where.LIST),
    Command("list.help", "question_mark", "?", "app.help", "help", "List what works here", Where.LIST, footer=True),
)  # fmt: skip
"""What every modal with a list binds."""

CREDENTIALS_COMMANDS = (
    Command("credentials.create", "n", "n", "create", "new", "Create a credential", Where.CREDENTIALS, footer=True,
            changes=True),
    Command("credentials.edit", "e,enter", "e ⏎", "edit", "edit", "Change what the credential may do",
            Where.CREDENTIALS, footer=True, changes=True),
    Command("credentials.promote", "p", "p", "promote", "promote", "Make the credential the primary one",
            Where.CREDENTIALS, footer=True, changes=True),
    Command("credentials.delete", "d", "d", "delete", "delete", "Delete the credential", Where.CREDENTIALS,
            footer=True, changes=True),
    Command("credentials.reveal", "v", "v", "reveal", "reveal", "Show the password for 15 s, or hide it",
            Where.CREDENTIALS, footer=True),
    Command("credentials.copy", "y", "y", "copy", "copy", "Copy the username; again the password", Where.CREDENTIALS,
            footer=True),
)  # fmt: skip
"""What the credentials bind themselves."""

ALERTS_COMMANDS = (
    Command("alerts.new", "n", "n", "new", "new", "Create an alert", Where.ALERTS, footer=True, changes=True),
    Command("alerts.edit", "e,enter", "e ⏎", "edit", "edit", "Edit the alert, and test it on the last day",
            Where.ALERTS, footer=True, changes=True),
    Command("alerts.toggle", "space", "space", "switch_alert", "on/off", "Enable the alert, or disable it",
            Where.ALERTS, footer=True, changes=True),
    Command("alerts.delete", "d", "d", "delete", "delete", "Delete what is under the cursor", Where.ALERTS,
            footer=True, changes=True),
    Command("alerts.new-delivery", "N", "N", "new_delivery", "new delivery", "Say where else alerts can be delivered",
            Where.ALERTS, footer=True, changes=True),
    Command("form.next", "tab,down", "tab ↓", "field(1)", "next field", "Go to the next field", Where.FORM),
    Command("form.previous", "shift+tab,up", "⇧tab ↑", "field(-1)", "field before", "Go to the field before",
            Where.FORM),
    Command("form.submit", "enter", "⏎", "submit", "go on", "Go on to what would be sent", Where.FORM),
    Command("choice.next", "right,space", "→ space", "choose(1)", "next", "Take the next value", Where.CHOICE),
    Command("choice.previous", "left", "←", "choose(-1)", "before", "Take the value before", Where.CHOICE),
    Command("level.more", "plus,equals_sign", "+", "step(1)", "more", "One percentage point more", Where.LEVEL),
    Command("level.less", "minus", "−", "step(-1)", "less", "One percentage point less", Where.LEVEL),
)  # fmt: skip
"""What the alerts and their forms bind."""

ALL = (
    *COMMANDS, *CACHES_COMMANDS, *TABLE_COMMANDS, *ROWS_COMMANDS, *CHART_COMMANDS, *KEYS_COMMANDS, *LOG_COMMANDS,
    *PREFIX_COMMANDS, *LIST_COMMANDS, *ALERTS_COMMANDS, *CREDENTIALS_COMMANDS,
)  # fmt: skip
"""Every command; what is not among them is neither in the footer nor in the help."""


def bindings(*places: Where) -> list[Binding]:
    """The bindings of all commands that work in these places."""
    return [command.binding() for command in ALL if command.where in places]


T = TypeVar("T")

BY_ID = {command.id: command for command in ALL}


def commands_here(screen: Screen[T]) -> tuple[Command, ...]:
    """The commands that work now, each with the keys that nothing nearer has taken, the nearest commands first."""
    keys: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        if active.binding.id in BY_ID and not _is_typed(screen, key):
            keys.setdefault(active.binding.id, []).append(key)
    return tuple(_with_keys(BY_ID[name], bound) for name, bound in keys.items())


def remapped(name: str, keymap: Mapping[str, str]) -> Command:
    """The command of an id, with the keys that a keymap gives it instead of its own; raises KeyError."""
    command, keys = BY_ID[name], keymap.get(name)
    return command if keys is None else _with_keys(command, keys.split(","))


def _is_typed(screen: Screen[T], key: str) -> bool:
    """Whether the focused widget takes the key for text."""
    character = key_to_character(key)
    return screen.focused is not None and screen.focused.check_consume_key(key, character)


def _with_keys(command: Command, keys: list[str]) -> Command:
    """The command with those of its keys that are bound, and with keys that it was given instead."""
    own = command.keys.split(",")
    if set(own) == set(keys):
        return command
    words = [word for key, word in zip(own, command.shown.split(), strict=False) if key in keys]
    others = [key for key in keys if key not in own or not words]
    return replace(command, keys=",".join(keys), shown=" ".join((*words, *map(format_key, others))))
