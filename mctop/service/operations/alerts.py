"""v2: alerts and where they are delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.alerts import Alert, NewAlert, NewDeliveryConfig
from mctop.service.http.operation import V2_CACHE, Operation, Refusal
from mctop.service.http.request_bodies import AlertChangeBody, NewAlertBody, NewDeliveryBody
from mctop.service.http.response_bodies import DeliveryBody, delivery_body

if TYPE_CHECKING:
    from mctop.service.http.operation import OperationCall


async def list_alerts(call: OperationCall) -> tuple[Alert, ...]:
    """Every alert."""
    return call.service.account.alerts.all()


async def create_alert(call: OperationCall) -> Alert:
    """Add an alert."""
    wanted = await call.body(NewAlertBody, "The alert could not be added. An alert requires a type.")
    return call.service.account.alerts.add(NewAlert.model_validate(wanted.model_dump()))


async def get_alert(call: OperationCall) -> Alert:
    """One alert."""
    return call.service.account.alerts.get(call.number("alert_id", "alert"))


async def update_alert(call: OperationCall) -> Alert:
    """Change an alert: what the body leaves out stays, as in the documents' example."""
    alerts = call.service.account.alerts
    before = alerts.get(call.number("alert_id", "alert"))
    change = await call.body(AlertChangeBody, "The alert could not be updated.")
    if change.id not in (None, before.id):
        raise Refusal(400, "The alert could not be updated: the ID in the body is another one.")
    after = {
        name: value
        for name, value in change.model_dump(exclude_unset=True).items()
        if value is not None or name == "delivery_config_id"
    }
    return alerts.replace(Alert.model_validate({**before.model_dump(), **after}))


async def delete_alert(call: OperationCall) -> None:
    """Delete an alert."""
    call.service.account.alerts.delete(call.number("alert_id", "alert"))


async def list_delivery_configs(call: OperationCall) -> tuple[DeliveryBody, ...]:
    """Every delivery config."""
    return tuple(map(delivery_body, call.service.account.deliveries.all()))


async def create_delivery_config(call: OperationCall) -> DeliveryBody:
    """Add a delivery config."""
    words = "The alert delivery config could not be added. An alert delivery config requires a type."
    wanted = await call.body(NewDeliveryBody, words)
    return delivery_body(call.service.account.deliveries.add(NewDeliveryConfig.model_validate(wanted.model_dump())))


async def delete_delivery_config(call: OperationCall) -> None:
    """Delete a delivery config that no alert uses."""
    call.service.account.deliveries.delete(call.number("config_id", "alert delivery config"))


CONFIG_OPERATIONS = (
    Operation(
        name="listDeliveryConfigs",
        summary="List alert delivery configs.",
        method="GET",
        path=f"{V2_CACHE}/alerts/configs",
        run=list_delivery_configs,
        returns=tuple[DeliveryBody, ...],
    ),
    Operation(
        name="createDeliveryConfig",
        summary="Create an alert delivery config.",
        method="POST",
        path=f"{V2_CACHE}/alerts/configs",
        run=create_delivery_config,
        status=201,
        body=NewDeliveryBody,
        returns=DeliveryBody,
    ),
    Operation(
        name="deleteDeliveryConfig",
        summary="Delete an alert delivery config.",
        method="DELETE",
        path=f"{V2_CACHE}/alerts/configs/{{config_id}}",
        run=delete_delivery_config,
        status=204,
    ),
)

ALERT_OPERATIONS = (
    Operation(
        name="listAlerts",
        summary="Get all alerts.",
        method="GET",
        path=f"{V2_CACHE}/alerts",
        run=list_alerts,
        returns=tuple[Alert, ...],
    ),
    Operation(
        name="createAlert",
        summary="Create a new alert.",
        method="POST",
        path=f"{V2_CACHE}/alerts",
        run=create_alert,
        status=201,
        body=NewAlertBody,
        returns=Alert,
    ),
    Operation(
        name="getAlert",
        summary="Get an alert by ID.",
        method="GET",
        path=f"{V2_CACHE}/alerts/{{alert_id}}",
        run=get_alert,
        returns=Alert,
    ),
    Operation(
        name="updateAlert",
        summary="Updates an alert; what is left out stays as it is.",
        method="PUT",
        path=f"{V2_CACHE}/alerts/{{alert_id}}",
        run=update_alert,
        status=201,
        body=AlertChangeBody,
        returns=Alert,
    ),
    Operation(
        name="deleteAlert",
        summary="Deletes an alert.",
        method="DELETE",
        path=f"{V2_CACHE}/alerts/{{alert_id}}",
        run=delete_alert,
        status=201,
    ),
)

OPERATIONS = (*CONFIG_OPERATIONS, *ALERT_OPERATIONS)
"""The configs come first: `configs` is no alert's id."""
