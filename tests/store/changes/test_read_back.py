"""Where two readings of a list cannot tell, nothing is claimed."""

from functools import partial

from mctop.api.models.alerts import Alert
from mctop.api.models.value import Rows
from mctop.store.changes.outcome import Outcome, Result
from mctop.store.changes.read_back import row_changed, row_created, row_deleted, row_listed
from tests.store.fakeapi import ALERT


def test_two_new_alerts_with_the_values_that_were_sent_are_both_named() -> None:
    twin = ALERT.model_copy(update={"id": 9})
    created = partial(row_created, lambda one: one.description == "low", lambda one: one.id)
    assert created(Rows(), Rows(items=(ALERT, twin))) == Outcome(Result.UNKNOWN, detail="3, 9")
    assert created(Rows(items=(ALERT,)), Rows(items=(ALERT, twin))) == Outcome(Result.DONE, detail="9")
    other = twin.model_copy(update={"description": "else"})
    assert created(Rows(items=(ALERT,)), Rows(items=(ALERT, other))) == Outcome(Result.NOT_DONE)


def test_what_somebody_else_changed_meanwhile_is_unknown() -> None:
    def is_it(one: Alert) -> bool:
        return one.id == ALERT.id

    def is_off(one: Alert) -> bool:
        return not one.enabled

    changed = partial(row_changed, is_it, is_off)
    before: Rows[Alert] = Rows(items=(ALERT,))
    off = ALERT.model_copy(update={"enabled": False})
    assert changed(before, Rows(items=(off,))).result is Result.DONE
    assert changed(before, before).result is Result.NOT_DONE
    assert changed(before, Rows(items=(ALERT.model_copy(update={"description": "x"}),))).result is Result.UNKNOWN
    assert changed(before, Rows(items=())).result is Result.UNKNOWN


def test_among_rows_that_made_no_sense_what_is_missing_may_still_be() -> None:
    def is_it(one: Alert) -> bool:
        return one.id == ALERT.id

    assert row_deleted(is_it, None, Rows(dropped=1)).result is Result.UNKNOWN
    assert row_deleted(is_it, None, Rows()).result is Result.DONE
    assert row_listed(is_it, None, Rows(dropped=1)).result is Result.UNKNOWN
    assert row_listed(is_it, None, Rows()).result is Result.NOT_DONE
