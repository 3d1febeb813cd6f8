"""The alerts above the delivery configs, and which of them is under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.modals.alerts.rows import ALERTS, DELIVERIES, alert_rows, config_rows
from mctop.ui.modals.listdialog import ListDialog, Listed, titled
from mctop.ui.widgets.slicepanel import SlicePanel

if TYPE_CHECKING:
    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.options import UiOptions

NO_ALERTS = "no alerts · n creates one"
NO_DELIVERIES = "alerts are delivered to nobody · N creates a delivery config"


class Tables(ListDialog):
    """Lists both; a subclass says what can be done to them."""

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(titled("Alerts", store, options), store, clock)
        self._alerts, self._deliveries = Listed(ALERTS), Listed(DELIVERIES)
        self._upper = SlicePanel("Alerts of this cache", self._alerts, store.alerts, store, id="alerts")
        self._lower = SlicePanel("Delivery configs", self._deliveries, store.deliveries, store, id="deliveries")
        self.tables = (self._upper, self._lower)

    @property
    def is_below(self) -> bool:
        """Whether the delivery configs have the keys."""
        return self.focused is self._deliveries

    @property
    def alert(self) -> Alert | None:
        """The alert under the cursor."""
        row, known = self._alerts.chosen, self.store.alerts.value.value or ()
        return next((one.alert for one in known if row is not None and str(one.alert.id) == row.key), None)

    @property
    def config(self) -> DeliveryConfig | None:
        """The delivery config under the cursor."""
        row, known = self._deliveries.chosen, self.store.deliveries.value.value or ()
        return next((one for one in known if row is not None and str(one.id) == row.key), None)

    def follow_topics(self) -> None:
        """The alerts, the delivery configs, and what may be done to them."""
        self.follow_slice(self.store.alerts, self._list)
        self.follow_slice(self.store.deliveries, self._list)
        for topic in (self.store.cache.value, self.store.actions, self.store.api):
            self.when_hidden(topic.follow(self._settle))

    def _list(self, changed: object) -> None:
        alerts, configs = self.store.alerts.value.value, self.store.deliveries.value.value
        self._alerts.shown, self._deliveries.shown = alert_rows(alerts, configs), config_rows(configs, alerts)
        enabled = [one for one in alerts or () if one.alert.enabled]
        firing = sum(one.fires is True for one in enabled)
        self._upper.notes = (f"{len(enabled)} of {len(alerts)} on · {firing} would fire now",) if alerts else ()
        self._upper.lacks, self._lower.lacks = "" if alerts else NO_ALERTS, "" if configs else NO_DELIVERIES

    def _settle(self, changed: object) -> None:
        self.settle()
