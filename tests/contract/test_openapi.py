"""The API does what its OpenAPI document says, whatever it is sent."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mctop.api.models.alerts import NewAlert, NewDeliveryConfig
from mctop.service.account import open_account
from mctop.service.http.openapi import openapi_document
from mctop.service.operations import OPERATIONS
from mctop.service.process.application import create_app
from mctop.service.simulation.simulation import Simulation
from tests.contract.server import PASSWORD, USERNAME

NOW = 1_700_000_030.0
backend = Simulation(started=NOW - 60, clock=lambda: NOW)
CACHE_ID = backend.identity().id
account = open_account(CACHE_ID, USERNAME, PASSWORD)
schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(backend, account, names=("testserver",)))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def existing() -> dict[str, int | str]:
    """Path parameters that lead to something, made where there is nothing."""
    spare = account.credentials.all()[1:] or (account.credentials.create(),)
    configs = account.deliveries.all() or (account.deliveries.add(NewDeliveryConfig(delivery_type="email")),)
    alerts = account.alerts.all() or (account.alerts.add(NewAlert(trigger_type="hit_rate")),)
    prefix = (account.prefixes.all() or (account.prefixes.watch("session:"),))[0]
    return {
        "username": spare[-1].sasl_username,
        "config_id": configs[-1].id,
        "alert_id": alerts[-1].id,
        "prefix_id": prefix.id,
    }


@schema.parametrize()
@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@schema.given(leads_somewhere=st.booleans())
def test_no_input_gets_an_undocumented_status_a_wrong_body_or_a_5xx(
    case: schemathesis.Case[Any], leads_somewhere: bool
) -> None:
    if isinstance(case.path_parameters.get("cache_id"), int):
        case.path_parameters["cache_id"] = CACHE_ID
    if leads_somewhere:
        case.path_parameters |= {name: each for name, each in existing().items() if name in case.path_parameters}
    case.call_and_validate(checks=CHECKS, auth=(USERNAME, PASSWORD))


def test_all_documented_operations_are_described_each_once() -> None:
    paths = openapi_document(OPERATIONS)["paths"]
    assert isinstance(paths, dict)
    described = {(method.upper(), path) for path, page in paths.items() if isinstance(page, dict) for method in page}
    assert described == {place for operation in OPERATIONS for place in operation.places}
    assert (len([o for o in OPERATIONS if o.path.startswith("/api/v2/")]), len(OPERATIONS)) == (32, 32 + 9)
