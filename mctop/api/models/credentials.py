"""Credentials and what they may do."""

from pydantic import SecretStr

from mctop.api.models.value import Text, Value


class Capabilities(Value):
    """What a credential may do; PATCH sends all three, because an omitted one becomes false."""

    write_capability: bool = False
    flush_capability: bool = False
    api_capability: bool = False


class Credential(Capabilities):
    """One username and its capabilities; the password is there only where the API shows it."""

    id: int | None = None
    cache_id: int | None = None
    sasl_username: Text = ""
    sasl_password: SecretStr | None = None
    primary: bool = False
