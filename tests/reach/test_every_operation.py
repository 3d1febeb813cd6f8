"""Each of the 41 operations can be reached from the keyboard, and is asked for as the documents say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from mctop.service.simulation.simulation import Simulation
from tests.contract.documents import ASKED, DOCUMENTED, place
from tests.contract.server import running_service
from tests.reach.person import at_the_keyboard
from tests.reach.ways import RUNS
from tests.scenarios.moment import in_the_evening
from tests.service.fakebackend import FakeBackend

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.base.backend import Backend
    from tests.contract.server import Exchange, RunningService
    from tests.reach.person import Person
    from tests.reach.ways import Run, Way


def test_the_table_has_all_41_operations() -> None:
    asked = [one for run in RUNS for way in run.ways for one in way.asked]
    assert set(asked) == set(DOCUMENTED)
    assert len(DOCUMENTED) == 41


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.name)
async def test_its_keys_lead_to_each_operation_as_the_documents_have_it(run: Run) -> None:
    with in_the_evening() as clock, running_service(backend_of(run, clock)) as service:
        async with at_the_keyboard(service, run.api) as person:
            for way in run.ways:
                await walk(person, service, way)
                await person.go_home()


def backend_of(run: Run, clock: Callable[[], float]) -> Backend:
    """A simulated cache to look at, and one that costs nothing, and is disabled, to change."""
    if run.name == "looking":
        return Simulation(started=clock(), clock=clock)
    backend = FakeBackend()
    backend.time = clock()
    return backend


async def walk(person: Person, service: RunningService, way: Way) -> None:
    """Press the keys, and see that what they are for is asked, each change once, and nothing else is changed."""
    before = len(service.exchanges) if way.keys else 0
    await person.press(way.keys.replace("{new}", newest(service)))

    def answered() -> list[Exchange]:
        return [one for one in service.exchanges[before:] if one.answered]

    def has_come() -> bool:
        return set(way.asked) <= {found(one, service) for one in answered()}

    await person.until(has_come, f"{way.asked} after {way.keys}")
    changes = [found(one, service) for one in answered() if one.method != "GET"]
    assert changes == [asked for asked in way.asked if asked[0] != "GET"]
    for one in answered():
        judge(one, service, way)


def judge(one: Exchange, service: RunningService, way: Way) -> None:
    """One exchange is as the documents have it."""
    operation = found(one, service)
    assert one.status == DOCUMENTED[operation][0], operation
    body, query = json.loads(one.sent or b"null"), parse_qs(one.query)
    fields, documented = set(query or body or ()), ASKED.get(operation, set())
    assert fields <= documented, operation
    assert bool(fields) is bool(documented), operation
    assert not (query and one.sent)
    if one.method != "GET" and operation in way.asked:
        assert body == way.body


def found(one: Exchange, service: RunningService) -> tuple[str, str]:
    """The operation."""
    return place(one.method, one.path, service.cache_id)


def newest(service: RunningService) -> str:
    """The username of the newest credential."""
    return service.account.credentials.all()[-1].sasl_username
