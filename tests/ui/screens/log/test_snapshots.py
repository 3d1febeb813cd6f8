"""How the Log looks: full, filtered, read further up, empty, stale and refused, at three sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.store.health import FailureKind
from tests.ui import samples
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.store import Store

SIZES = ((80, 24), (120, 30), (160, 48))


def stale(store: Store) -> None:
    """A minute ago the API was lost."""
    samples.fill(store)
    samples.fail(store, FailureKind.UNREACHABLE, None, "connection refused", since=60)


def refused(store: Store) -> None:
    """All is well, but there is no introspection on this plan."""
    samples.fill(store)
    store.log.value.set(None)
    health = store.log.health.value
    samples.fail(store, FailureKind.FORBIDDEN, 403, "introspection is not enabled for this cache")
    failed = store.log.health.value
    samples.live(store)
    assert failed != health
    store.log.health.set(failed)


STATES: dict[str, tuple[Callable[[Store], None], tuple[str, ...]]] = {
    "full": (samples.fill, ()),
    "filtered": (samples.fill, ("slash", *"session", "enter", "exclamation_mark", *"set", "enter", "up", "up")),
    "highlighted": (samples.fill, ("slash", *"session", "enter", "asterisk", "N")),
    "typing": (samples.fill, ("slash", *"size", "greater_than_sign")),
    "empty": (samples.quiet, ()),
    "stale": (stale, ()),
    "refused": (refused, ()),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("state", STATES)
def test_the_log(snap_compare: Callable[..., bool], state: str, size: tuple[int, int]) -> None:
    fill, keys = STATES[state]
    stage = Stage()
    fill(stage.store)
    assert snap_compare(stage.app, terminal_size=size, press=["6", *keys])
