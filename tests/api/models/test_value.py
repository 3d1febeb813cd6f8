"""Values, whatever the wire says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from mctop.api.models.alerts import Alert
from mctop.api.models.cache import Credential
from mctop.api.models.stats import Counters
from mctop.api.models.value import LARGEST, to_count, to_number, to_text


@pytest.mark.parametrize(
    ("raw", "number"), [(None, 0.0), (7, 7.0), (7.5, 7.5), ("7.5", 7.5), (" -1 ", -1.0), (10**400, float(LARGEST))]
)
def test_t2_numbers_come_in_many_forms(raw: object, number: float) -> None:
    assert to_number(raw) == number


@pytest.mark.parametrize("raw", ["", "x", "nan", "inf", float("inf"), float("nan"), True, [], {}])
def test_what_is_no_finite_number_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        to_number(raw)


@given(st.integers(-LARGEST, LARGEST))
def test_counts_are_exact_as_numbers_and_as_text(count: int) -> None:
    assert to_count(count) == to_count(str(count)) == count


def test_counts_are_cut_to_64_bits_and_to_whole_numbers() -> None:
    assert (to_count(10**30), to_count("-1" + "0" * 30), to_count(2.9)) == (LARGEST, -LARGEST, 2)


def test_text_may_be_null_or_a_bare_number() -> None:
    assert (to_text(None), to_text("a"), to_text(7)) == ("", "a", "7")
    with pytest.raises(ValueError, match="not text"):
        to_text(True)


def test_t2_null_is_absent_and_unknown_fields_are_ignored() -> None:
    raw = {"id": None, "primary": None, "sasl_username": None, "uuid": None, "write_capability": "false", "new": 1}
    assert Credential.model_validate(raw) == Credential()
    assert Counters.model_validate({"bytes": None}) == Counters()


def test_values_are_frozen_and_equal_by_content() -> None:
    alert = Alert(id=1, trigger_type="hit_rate")
    assert alert == Alert(id=1, trigger_type="hit_rate")
    with pytest.raises(ValidationError):
        alert.enabled = True  # type: ignore[misc]  # the point of the test


def test_t9_a_validation_error_does_not_print_its_input() -> None:
    with pytest.raises(ValidationError) as caught:
        Credential.model_validate({"sasl_password": ["canary"], "id": "canary"})
    assert "canary" not in str(caught.value)
    assert "canary" not in repr(caught.value)


def test_t9_secrets_print_as_stars() -> None:
    credential = Credential.model_validate({"sasl_password": "canary"})
    assert credential.sasl_password == SecretStr("canary")
    assert "canary" not in f"{credential!r} {credential} {credential.model_dump()} {credential.model_dump_json()}"


def test_an_empty_password_is_one_that_is_not_told() -> None:
    assert Credential.model_validate({"sasl_password": ""}).sasl_password is None
    assert Credential.model_validate({"sasl_password": None}).sasl_password is None
    assert Credential.model_validate({"sasl_password": " "}).sasl_password == SecretStr(" ")
