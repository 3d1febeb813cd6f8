"""The certificate authorities that a server must be signed by."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

from mctop.api.errors import BadEndpoint


def trusting_nobody() -> ssl.SSLContext:
    """Return a context for plain http: cheap, and no certificate passes it."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def trusting(cacert: Path | None) -> ssl.SSLContext:
    """Return a context that believes exactly `cacert`, or else the system (SSL_CERT_FILE too). Raise BadEndpoint."""
    if cacert is not None:
        return _trusting_file(cacert)
    import truststore  # costs 20 ms, which plain http to this machine need not pay

    named = os.environ.get("SSL_CERT_FILE")
    if named and not Path(named).is_file():
        raise BadEndpoint(f"SSL_CERT_FILE names {named}, which is not a file")
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _trusting_file(cacert: Path) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(cacert))
    except ssl.SSLError:
        raise BadEndpoint(f"{cacert} holds no certificate in PEM form") from None
    except OSError as error:
        raise BadEndpoint(f"cannot read the certificates in {cacert}: {error.strerror}") from None
