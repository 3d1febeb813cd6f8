"""Requests of many caches take turns."""

import asyncio

from mctop.store.polling.fleet import LATE, PROMPT, Turn, Turns
from tests.store.fakeclock import FakeClock


class Api:
    """Requests that take so many seconds, and when they began and ended."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.turns = Turns(self.clock)
        self.began: dict[str, float] = {}
        self.ended: dict[str, float] = {}
        self.in_flight = self.most_in_flight = 0

    def turn(self) -> Turn:
        return self.turns.turn(lambda: False)

    async def request(self, name: str, seconds: float, turn: Turn | None = None) -> None:
        async with turn or self.turn():
            self.began[name] = self.clock.monotonic() - 1_000
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
            try:
                await self.clock.sleep(seconds)
            finally:
                self.in_flight -= 1
        self.ended[name] = self.clock.monotonic() - 1_000


async def test_a_few_requests_are_under_way_at_a_time() -> None:
    api = Api()
    async with asyncio.TaskGroup() as group:
        for index in range(50):
            group.create_task(api.request(str(index), 0.1))
        await api.clock.advance(10)
    assert api.most_in_flight == PROMPT
    assert len(api.ended) == 50


async def test_requests_that_hang_hold_up_the_others_for_half_a_second_and_not_again() -> None:
    api = Api()
    turns = [api.turn() for _ in range(PROMPT)]
    async with asyncio.TaskGroup() as group:
        for index, turn in enumerate(turns):
            group.create_task(api.request(f"hanging {index}", 10, turn))
        group.create_task(api.request("prompt", 0.1))
        await api.clock.advance(12)
        assert api.began["prompt"] == 0.5
        for index, turn in enumerate(turns):
            group.create_task(api.request(f"again {index}", 10, turn))
        group.create_task(api.request("promptly", 0.1))
        await api.clock.advance(12)
        assert api.began["promptly"] == 12


async def test_however_many_hang_there_is_an_end_to_what_is_under_way() -> None:
    api = Api()
    async with asyncio.TaskGroup() as group:
        for index in range(200):
            group.create_task(api.request(str(index), 10))
        await api.clock.advance(100)
    assert api.most_in_flight == PROMPT + LATE
    assert len(api.ended) == 200


async def test_a_cache_that_answers_in_time_again_is_prompt_again() -> None:
    api = Api()
    turn = api.turn()
    async with asyncio.TaskGroup() as group:
        for index, seconds in enumerate((5, 0.1, 0.1)):
            task = group.create_task(api.request(str(index), seconds, turn))
            await api.clock.advance(6)
            await task
            assert api.turns.prompt._value == PROMPT
            assert api.turns.late._value == LATE
        hogs = [group.create_task(api.request(f"hog {index}", 20)) for index in range(LATE)]
        await api.clock.advance(6)
        group.create_task(api.request("prompt", 0.1, turn))
        await api.clock.advance(1)
        assert "prompt" in api.ended
        await api.clock.advance(60)
        await asyncio.gather(*hogs)


async def test_what_is_exempt_never_waits() -> None:
    api = Api()
    async with asyncio.TaskGroup() as group:
        for index in range(PROMPT + LATE):
            group.create_task(api.request(str(index), 10))
        await api.clock.advance(5)
        group.create_task(api.request("opened", 0.1, api.turns.turn(lambda: True)))
        await api.clock.advance(1)
        assert api.ended["opened"] < 6.2
        await api.clock.advance(60)


async def test_a_request_that_is_cancelled_gives_its_slot_back() -> None:
    api = Api()
    tasks = [asyncio.create_task(api.request(str(index), 10)) for index in range(2 * PROMPT + LATE)]
    await api.clock.advance(5)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await api.clock.settle()
    assert (api.turns.prompt._value, api.turns.late._value) == (PROMPT, LATE)
