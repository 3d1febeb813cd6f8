"""The signs and colours of a terminal, as far as the environment says; what it answers when asked says more."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from mctop.ui.words.signs import SignSet

if TYPE_CHECKING:
    from collections.abc import Mapping


class Colours(IntEnum):
    """How many colours there are, from least to most."""

    NONE = 0
    SIXTEEN = 16
    PALETTE = 256
    TRUE = 1 << 24


class Abilities(NamedTuple):
    """The signs and colours of a terminal."""

    signs: SignSet = SignSet.UNICODE
    colours: Colours = Colours.TRUE


USUAL = Abilities()


class Wishes(NamedTuple):
    """What the user has decided; what is None is left to the terminal's answers."""

    signs: SignSet | None = None
    lean: bool | None = None
    """Whether as little as possible is sent."""


UNDECIDED = Wishes()


TRUE_COLOUR_TERMINALS = ("alacritty", "contour", "foot", "ghostty", "kitty", "rio", "wezterm")
"""Names in TERM of terminals that have all colours: over SSH it arrives, and COLORTERM does not."""
WITHOUT_COLOUR = ("vt100", "vt102", "vt125", "vt132", "vt220", "vt320", "vt420", "vt510", "vt520")
"""What DEC built; they draw ASCII, and their own frames in another way than by UTF-8."""
UTF8 = ("utf8", "utf-8")


def abilities(environ: Mapping[str, str], signs: SignSet | None = None) -> Abilities:
    """What the terminal can draw; `signs` overrules what the environment says of them."""
    return Abilities(signs or signs_of(environ), colours_of(environ))


def signs_of(environ: Mapping[str, str]) -> SignSet:
    """The signs of the terminal; where no locale is named, nothing speaks against UTF-8."""
    term = _term(environ)
    if term in WITHOUT_COLOUR or not _speaks_utf8(environ):
        return SignSet.ASCII
    return SignSet.CONSOLE if term == "linux" or term.startswith("linux-") else SignSet.UNICODE


def colours_of(environ: Mapping[str, str]) -> Colours:
    """The colours of the terminal, none where NO_COLOR asks for that."""
    term = _term(environ)
    if environ.get("NO_COLOR") or term in WITHOUT_COLOUR or term.endswith(("-m", "-mono")):
        return Colours.NONE
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":  # it may say that it has more
        return Colours.PALETTE
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit") or term.endswith("-direct"):
        return Colours.TRUE
    if any(name in term for name in TRUE_COLOUR_TERMINALS):
        return Colours.TRUE
    if environ.get("LC_TERMINAL") == "iTerm2" and not environ.get("TMUX"):  # SSH passes it on, as it does a locale
        return Colours.TRUE
    return Colours.PALETTE if "256color" in term else Colours.SIXTEEN


def _term(environ: Mapping[str, str]) -> str:
    return environ.get("TERM", "").strip().lower()


def _speaks_utf8(environ: Mapping[str, str]) -> bool:
    """Whether the locale is one of UTF-8, or none is named.

    Where it is the C locale, Python has put UTF-8 into LC_CTYPE by itself before anybody could look.
    """
    category, language = environ.get("LC_CTYPE", ""), environ.get("LANG", "")
    coerced = category == "C.UTF-8" and language in ("C", "POSIX")
    locale = environ.get("LC_ALL") or (language if coerced else category or language)
    if not locale:
        return True
    charset = locale.partition("@")[0].rpartition(".")[2]
    return charset.lower() in UTF8
