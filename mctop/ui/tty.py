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
    charset = _charset(environ)
    if charset and charset.replace("-", "").lower() != "utf8":
        return f"mctop needs a UTF-8 terminal, and the locale asks for {charset[:40]!a}: try LC_ALL=C.UTF-8."
    return None


def _charset(environ: Mapping[str, str]) -> str:
    """The character set that the locale names, empty if it names none: the C locale says nothing about the terminal."""
    locale = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environ.get(name))), "")
    return locale.partition(".")[2].partition("@")[0]
