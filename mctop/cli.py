"""Commands and options -> config -> wiring; imports nothing heavy at the top."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mctop import __version__, config
from mctop.memcached_options import PASSWORD, MemcachedOptions, memcached_options
from mctop.ranges import RANGES
from mctop.serve_options import serve_options
from mctop.standard_streams import clean_streams
from mctop.ui.registry.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.serve_options import ServeOptions


NOTHING_CONFIGURED = """\
mctop has no cache to watch yet. Either

  mctop demo                      a simulated cache; needs nothing
  mctop --memcached HOST:PORT     memcached servers of your own

or give it the credentials of a MemCachier cache:

  export MEMCACHIER_USERNAME=...  from the dashboard's Settings page, or your
  export MEMCACHIER_PASSWORD=...  application's environment (API capability on)
  mctop

mctop asks the API for the cache ID. If it cannot, read it on the Settings page
of the analytics dashboard and set MCTOP_CACHE_ID, or use --cache-id.
More than one cache: name them in {file}"""

COMMANDS = ("demo", "serve")
Given = TypeVar("Given")


class Unusable(click.ClickException):
    """What was configured cannot be used; that is one line, as no word of the command is wrong."""

    exit_code = 2


class CacheOrCommand(click.Group):
    """`mctop NAME` opens the cache of that name, unless NAME is a command; `mctop` alone opens the default one."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command; whatever it and click say is clean text."""
        with clean_streams():
            return super().main(*args, **options)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command that is meant in front, where none is written."""
        if not args or args[0] not in (*COMMANDS, "--help", "--version"):
            args = ["watch", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; ctrl+c before there is a screen ends it like one that comes later."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(128 + signal.SIGINT)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options of the dashboard, and then the commands."""
        watch.format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


class CacheContext(click.Context):
    """Says `mctop` where click would say `mctop watch`."""

    @property
    def command_path(self) -> str:
        """The words a user types."""
        return self.parent.command_path if self.parent else "mctop"


class Watch(click.Command):
    """The command that needs no name."""

    context_class = CacheContext


def _config_file() -> Path:
    """Where the configuration is looked for. Raises UsageError where the user has no home."""
    from mctop.user_folders import config_folder

    return _or_unusable(config_folder) / "config.toml"


