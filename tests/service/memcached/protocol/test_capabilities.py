"""What a server may be asked for without harm."""

import pytest

from mctop.service.memcached.protocol.capabilities import ServerCapabilities, capabilities, may_have_me, may_have_mn
from mctop.service.memcached.protocol.commands import WatchKind

AUTO = {"binding_protocol": "auto-negotiate", "lru_crawler": "yes", "dump_enabled": "yes"}
TEXT = {**AUTO, "binding_protocol": "ascii"}

FETCHERS, MUTATIONS, DELETIONS = WatchKind


def judged(version: str, settings: dict[str, str]) -> ServerCapabilities:
    """A server that understands what its version should."""
    return capabilities(version, settings, has_mn=may_have_mn(version), has_me=may_have_me(version))


@pytest.mark.parametrize(
    ("version", "watched", "watched_if_text_only", "can"),
    [
        ("1.4.25", (), (), ""),
        ("1.4.39", (FETCHERS,), (FETCHERS, MUTATIONS), "metadump"),
        ("1.5.6", (FETCHERS,), (FETCHERS, MUTATIONS), "metadump"),
        ("1.5.22", (FETCHERS,), (FETCHERS, MUTATIONS), "me metadump"),
        ("1.6.9", (FETCHERS,), (FETCHERS, MUTATIONS), "me mn metadump"),
        ("1.6.14", (FETCHERS,), (FETCHERS, MUTATIONS), "me mn metadump"),
        ("1.6.18", (FETCHERS,), (FETCHERS, MUTATIONS), "me mn metadump"),
        ("1.6.24", (FETCHERS,), (FETCHERS, MUTATIONS, DELETIONS), "me mn metadump"),
        ("1.6.38", (FETCHERS,), (FETCHERS, MUTATIONS, DELETIONS), "me mn metadump"),
        ("1.6.41", (FETCHERS,), (FETCHERS, MUTATIONS, DELETIONS), "me mn metadump"),
        ("1.6.42", (FETCHERS, MUTATIONS, DELETIONS), (FETCHERS, MUTATIONS, DELETIONS), "me mn metadump"),
        ("1.6.45_1", (FETCHERS, MUTATIONS, DELETIONS), (FETCHERS, MUTATIONS, DELETIONS), "me mn metadump"),
        ("2.0", (FETCHERS, MUTATIONS, DELETIONS), (FETCHERS, MUTATIONS, DELETIONS), "me mn metadump"),
        ("unknown", (FETCHERS,), (FETCHERS,), ""),
        ("", (FETCHERS,), (FETCHERS,), ""),
    ],
)
def test_every_version_is_asked_only_for_what_it_can_do_unharmed(
    version: str, watched: tuple[WatchKind, ...], watched_if_text_only: tuple[WatchKind, ...], can: str
) -> None:
    understood = {"has_mn": "mn" in can.split(), "has_me": "me" in can.split()}
    found = capabilities(version, AUTO, **understood)
    assert found.watch == watched
    assert capabilities(version, TEXT, **understood).watch == watched_if_text_only
    said = {"me": found.has_me, "mn": may_have_mn(version), "metadump": found.has_metadump}
    assert " ".join(name for name, has in said.items() if has) == can


def test_changes_are_not_watched_where_the_settings_are_silent_about_the_protocol() -> None:
    assert judged("1.6.18", {}).watch == (FETCHERS,)


def test_changes_are_watched_everywhere_where_the_owner_states_that_no_client_speaks_binary() -> None:
    for version in ("1.4.25", "1.4.39", "1.5.22", "1.6.18", "1.6.24", "1.6.42", "unknown"):
        stated = capabilities(version, AUTO, has_mn=True, has_me=True, text_only=True)
        assert stated.watch == capabilities(version, TEXT, has_mn=True, has_me=True).watch


def test_what_is_not_watched_has_its_reason() -> None:
    assert "1.4.25 has no watch" in judged("1.4.25", AUTO).without
    assert "can crash memcached 1.6.18: 1.6.42 is safe, or -B ascii" in judged("1.6.18", AUTO).without
    assert judged("1.6.18", TEXT).without == judged("1.6.42", AUTO).without == ""


@pytest.mark.parametrize("setting", [{"lru_crawler": "no"}, {"dump_enabled": "no"}])
def test_no_dump_is_asked_of_a_server_that_does_not_allow_it(setting: dict[str, str]) -> None:
    assert not judged("1.6.18", {**AUTO, **setting}).has_metadump


@pytest.mark.parametrize("version", ["1.11.7", "2.0"])
@pytest.mark.parametrize("settings", [AUTO, TEXT, {}])
def test_a_fork_is_not_believed_to_be_as_new_as_its_number(version: str, settings: dict[str, str]) -> None:
    found = capabilities(version, settings, has_mn=False, has_me=False)
    assert (found.watch, found.has_me, found.has_metadump) == ((FETCHERS,), False, False)
    assert found.without == f"changes are watched on memcached's own releases alone, which {version} is not"


def test_whether_items_are_told_of_is_proved_and_not_believed() -> None:
    assert not capabilities("1.6.45", AUTO, has_mn=True, has_me=False).has_me
    assert capabilities("unknown", {}, has_mn=False, has_me=True).has_me
