"""The certificate authorities that a server must be signed by."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

from mctop.api.errors import BadEndpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

_PEM = b"-----BEGIN "
_LARGEST = 16 * 2**20
"""Bytes of a file in which a certificate is looked for: the bundles of systems have 0.3 MiB."""


def trusting_nobody() -> ssl.SSLContext:
    """Return a context for plain http: cheap, and no certificate passes it."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def trusting(cacert: Path | None) -> ssl.SSLContext:
    """Return a context that believes exactly `cacert`, or else the system, with SSL_CERT_FILE and SSL_CERT_DIR.

    Raise BadEndpoint.
    """
    if cacert is not None:
        return _trusting_file(cacert)
    check_trust(None)
    import truststore  # costs 20 ms, which plain http to this machine need not pay

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def check_trust(cacert: Path | None, environ: Mapping[str, str] = os.environ) -> None:
    """Raise BadEndpoint where `trusting` would, at nearly no cost where nothing is named."""
    if cacert is not None:
        _trusting_file(cacert)
        return
    if named := environ.get("SSL_CERT_FILE"):
        _check_file(Path(named))
    folders = [folder for folder in environ.get("SSL_CERT_DIR", "").split(os.pathsep) if folder]
    if folders and not any(map(os.path.isdir, folders)):
        raise BadEndpoint(f"SSL_CERT_DIR names {folders[0]}, which is not a directory")


def _check_file(named: Path) -> None:
    """Raise BadEndpoint where a file of the environment holds no certificate: nobody would be believed."""
    if not named.is_file():
        raise BadEndpoint(f"SSL_CERT_FILE names {named}, which is not a file")
    try:
        with named.open("rb") as file:
            holds_one = _PEM in file.read(_LARGEST)
    except OSError as error:
        raise BadEndpoint(f"SSL_CERT_FILE names {named}, which cannot be read: {error.strerror}") from None
    if not holds_one:
        raise BadEndpoint(f"SSL_CERT_FILE names {named}, which holds no certificate in PEM form")


def _trusting_file(cacert: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cafile=str(cacert))
    except ssl.SSLError:
        raise BadEndpoint(f"{cacert} holds no certificate in PEM form") from None
    except OSError as error:
        raise BadEndpoint(f"cannot read the certificates in {cacert}: {error.strerror}") from None
    return context
