"""The options of `mctop serve`: where the API is served, and whom it lets in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mctop.config import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.base.served_at import Certificate, ChosenPassword, ServedAt


SHORTEST = 12
"""Characters of a password that is chosen: whoever guesses is let try 600 an hour."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What was said, by the names of the options."""

    host: str
    port: int
    account: Path | None
    password_file: Path | None
    guest: bool
    tls_cert: Path | None
    tls_key: Path | None
    name: tuple[str, ...]

    def served_at(self, *, insecure: bool) -> ServedAt:
        """Where to serve, and to whom.

        Raises ConfigError where a file cannot be used, or passwords would travel in clear and it is not `insecure`,
        which is said on standard error.
        """
        from mctop.api.base_url import is_loopback
        from mctop.service.base.served_at import ServedAt

        certificate = _certificate(self.tls_cert, self.tls_key)
        if certificate is None and not is_loopback(self.host):
            words = f"passwords would travel in clear to {self.host} and from there"
            if not insecure:
                raise ConfigError(f"{words}: give --tls-cert and --tls-key, or --insecure to serve it all the same")
            click.echo(f"mctop: --insecure: {words.replace('would travel', 'travel')}", err=True)
        password = None if self.password_file is None else _password(self.password_file)
        return ServedAt(self.host, self.port, self.account, password, self.guest, certificate, self.name)


def _certificate(chain: Path | None, key: Path | None) -> Certificate | None:
    """The certificate of two options, which come together. Raises ConfigError."""
    from mctop.service.base.served_at import Certificate

    if chain is None and key is None:
        return None
    if chain is None or key is None:
        raise ConfigError("--tls-cert and --tls-key come together")
    import ssl

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key, "")
    except OSError as error:
        is_foreign = isinstance(error, ssl.SSLError)
        words = "these are no certificate and its key, without a passphrase" if is_foreign else error.strerror
        raise ConfigError(f"--tls-cert {chain}, --tls-key {key}: {words}") from None
    return Certificate(chain, key)


def _password(file: Path) -> ChosenPassword:
    """The password in a file that its owner alone can read. Raises ConfigError."""
    from mctop.private_files import read_obeyed
    from mctop.service.base.served_at import ChosenPassword

    try:
        obeyed = read_obeyed(file)
        password = obeyed.content.decode().strip()
    except OSError as error:
        raise ConfigError(f"--password-file {file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"--password-file {file}: it is not UTF-8 text") from None
    if not obeyed.is_alone:
        raise ConfigError(f"--password-file {file}: others can read it (chmod 600)")
    if len(password) < SHORTEST or not password.isprintable():
        raise ConfigError(f"--password-file {file}: a password has {SHORTEST} characters or more, on one line")
    return ChosenPassword(file, password)


def serve_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options of where to serve and to whom; the command is given them as `where`."""

    @wraps(command)
    def run(**options: Any) -> None:
        where = ServeOptions(**{field.name: options.pop(field.name) for field in fields(ServeOptions)})
        command(where=where, **options)

    file = click.Path(path_type=Path, dir_okay=False)
    for option in (
        click.option("--name", multiple=True, metavar="NAME", help="Answer to this name too, as in the certificate."),
        click.option("--tls-key", type=file, metavar="FILE", help="The key of the certificate."),
        click.option("--tls-cert", type=file, metavar="FILE", help="Serve https with this certificate."),
        click.option("--guest", is_flag=True, help="Let one more login in, which may only read and sees no secret."),
        click.option("--password-file", type=file, metavar="FILE",
                     help="Read the password in this file; without it, one is made up, and printed when it is new."),
        click.option("--account", type=file, metavar="FILE",
                     help="Keep credentials and alerts in this file, so that they survive a restart."),
        click.option("--port", type=click.IntRange(0, 65535), default=8400, metavar="N",
                     help="[8400]; 0 takes a free one."),
        click.option("--host", default="127.0.0.1", metavar="ADDRESS",
                     help="[127.0.0.1]; beyond this machine with --tls-cert, or --insecure."),
    ):  # fmt: skip
        run = option(run)
    return run
