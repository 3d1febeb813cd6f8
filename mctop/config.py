"""One frozen settings model: file, environment, options, and where each value came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mctop.private_files import UnsafeFile, read_obeyed
from mctop.ranges import RANGES

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_URL = "https://analytics.memcachier.com"
THEMES = ("dark", "light", "ansi", "contrast")
SIGNS = ("auto", "unicode", "narrow", "console", "ascii")
"""What the terminal can draw; `auto` finds out."""
RATIO_SCALES = ("auto", "fraction", "percent")
APIS = ("v2", "v1")
"""Versions of the API that can be spoken, the usual one first."""
TOP_KEYS = ("default", "theme", "range", "signs", "lean", "read_only", "keys", "caches")
CACHE_KEYS = (
    "url", "api", "cache_id", "username", "password", "password_command", "label", "read_only", "cacert", "ratio_scale",
)  # fmt: skip


class ConfigError(Exception):
    """The configuration cannot be used; the message says what to change, and never holds a secret."""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A string that does not show itself."""

    value: str

    def __repr__(self) -> str:
        return "Secret(***)"


class KeyChoice(NamedTuple):
    """The keys, comma-separated, that a command is to have, by its id."""

    command: str
    keys: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Which place a setting's value was read from."""

    setting: str
    place: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What mctop was told. `range` is a key of RANGES; `cache_id` None is asked from the API.

    `lean` None lets the terminal's answers decide. `view` is the name of the view to begin with, "" for the first.
    `undecided` says that there are several caches, and that none was chosen.
    """

    profile: str | None = None
    label: str = ""
    url: str = DEFAULT_URL
    api: str = APIS[0]
    cache_id: int | None = None
    username: str | None = None
    password: Secret | None = None
    password_command: tuple[str, ...] = ()
    cacert: Path | None = None
    ratio_scale: str = "auto"
    read_only: bool = False
    theme: str = "dark"
    range: str = "6h"
    signs: str = "auto"
    lean: bool | None = None
    keys: tuple[KeyChoice, ...] = ()
    view: str = ""
    undecided: bool = False
    origins: tuple[Origin, ...] = ()

    def origin(self, setting: str) -> str:
        """Where the value of a setting came from."""
        return next((o.place for o in reversed(self.origins) if o.setting == setting), "default")

    def with_values(self, place: str, **values: object) -> Settings:
        """The settings with those of `values` that are not None, noted as coming from `place`."""
        given = {name: value for name, value in values.items() if value is not None}
        origins = tuple(Origin(name, place) for name in given)
        return replace(self, **given, origins=(*self.origins, *origins))  # type: ignore[arg-type]  # names are fields


def load(
    cache: str | None, file: Path, environ: Mapping[str, str], *, prefix: str = "MEMCACHIER", **options: object
) -> Settings:
    """Read the settings: defaults, then the file, the environment, and the options; the later wins.

    A cache that is named stands alone: the environment is not asked, so that no credential is sent to a cache it does
    not belong to. Where the URL is another than the profile's, nothing secret of the profile holds. Raises ConfigError.
    """
    document = _read(file)
    settings = _from_top(Settings(), document, file)
    name = cache or _default_profile(document, environ, prefix)
    profile = _profile(document, name, file) if name else {}
    settings = as_profile = _from_profile(settings, name, profile, file)
    if name is not None:
        settings = as_profile = _with_own_label(settings, document)
    if cache is None and name is not None and "default" not in document and len(_caches(document)) > 1:
        settings = settings.with_values(str(file), undecided=True)
    if cache is None:
        settings = _from_environment(settings, environ, prefix)
    settings = settings.with_values("option", **options)
    if name is not None and settings.url.rstrip("/") != as_profile.url.rstrip("/"):
        settings = _at_another_url(settings, as_profile, prefix)
    return _checked(settings)


def without_cache(file: Path, **options: object) -> Settings:
    """The settings that are about no cache: those at the top of the file, and options. Raises ConfigError."""
    return _checked(_from_top(Settings(), _read(file), file).with_values("option", **options))


def fleet(opened: Settings, file: Path, *, read_only: bool | None = None) -> tuple[Settings, ...]:
    """Every cache to watch: those of the file in its order, with `opened` in its place or, if it has none, in front.

    A cache of the file that `opened` already is, by another way, is left out. Raises ConfigError.
    """
    document = _read(file)
    top = _from_top(Settings(), document, file)
    profiles = [
        _checked(
            _with_own_label(_from_profile(top, name, _profile(document, name, file), file), document).with_values(
                "option", read_only=read_only
            )
        )
        for name in _caches(document)
    ]
    if opened.profile is None:
        return opened, *(
            profile for profile in profiles if (profile.url, profile.username) != (opened.url, opened.username)
        )
    return tuple(opened if profile.profile == opened.profile else profile for profile in profiles)


def _read(file: Path) -> dict[str, object]:
    try:
        obeyed = read_obeyed(file)
        text = obeyed.content.decode("utf-8")
    except FileNotFoundError:
        return {}
    except UnsafeFile as error:
        raise ConfigError(f"{file} is not obeyed: {error.strerror}") from None
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file} is not UTF-8 text") from None
    import tomllib

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: {error}") from None
    _refuse_unknown(document, TOP_KEYS, str(file))
    if not obeyed.is_alone and any(
        isinstance(cache, dict) and "password" in cache for cache in _caches(document).values()
    ):
        raise ConfigError(f"{file} holds a password: it must be a plain file of yours with mode 0600")
    return document


def _refuse_unknown(table: Mapping[str, object], settings: tuple[str, ...], place: str) -> None:
    for key in table:
        if key not in settings:
            raise ConfigError(f"{place}: unknown setting {key!r}; settings are {', '.join(settings)}")


def _from_top(settings: Settings, document: Mapping[str, object], file: Path) -> Settings:
    return settings.with_values(
        str(file),
        theme=_text(document, "theme", str(file)),
        range=_text(document, "range", str(file)),
        signs=_text(document, "signs", str(file)),
        lean=_flag(document, "lean", str(file)),
        read_only=_flag(document, "read_only", str(file)),
        keys=_keys(document, file),
    )


def _default_profile(document: Mapping[str, object], environ: Mapping[str, str], prefix: str) -> str | None:
    """The profile to use when none is named: the default, or the first; none if the environment names a user."""
    if environ.get(f"{prefix}_USERNAME"):
        return None
    named = document.get("default")
    return named if isinstance(named, str) else next(iter(_caches(document)), None)


def _caches(document: Mapping[str, object]) -> Mapping[str, object]:
    caches = document.get("caches")
    return caches if isinstance(caches, dict) else {}


def _profile(document: Mapping[str, object], name: str, file: Path) -> Mapping[str, object]:
    caches = _caches(document)
    profile = caches.get(name)
    if not isinstance(profile, dict):
        names = ", ".join(caches) or "none"
        raise ConfigError(f"no cache {name!r} in {file}; there is {names}")
    place = f"{file} [caches.{name}]"
    _refuse_unknown(profile, CACHE_KEYS, place)
    return profile


def _from_profile(settings: Settings, name: str | None, profile: Mapping[str, object], file: Path) -> Settings:
    if name is None:
        return settings
    place = f"{file} [caches.{name}]"
    password, cacert = _text(profile, "password", place), _text(profile, "cacert", place)
    return settings.with_values(
        place,
        profile=name,
        label=_text(profile, "label", place) or name,
        url=_text(profile, "url", place),
        api=_text(profile, "api", place),
        cache_id=_whole(profile.get("cache_id"), f"{place} cache_id"),
        username=_text(profile, "username", place),
        password=Secret(password.strip()) if password else None,
        password_command=_words(profile, place),
        cacert=Path(cacert).expanduser() if cacert else None,
        ratio_scale=_text(profile, "ratio_scale", place),
        read_only=_flag(profile, "read_only", place),
    )


def _with_own_label(settings: Settings, document: Mapping[str, object]) -> Settings:
    """The settings of a profile with its name behind the label where another profile is called the same."""

    def alike(name: str, profile: object) -> str:
        label = profile.get("label") if isinstance(profile, dict) else None
        return " ".join(str(label or name).split()).casefold()

    labels = [alike(name, profile) for name, profile in _caches(document).items()]
    if labels.count(" ".join(settings.label.split()).casefold()) < 2:
        return settings
    return replace(settings, label=f"{settings.label.strip()} ({settings.profile})")


def _from_environment(settings: Settings, environ: Mapping[str, str], prefix: str) -> Settings:
    username, password = environ.get(f"{prefix}_USERNAME"), environ.get(f"{prefix}_PASSWORD")
    return (
        settings.with_values("MCTOP_URL", url=environ.get("MCTOP_URL") or None)
        .with_values("MCTOP_API", api=environ.get("MCTOP_API") or None)
        .with_values("MCTOP_CACHE_ID", cache_id=_whole(environ.get("MCTOP_CACHE_ID") or None, "MCTOP_CACHE_ID"))
        .with_values(f"{prefix}_USERNAME", username=username.strip() if username else None)
        .with_values(f"{prefix}_PASSWORD", password=Secret(password.strip()) if password else None)
    )


def _at_another_url(settings: Settings, as_profile: Settings, prefix: str) -> Settings:
    """The settings without what belongs to the profile's URL: its name, number and credential. Raises ConfigError.

    A user who is named apart from the profile is asked for a password; the profile's own user is refused.
    """
    place = settings.origin("url")
    where = "--url" if place == "option" else place
    has_user = settings.origin("username") != as_profile.origin("username")
    has_password = settings.origin("password") != as_profile.origin("password")
    if not has_user and not has_password:
        raise ConfigError(
            f"{where} is not the url of [caches.{as_profile.profile}], whose credential is not sent there: "
            f"leave {where} out, or set {prefix}_USERNAME and {prefix}_PASSWORD, or name a user with --username"
        )
    return replace(
        settings,
        profile=None,
        label="",
        cache_id=settings.cache_id if settings.origin("cache_id") != as_profile.origin("cache_id") else None,
        password=settings.password if has_password else None,
        password_command=(),
        undecided=False,
    )


def _keys(document: Mapping[str, object], file: Path) -> tuple[KeyChoice, ...] | None:
    """The choices of the table of keys; `grid.sort = "x"` is a table in it, as TOML has it."""
    table, place = document.get("keys"), f"{file} [keys]"
    if table is None:
        return None
    if not isinstance(table, dict):
        raise ConfigError(f'{place} must be a table, as [keys] with flush = "ctrl+f" below it')
    choices: list[KeyChoice] = []
    for name, value in table.items():
        ids = {f"{name}.{last}": keys for last, keys in value.items()} if isinstance(value, dict) else {name: value}
        choices += (KeyChoice(command, keys) for command in ids if (keys := _text(ids, command, place)) is not None)
    return tuple(choices)


def _text(table: Mapping[str, object], key: str, place: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise ConfigError(f"{place}: {key} must be text in quotes")
    return value


def _flag(table: Mapping[str, object], key: str, place: str) -> bool | None:
    value = table.get(key)
    if value is not None and not isinstance(value, bool):
        raise ConfigError(f"{place}: {key} must be true or false")
    return value


def _words(table: Mapping[str, object], place: str) -> tuple[str, ...] | None:
    value = table.get("password_command")
    if value is None:
        return None
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        raise ConfigError(f'{place}: password_command must be a list of words, as ["pass", "show", "cache"]')
    return tuple(value)


def _whole(value: object, place: str) -> int | None:
    if value is None:
        return None
    try:
        return int(str(value).strip())
    except ValueError:
        raise ConfigError(
            f"{place} must be a number; find it on the Settings page of the analytics dashboard"
        ) from None


def _checked(settings: Settings) -> Settings:
    if settings.api not in APIS:
        raise ConfigError(f"api {settings.api!r} (from {settings.origin('api')}) is not one of {', '.join(APIS)}")
    if settings.theme not in THEMES:
        raise ConfigError(f"theme {settings.theme!r} is not one of {', '.join(THEMES)}")
    if settings.signs not in SIGNS:
        raise ConfigError(f"signs {settings.signs!r} is not one of {', '.join(SIGNS)}")
    if settings.range not in RANGES:
        raise ConfigError(f"range {settings.range!r} is not one of {', '.join(RANGES)}")
    if settings.ratio_scale not in RATIO_SCALES:
        raise ConfigError(f"ratio_scale {settings.ratio_scale!r} is not one of {', '.join(RATIO_SCALES)}")
    for setting, value in (("username", settings.username), ("password", settings.password)):
        text = value.value if isinstance(value, Secret) else value or ""
        if any("\ud800" <= character <= "\udfff" for character in text):  # how Python spells bytes it cannot read
            raise ConfigError(f"the {setting} (from {settings.origin(setting)}) is not UTF-8 text")
    return settings
