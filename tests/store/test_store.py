"""The whole truth on one page."""

from mctop.store.store import Store
from tests.store.fakeapi import CONFIG, PRIMARY, SECOND


def test_what_a_person_acts_on_does_not_stand_still_in_a_frozen_picture() -> None:
    store = Store()
    store.credentials.value.set((PRIMARY,))
    store.deliveries.value.set(())
    store.still.freeze(7.0)
    store.credentials.value.set((PRIMARY, SECOND))
    store.deliveries.value.set((CONFIG,))
    assert store.still.shown(store.credentials.value) == (PRIMARY, SECOND)
    assert store.still.shown(store.deliveries.value) == (CONFIG,)
