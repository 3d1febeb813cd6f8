"""The ~goes_on table: which keys bring a person to each of the 41 operations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from tests.contract.documents import V1, V2
from tests.contract.server import USERNAME

Asked = tuple[str, str]
"""A method and a documented path."""
ALL_THREE = {"write_capability": True, "flush_capability": True, "api_capability": True}


@dataclass(frozen=True, slots=True)
class Way:
    """Keys, and the operations that are asked for then, for the first time in a run.

    Keys are pressed one after the other from the view on; `'words'` are typed, `=words` are pasted, and `~pattern` is
    waited for on the screen, where `_` is a blank. `{new}` is the username of the credential that was created. `body`
    is the JSON that is sent.
    """

    keys: str
    asked: tuple[Asked, ...]
    body: object = None


SURE = "~esc_cancels right enter"
"""From Cancel, which has the keys, to the answer that does it."""
DONE = "enter ~✓_done"
YES = f"~esc_cancels right {DONE}"
LOOKING = (
    Way("", (("GET", f"{V2}/info"), ("GET", f"{V2}/stats"))),
    Way(
        "1",
        (
            ("GET", f"{V2}/insight/processed_stats"),
            ("GET", f"{V2}/insight/processed_stats/per_server"),
            ("GET", f"{V2}/insight/latency"),
            ("GET", f"{V2}/introspection/popular_items"),
            ("GET", f"{V2}/introspection/recent_logs"),
            ("GET", f"{V2}/alerts"),
        ),
    ),
    Way("5", (("GET", f"{V2}/introspection/prefixes"), ("GET", f"{V2}/introspection/compound_stats"))),
    Way("K ~Look_up 'product:7' enter", (("GET", f"{V2}/introspection/key_stats"),)),
)
PREFIXES = (
    Way(
        f"5 ~no_prefix_is_watched ~session: w {SURE}",
        (("POST", f"{V2}/introspection/prefixes"), ("GET", f"{V2}/introspection/prefixes/{{id}}/stats")),
        {"name": "session:"},
    ),
    Way("5 ~Watched_prefixes_━ enter", (("GET", f"{V2}/introspection/prefixes/{{id}}/popular_items"),)),
    Way(f"5 ~Watched_prefixes_━ u {SURE}", (("DELETE", f"{V2}/introspection/prefixes/{{id}}"),)),
)
ACTIONS = (
    Way(f"~shop_.disabled. a ~after_it_was_disabled enter {YES}", (("POST", f"{V2}/enable_cache"),)),
    Way(f"~shop_›_Caches a ~Reset enter {YES}", (("POST", f"{V2}/reset_stats"),)),
    Way(f"F ~esc_cancels 'shop' {DONE}", (("POST", f"{V2}/flush"),)),
    Way(f"a ~Switch down enter ~esc_cancels 'shop' {DONE}", (("POST", f"{V2}/switch_cluster"),)),
    Way(f"a ~Rotate down down enter ~esc_cancels 'shop' {DONE}", (("POST", f"{V2}/rotate_sso"),)),
)
CREDENTIALS = (
    Way("C", (("GET", f"{V2}/credentials"),)),
    Way(f"C ~primary n {YES}", (("POST", f"{V2}/credentials"),)),
    Way(
        f"C ~{{new}} G e ~space_switches down space enter {YES}",
        (("PATCH", f"{V2}/credentials/{{username}}"),),
        {**ALL_THREE, "flush_capability": False},
    ),
    Way(f"C ~{{new}}.+·_no G p {YES}", (("POST", f"{V2}/credentials/primary/{{username}}"),)),
    Way(f"C ~{{new}}_+★ g p {YES}", (("POST", f"{V2}/credentials/primary/{{username}}"),)),
    Way(f"C ~{USERNAME}_+★ G d ~esc_cancels '{{new}}' {DONE}", (("DELETE", f"{V2}/credentials/{{username}}"),)),
)
WEBHOOK = "https://hooks.slack.com/services/T0/B0/x"
ALERT = {"trigger_type": "hit_rate", "delivery_config_id": 1, "description": "Low.", "enabled": True}
ALERTS = (
    Way("A", (("GET", f"{V2}/alerts/configs"),)),
    Way(
        f"A ~alerts_are_delivered_to_nobody N ~goes_on right tab ={WEBHOOK} tab '#ops' enter {YES}",
        (("POST", f"{V2}/alerts/configs"),),
        {"delivery_type": "slack", "email": "", "slack_url": WEBHOOK, "slack_channel": "#ops"},
    ),
    Way(
        f"A ~#ops n ~goes_on tab plus tab right tab 'Low.' enter {YES}",
        (("POST", f"{V2}/alerts"),),
        {**ALERT, "trigger_threshold": 81},
    ),
    Way(
        f"A ~Low e ~goes_on tab minus enter {YES}",
        (("GET", f"{V2}/alerts/{{id}}"), ("PUT", f"{V2}/alerts/{{id}}")),
        {**ALERT, "id": 1, "trigger_threshold": 80},
    ),
    Way(
        f"A ~80_% space {SURE}",
        (("PUT", f"{V2}/alerts/{{id}}"),),
        {**ALERT, "id": 1, "trigger_threshold": 80, "enabled": False},
    ),
    Way(f"A ~·_off d {YES}", (("DELETE", f"{V2}/alerts/{{id}}"),)),
    Way(f"A ~no_alerts tab d {YES}", (("DELETE", f"{V2}/alerts/configs/{{id}}"),)),
)
LEGACY = (
    Way("", (("GET", "/api/v1/login"), ("GET", f"{V1}/stats"), ("GET", f"{V1}/credentials"))),
    Way("1", (("GET", f"{V1}/history"),)),
    Way(f"C ~primary n {YES}", (("POST", f"{V1}/credentials"),)),
    Way(f"F ~esc_cancels 'cache 1561' {DONE}", (("POST", f"{V1}/flush"),)),
    Way(
        f"C ~{{new}} G e ~space_switches space enter {YES}",
        (("PATCH", f"{V1}/credentials/{{username}}"),),
        {"write_capability": "false", "flush_capability": "true", "api_capability": "true"},
    ),
    Way(f"C ~{{new}}.+·_no G p {YES}", (("POST", f"{V1}/credentials/primary/{{username}}"),)),
    Way(f"C ~{{new}}_+★ g p {YES}", (("POST", f"{V1}/credentials/primary/{{username}}"),)),
    Way(
        f"C ~{USERNAME}_+★ G d ~esc_cancels '{{new}}' {DONE}",
        (("DELETE", f"{V1}/credentials/primary/{{username}}"),),
    ),
)


@dataclass(frozen=True, slots=True)
class Run:
    """Ways that are gone one after the other, from one start of mctop in the Caches."""

    name: str
    ways: tuple[Way, ...]
    api: str = "v2"


def in_turn(*lists: tuple[Way, ...]) -> tuple[Way, ...]:
    """The first of each list, then the second of each, and so on: what one of them waits for comes meanwhile."""
    return tuple(way for ways in zip_longest(*lists) for way in ways if way is not None)


RUNS = (
    Run("looking", (*LOOKING, *PREFIXES)),
    Run("changing", in_turn(ACTIONS, CREDENTIALS, ALERTS)),
    Run("v1", LEGACY, "v1"),
)
