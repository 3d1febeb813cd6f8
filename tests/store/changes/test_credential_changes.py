"""A new credential is found among those that are listed, or not at all."""

import pytest

from mctop.api.models.cache import Credential
from mctop.api.models.value import Rows
from mctop.store.changes.credential_changes import was_created
from mctop.store.changes.outcome import Outcome, Result
from tests.store.fakeapi import SECOND

THIRD = SECOND.model_copy(update={"sasl_username": "C3"})


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (
            Rows(items=(SECOND,)),
            Rows(items=(SECOND, THIRD)),
            Outcome(Result.DONE, detail="C3", secret=THIRD.sasl_password),
        ),
        (Rows(items=(SECOND,)), Rows(items=(SECOND,)), Outcome(Result.NOT_DONE)),
        (Rows(), Rows(items=(SECOND, THIRD)), Outcome(Result.UNKNOWN, detail="B2, C3")),
        (None, Rows(items=(THIRD,)), Outcome(Result.UNKNOWN)),
        (Rows(dropped=1), Rows(items=(THIRD,)), Outcome(Result.UNKNOWN)),
        (Rows(), Rows(dropped=1), Outcome(Result.UNKNOWN)),
    ],
)
def test_a_new_credential_is_the_only_one_that_was_not_there(
    before: Rows[Credential] | None, after: Rows[Credential], found: Outcome
) -> None:
    assert was_created(before, after) == found
