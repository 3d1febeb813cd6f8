"""What the keys of the Log do."""

from mctop.ui.commands import Command, Where

COMMANDS = (
    Command("log.include", "slash", "/", "filter(False)", "filter", "Show only lines with a text in their key, or with "
            "cmd:get status:miss server:mc1 size>1k", Where.VIEW, footer=True),
    Command("log.exclude", "exclamation_mark", "!", "filter(True)", "exclude", "Hide such lines", Where.VIEW,
            footer=True),
    Command("log.unfilter", "backspace", "⌫", "unfilter", "unfilter", "Take the last filter away", Where.VIEW,
            footer=True),
    Command("log.highlight", "asterisk", "*", "highlight", "highlight", "Highlight instead of hiding, or hide again; n "
            "and N go to the next match and the one before", Where.VIEW, footer=True),
    Command("log.next", "n", "n", "match(1)", "next", "Next line that passes the filters", Where.VIEW),
    Command("log.previous", "N", "N", "match(-1)", "previous", "The one before", Where.VIEW),
    Command("log.own", "o", "o", "own", "own lines", "Show the lines that mctop's polling causes, or hide them",
            Where.VIEW, footer=True),
)  # fmt: skip
"""Those of the view."""

TAIL_COMMANDS = (
    Command("tail.down", "down,j", "↓ j", "move(1)", "down", "Next line", Where.TABLE),
    Command("tail.up", "up,k", "↑ k", "move(-1)", "up", "Line before; the end is followed no longer", Where.TABLE),
    Command("tail.page-down", "pagedown", "PgDn", "move_page(1)", "page down", "A screenful down", Where.TABLE),
    Command("tail.page-up", "pageup", "PgUp", "move_page(-1)", "page up", "A screenful up", Where.TABLE),
    Command("tail.top", "g,home", "g", "top", "top", "First line", Where.TABLE),
    Command("tail.follow", "G,end", "G", "follow", "follow", "Follow the end", Where.TABLE, footer=True),
)  # fmt: skip
"""Those of its rows."""
