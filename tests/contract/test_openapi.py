"""The API does what its OpenAPI document says, whatever it is sent."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mctop.service.account import open_account
from mctop.service.api import OPERATIONS, create_app
from mctop.service.openapi import openapi_document
from tests.contract.server import PASSWORD, USERNAME
from tests.service.fakebackend import CACHE_ID, FakeBackend

app = create_app(FakeBackend(), open_account(CACHE_ID, USERNAME, PASSWORD))
schema = schemathesis.openapi.from_asgi("/openapi.json", app)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@schema.parametrize()
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_no_input_gets_an_undocumented_status_a_wrong_body_or_a_5xx(case: schemathesis.Case[Any]) -> None:
    if isinstance(case.path_parameters.get("cache_id"), int):
        case.path_parameters["cache_id"] = CACHE_ID
    case.call_and_validate(checks=CHECKS, auth=(USERNAME, PASSWORD))


def test_all_documented_operations_are_described_each_once() -> None:
    paths = openapi_document(OPERATIONS)["paths"]
    assert isinstance(paths, dict)
    described = {(method.upper(), path) for path, page in paths.items() if isinstance(page, dict) for method in page}
    assert described == {place for operation in OPERATIONS for place in operation.places}
    assert (len([o for o in OPERATIONS if o.path.startswith("/api/v2/")]), len(OPERATIONS)) == (32, 32 + 9)
