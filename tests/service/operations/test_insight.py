"""v2: series."""

from __future__ import annotations

import pytest

from mctop.api.models.series import DAY
from mctop.service.http.response_bodies import Shape
from mctop.service.http.times import say_moment
from mctop.service.operations.insight import STATS
from tests.service.asking import V2, Asking
from tests.service.fakebackend import NOW, SERVERS

PROCESSED = f"{V2}/insight/processed_stats"


async def test_the_default_is_the_last_24_hours_by_the_minute(ask: Asking) -> None:
    (row,) = (await ask("GET", PROCESSED, params={"names": "bytes,hit_rate"})).json()
    assert set(row) == {"name", "columns", "values"}
    assert (row["name"], row["columns"]) == ("processed_stats", ["time", "bytes", "hit_rate"])
    assert len(row["values"]) == 1_441
    assert row["values"][0] == ["2023-11-13T22:13:00Z", 50.0, 0.9]
    assert row["values"][-1] == ["2023-11-14T22:13:00Z", 50.0, 0.9]


async def test_latency_is_by_20_seconds_and_by_server(ask: Asking) -> None:
    rows = (await ask("GET", f"{V2}/insight/latency")).json()
    assert [(row["name"], row["tags"], row["columns"]) for row in rows] == [
        ("latency", {"server": server}, ["time", "duration"]) for server in SERVERS
    ]
    assert len(rows[0]["values"]) == 4_321


async def test_all_36_stats_are_served_in_the_order_they_were_asked_for_each_once(ask: Asking) -> None:
    names = ", ".join((*reversed(STATS), *STATS))
    rows = (await ask("GET", f"{PROCESSED}/per_server", params={"names": names})).json()
    assert [row["columns"][1:] for row in rows] == [list(reversed(STATS))] * 2
    assert len(STATS) == 36


@pytest.mark.parametrize("query", ["", "names=", "names=nope", "names=bytes,nope", "names=bytes,,items"])
async def test_missing_and_unknown_names_are_400(ask: Asking, query: str) -> None:
    answer = await ask("GET", f"{PROCESSED}?{query}")
    assert answer.status_code == 400
    if "," not in query and "nope" not in query:
        assert answer.json()["message"] == "The query parameter names is required."


@pytest.mark.parametrize(
    "query",
    [
        "startTime=yesterday",
        "endTime=1673191200",
        "startTime=2023-01-10T00:00:00Z&endTime=2023-01-10T00:00:00Z",
        "startTime=2023-01-11T00:00:00Z&endTime=2023-01-10T00:00:00Z",
    ],
)
async def test_a_range_that_makes_no_sense_is_400(ask: Asking, query: str) -> None:
    assert (await ask("GET", f"{V2}/insight/latency?{query}")).status_code == 400
    assert ask.backend.spans == []


@pytest.mark.parametrize(("days", "step"), [(1, 60), (7, 600), (90, 3_600), (365, DAY), (700_000, DAY)])
async def test_the_range_decides_the_granularity(ask: Asking, days: int, step: int) -> None:
    start = say_moment(max(NOW - days * DAY, -62_135_596_800))
    answer = await ask("GET", PROCESSED, params={"names": "bytes", "startTime": start, "endTime": say_moment(NOW)})
    assert answer.status_code == 200
    assert {span.step for span in ask.backend.spans} == {step}
    assert len(answer.json()[0]["values"]) < 5_000


async def test_a_range_in_the_future_has_no_values(ask: Asking) -> None:
    times = {"startTime": say_moment(NOW + DAY), "endTime": say_moment(NOW + 2 * DAY)}
    (row,) = (await ask("GET", PROCESSED, params={"names": "bytes", **times})).json()
    assert row["values"] == []


async def test_percent_scales_ratios_and_nothing_else() -> None:
    ask = Asking(shape=Shape(percent=True))
    ask.backend.values = {"hit_rate": 0.5, "get_hit_rate": 0.25, "set_fraction": None, "request_rate": 0.5}
    names = ",".join(ask.backend.values)
    (row,) = (await ask("GET", PROCESSED, params={"names": names})).json()
    assert row["values"][0][1:] == [50.0, 25.0, None, 0.5]
    ask.account.close()


async def test_gaps_are_null_and_what_json_cannot_say_is_too(ask: Asking) -> None:
    ask.backend.values = {"bytes": None, "items": float("nan"), "max_bytes": float("inf")}
    answer = await ask("GET", PROCESSED, params={"names": "bytes,items,max_bytes"})
    assert answer.json()[0]["values"][0][1:] == [None, None, None]


async def test_big_answers_are_compressed_for_who_accepts_it(ask: Asking) -> None:
    url = f"{PROCESSED}?names=bytes"
    assert (await ask("GET", url)).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in (await ask("GET", url, headers={"accept-encoding": "identity"})).headers
