"""The OpenAPI 3.1 document of the API, made from the declared operations and their models."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias, cast

from pydantic import TypeAdapter

import mctop
from mctop.service.http.operation import CACHE_ID, is_v1

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic.json_schema import JsonSchemaMode

    from mctop.service.http.operation import Operation, Parameter


Node: TypeAlias = "bool | int | float | str | list[Node] | dict[str, Node] | None"

REFERENCE = "#/components/schemas/{model}"
IDS = {CACHE_ID, "alert_id", "config_id", "prefix_id"}
"""The path parameters that are numbers."""


def openapi_document(operations: Iterable[Operation]) -> dict[str, Node]:
    """Describe operations; every place an operation is reached by is described alike."""
    operations = tuple(operations)
    schemas, definitions = _schemas(operations)
    paths: dict[str, Node] = {}
    for operation in operations:
        for place, (method, path) in enumerate(operation.places):
            item = paths.setdefault(path, {})
            assert isinstance(item, dict)
            item[method.lower()] = _page(operation, path, place, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Analytics API", "version": mctop.__version__},
        "security": [{"basic": []}],
        "paths": paths,
        "components": {"schemas": definitions, "securitySchemes": {"basic": {"type": "http", "scheme": "basic"}}},
    }


def _schemas(operations: tuple[Operation, ...]) -> tuple[Mapping[tuple[str, JsonSchemaMode], Node], Node]:
    """Make the schemas of every body, by operation and direction, and the definitions they refer to."""
    adapters: list[tuple[str, JsonSchemaMode, TypeAdapter[object]]] = []
    for operation in operations:
        if operation.returns is not None:
            adapters.append((operation.name, "serialization", TypeAdapter(cast("type[object]", operation.returns))))
        if operation.body is not None:
            adapters.append((operation.name, "validation", TypeAdapter(operation.body)))
    schemas, shared = TypeAdapter.json_schemas(adapters, ref_template=REFERENCE)
    return schemas, shared.get("$defs", {})


def _page(operation: Operation, path: str, place: int, schemas: Mapping[tuple[str, JsonSchemaMode], Node]) -> Node:
    page: dict[str, Node] = {
        "operationId": operation.name + (f"Also{place}" if place else ""),
        "summary": operation.summary,
        "parameters": [*_path_parameters(path), *map(_query_parameter, operation.query)],
        "responses": _responses(operation, schemas.get((operation.name, "serialization"))),
    }
    if operation.body is not None:
        content: Node = {"application/json": {"schema": schemas[operation.name, "validation"]}}
        page["requestBody"] = {"required": True, "content": content}
    return page


def _path_parameters(path: str) -> list[Node]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0} if name in IDS else {"type": "string", "minLength": 1},
        }
        for name in names
    ]


def _query_parameter(parameter: Parameter) -> Node:
    page: dict[str, Node] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "required": parameter.required,
    }
    if parameter.choices:
        choices: list[Node] = [*parameter.choices]
        schema: Node = {"type": "array", "items": {"type": "string", "enum": choices}, "minItems": 1}
        return {**page, "style": "form", "explode": False, "schema": schema}
    if parameter.moment:
        return {**page, "schema": {"type": "string", "format": "date-time"}}
    return {**page, "schema": {"type": "string", "minLength": 1}}


def _responses(operation: Operation, schema: Node) -> Node:
    good: dict[str, Node] = {"description": operation.summary}
    if schema is not None:
        good["content"] = {"application/json": {"schema": schema}}
    words: Node = {"type": "string"}
    said: Node = {"type": "object", "properties": {"message": words}}
    problem: Node = words if is_v1(operation.path) else said
    content: Node = {"application/json": {"schema": problem}}
    bad = sorted({401, 403, *operation.refuses})
    return {
        str(operation.status): good,
        **{str(status): {"description": HTTPStatus(status).phrase, "content": content} for status in bad},
        "5XX": {"description": "Unexpected error.", "content": content},
    }
