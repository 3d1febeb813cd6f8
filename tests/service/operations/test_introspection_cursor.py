"""v2: the log from a cursor on, which is not documented and offered by some backends alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mctop.api.models.cache import Grade
from mctop.api.models.introspection import LogExcerpt, ServerLogExcerpt
from tests.service.asking import V2, Asking
from tests.service.fakebackend import SERVERS, FakeBackend

if TYPE_CHECKING:
    from mctop.api.models.log_filter import LogFilter

LOGS = f"{V2}/introspection/recent_logs"
GRADED = (Grade(of="recent_logs"),)


class Holding(FakeBackend):
    """A backend that holds more of the log, and notes what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, tuple[str, ...], int]] = []

    async def log_after(self, cursor: str, filters: tuple[LogFilter, ...], most: int) -> LogExcerpt:
        self.asked.append((cursor, tuple(each.asked for each in filters), most))
        lines = ((1.25, "k", "GET", "HIT", 5),)
        return LogExcerpt(cursor="next", servers=(ServerLogExcerpt(server="a:1", lines=lines, missed=None, lost=2),))


async def test_a_cursor_is_taken_by_a_backend_that_has_one() -> None:
    ask = Asking(Holding())
    filters = json.dumps(["/cart:42", "!cmd:get"])
    answer = await ask("GET", LOGS, params={"cursor": "before", "filters": filters, "lines": "7"})
    assert answer.json() == {
        "cursor": "next",
        "servers": [
            {"server": "a:1", "lines": [[1.25, "k", "GET", "HIT", 5]], "missed": None, "lost": 2, "left_out": 0}
        ],
        "dropped": 0,
    }
    await ask("GET", LOGS, params={"cursor": ""})
    assert isinstance(ask.backend, Holding)
    assert ask.backend.asked == [("before", ("/cart:42", "!cmd:get"), 7), ("", (), 10_000)]


async def test_without_a_cursor_and_of_other_backends_the_answer_is_the_documented_one(ask: Asking) -> None:
    documented = (await ask("GET", LOGS)).json()
    assert documented.keys() == set(SERVERS)
    assert (await ask("GET", LOGS, params={"cursor": "", "filters": "nonsense"})).json() == documented
    assert (await Asking(Holding())("GET", LOGS)).json() == documented


async def test_whether_there_is_a_cursor_is_said_where_grades_are(ask: Asking) -> None:
    assert "log_cursor" not in (await ask("GET", f"{V2}/info")).json()
    ask.backend.graded = GRADED
    assert (await ask("GET", f"{V2}/info")).json()["log_cursor"] is False
    holding = Asking(Holding())
    holding.backend.graded = GRADED
    assert (await holding("GET", f"{V2}/info")).json()["log_cursor"] is True


@pytest.mark.parametrize(
    "asked",
    [
        {"filters": "nonsense"},
        {"filters": "{}"},
        {"filters": '["cart"]'},
        {"filters": '["/size>x"]'},
        {"filters": json.dumps(["/a"] * 10)},
        {"filters": json.dumps(["/" + "a" * 400])},
        {"lines": "0"},
        {"lines": "10001"},
        {"lines": "x"},
    ],
)
async def test_what_asks_for_no_log_is_400(asked: dict[str, str]) -> None:
    answer = await Asking(Holding())("GET", LOGS, params={"cursor": "", **asked})
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("The log could not be read.")