def screen_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options of every command that opens the dashboard."""
    for option in (
        click.option("--lean/--no-lean", default=None, help="Send less to the terminal [where it answers slowly]."),
        click.option("--signs", type=click.Choice(config.SIGNS), help="What the terminal can draw [auto]."),
        click.option("--range", "range_", type=click.Choice(list(RANGES)), help="What the chart spans [6h]."),
        click.option("--theme", type=click.Choice(config.THEMES), help="Colours [dark]."),
        click.option(
            "--view",
            type=click.Choice([view.name for view in VIEWS], case_sensitive=False),
            help="What to open first [Overview].",
        ),
        click.option("--read-only", is_flag=True, default=None, help="Send nothing but GET requests."),
    ):
        command = option(command)
    return command


@click.group(
    cls=CacheOrCommand,
    options_metavar="[CACHE] [OPTIONS]",
    subcommand_metavar="| COMMAND",
    context_settings={"max_content_width": 100},
    epilog="Without CACHE: $MEMCACHIER_USERNAME and $MEMCACHIER_PASSWORD, or the default cache of the file. "
    "The password is never an option: the environment, password_command in the file, or the prompt. "
    "Exit codes: 0 quit, 1 crash, 2 usage or no terminal, 3 authentication, 128+n signal.",
)
@click.version_option(__version__, message="mctop %(version)s")
def main() -> None:
    """Watch a cache in the terminal: is it healthy, and which keys say why not.

    CACHE names a cache of the configuration file.
    """


@main.command(cls=Watch, hidden=True)
@click.argument("cache", required=False)
@click.option("--url", metavar="URL", help=f"The Analytics API [$MCTOP_URL, {config.DEFAULT_URL}].")
@click.option("--api", type=click.Choice(config.APIS), help="The version of it to speak [$MCTOP_API, v2].")
@click.option("--cache-id", type=int, metavar="N", help="[$MCTOP_CACHE_ID, or asked from the API].")
@click.option("--username", metavar="NAME", help="[$MEMCACHIER_USERNAME].")
@click.option("--env-prefix", default="MEMCACHIER", metavar="NAME", help="Read NAME_USERNAME and NAME_PASSWORD.")
@click.option("--cacert", type=click.Path(path_type=Path), help="Trust the certificates in this file, and no others.")
@click.option("--config", "file", type=click.Path(path_type=Path, exists=True), envvar="MCTOP_CONFIG",
              help="[$MCTOP_CONFIG, or mctop/config.toml where configuration lives].")  # fmt: skip
@memcached_options
@screen_options
def watch(
    cache: str | None, named: MemcachedOptions, env_prefix: str, file: Path | None, range_: str | None, **options: Any
) -> None:
    """Open the dashboard on a cache."""
    if cache in COMMANDS:
        raise click.UsageError(f"write the command first: mctop {cache} [OPTIONS]")
    file = file or _config_file()
    if named.addresses is not None:
        if cache or any(options[name] for name in ("url", "api", "cache_id")):
            raise click.UsageError("--memcached is about servers of your own: no CACHE, --url, --api or --cache-id")
        sys.exit(_or_unusable(lambda: _watch_servers(named, file, range_, **options)))
    if named != MemcachedOptions():
        raise click.UsageError("--tls, --insecure, --history, --no-history and --watch-changes are about --memcached")
    settings = _or_unusable(lambda: config.load(cache, file, os.environ, prefix=env_prefix, range=range_, **options))
    if settings.username is None:
        click.echo(NOTHING_CONFIGURED.format(file=file or _config_file()), err=True)
        sys.exit(2)
    _usable_terminal()
    for name in (f"{env_prefix}_PASSWORD", PASSWORD):  # a password command needs neither
        os.environ.pop(name, None)
    from mctop import wiring

    _or_unusable(lambda: wiring.refuse_unsafe(settings))
    if not settings.undecided:
        settings = _with_password(settings)
    caches = _or_unusable(lambda: config.fleet(settings, file, read_only=True if options["read_only"] else None))
    sys.exit(_or_unusable(lambda: wiring.watch(settings, caches)))


def _watch_servers(
    named: MemcachedOptions, file: Path, range_: str | None, username: str | None, cacert: Path | None, **options: Any
) -> int:
    """Open the dashboard on memcached servers. Raises ConfigError."""
    from mctop import wiring

    servers = named.servers(username, cacert)
    shown = {name: value for name, value in options.items() if name in ("lean", "signs", "theme", "view", "read_only")}
    settings = config.without_cache(file, label=servers.label, range=range_, **shown)
    if settings.origin("range") == "default":
        settings = settings.with_values("default", range="15m")  # of servers that were never watched, there is no more
    _usable_terminal()
    with named.keeping(servers) as with_history:
        return wiring.beside(settings, with_history)


@main.command()
@click.option("--scenario", default="steady", metavar="NAME", help="What happens to the cache [steady]; --scenarios.")
@click.option("--scenarios", is_flag=True, help="List the scenarios and leave.")
@click.option("--seed", type=int, default=1, metavar="N", help="Another seed, another cache [1].")
@screen_options
def demo(scenario: str, scenarios: bool, seed: int, range_: str | None, **options: object) -> None:
    """Watch a simulated cache; needs nothing."""
    from mctop import wiring
    from mctop.service.base.served_cache import SimulatedCache

    names = wiring.scenarios()
    if scenarios:
        click.echo("\n".join(names))
        return
    if scenario not in names:
        raise click.UsageError(f"no scenario {scenario!r}; there is {', '.join(names)}")
    _usable_terminal()
    settings = _or_unusable(lambda: config.Settings(label="demo").with_values("option", range=range_, **options))
    sys.exit(_or_unusable(lambda: wiring.beside(settings, SimulatedCache(scenario, seed))))


@main.command()
@click.option("--simulate", is_flag=True, help="Serve a simulated cache.")
@click.option("--scenario", default="steady", metavar="NAME", help="What happens to it [steady].")
@click.option("--seed", type=int, default=1, metavar="N", help="Another seed, another cache [1].")
@serve_options
@memcached_options
@click.option("--username", metavar="NAME", help="Whom memcached servers let in; the password is $" + PASSWORD + ".")
@click.option("--cacert", type=click.Path(path_type=Path), help="Trust the certificates in this file, and no others.")
def serve(simulate: bool, named: MemcachedOptions, scenario: str, seed: int, username: str | None, cacert: Path | None,
          where: ServeOptions) -> None:  # fmt: skip
    """Serve the Analytics API, v1 and v2.

    Paste what it prints into another shell, and run mctop there.
    """
    from mctop import wiring
    from mctop.service.base.served_cache import SimulatedCache

    if simulate == (named.addresses is not None):
        raise click.UsageError("say what to serve: --simulate, or --memcached HOST:PORT,...")
    if scenario not in wiring.scenarios():
        raise click.UsageError(f"no scenario {scenario!r}; there is {', '.join(wiring.scenarios())}")
    served_at = _or_unusable(lambda: where.served_at(insecure=named.insecure))
    if simulate:
        sys.exit(wiring.serve(SimulatedCache(scenario, seed), served_at))

    def serve_servers() -> int:
        with named.keeping(named.servers(username, cacert)) as servers:
            return wiring.serve(servers, served_at)

    sys.exit(_or_unusable(serve_servers))


def _with_password(settings: config.Settings) -> config.Settings:
    """Find the password while the terminal can still be asked."""
    from mctop.password import with_password

    settings = _or_unusable(lambda: with_password(settings))
    if settings.password is not None:
        return settings
    password = click.prompt(f"Password of {settings.username}", hide_input=True, err=True)
    return settings.with_values("prompt", password=config.Secret(password.strip()))


def _usable_terminal() -> None:
    from mctop.ui.tty import why_unusable

    problem = why_unusable(os.environ, sys.stdin.isatty(), sys.stderr.isatty())
    if problem is not None:
        click.echo(problem, err=True)
        sys.exit(2)


def _or_unusable(read: Callable[[], Given]) -> Given:
    try:
        return read()
    except config.ConfigError as error:
        raise Unusable(str(error)) from None
