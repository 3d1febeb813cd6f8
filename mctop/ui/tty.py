"""The check for a terminal to draw on; standard library only, so that the answer costs nothing."""

from collections.abc import Mapping


def why_unusable(environ: Mapping[str, str], stdin_is_tty: bool, stderr_is_tty: bool) -> str | None:
    """One line that says why a full-screen program cannot run here, or None if it can.

    The screen is drawn on standard error, so standard output may be redirected.
    """
    if not stdin_is_tty or not stderr_is_tty:
        which = "input" if not stdin_is_tty else "error"
        return f"mctop needs a terminal, and standard {which} is not one."
    if environ.get("TERM", "") == "dumb":
        return "mctop needs a terminal that can draw, and TERM is dumb."
    return None
