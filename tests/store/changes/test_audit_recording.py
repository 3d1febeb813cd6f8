"""What the audit log says of a change, and what it never says."""

import asyncio
import json
from pathlib import Path

import pytest

from mctop.api.errors import BadRequest, TimedOut
from mctop.api.redaction import Redactor
from mctop.store.changes.alert_changes import CreateDeliveryConfig
from mctop.store.changes.audit import Audit
from mctop.store.changes.cache_changes import Flush
from mctop.store.changes.change import Change
from mctop.store.changes.execution import Actions
from mctop.store.changes.outcome import Outcome, Result
from tests.store.fakeapi import CANARY, CHANGES, WEBHOOK, Desk


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


async def done(actions: Actions, change: Change) -> Outcome:
    return await actions.carry_out(actions.propose(change))


async def test_a_line_of_what_is_sent_and_one_of_what_came_of_it(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    desk = Desk(Audit(path))
    proposal = desk.actions.propose(Flush())
    assert (proposal.unrecorded, path.read_text()) == ("", "")
    await desk.actions.carry_out(proposal)
    change, outcome = lines(path)
    assert change.pop("id") == outcome.pop("id")
    assert change == {
        "time": "2023-11-14T22:14:00.000+00:00", "event": "intent", "host": "example.test", "cache": 4, "label": "",
        "username": "A1", "action": "Flush", "subject": "", "tier": 3, "method": "POST",
        "path": "/api/v2/caches/4/flush", "body": "",
    }  # fmt: skip
    assert outcome == {
        "time": "2023-11-14T22:14:00.000+00:00", "event": "outcome", "result": "done", "read_back": False,
        "words": "", "told": "", "status": 200,
    }  # fmt: skip


async def test_what_failed_is_written_with_the_status_and_words_of_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    desk = Desk(Audit(path))
    desk.api.before = BadRequest("POST", "/", "no", status=400)
    await done(desk.actions, Flush())
    desk.api.before = TimedOut("POST", "/", "late")
    await done(desk.actions, Flush())
    told = [(line["result"], line["read_back"], line["words"], line["status"]) for line in lines(path)[1::2]]
    assert told == [("not done", False, "no", 400), ("not done", True, "late", None)]


async def test_who_leaves_before_the_answer_leaves_a_line_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    desk = Desk(Audit(path))
    desk.api.answers.clear()
    going = asyncio.create_task(done(desk.actions, Flush()))
    await desk.api.arrived.wait()
    assert len(lines(path)) == 1
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert (lines(path)[1]["result"], lines(path)[1]["words"]) == ("unknown", "mctop was left before an answer came")


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: type(one).__name__)
async def test_no_secret_is_written_even_if_the_server_says_it(tmp_path: Path, change: Change) -> None:
    path = tmp_path / "audit.jsonl"
    desk = Desk(Audit(path))
    proposal = desk.actions.propose(change)
    await desk.actions.carry_out(proposal)
    desk.api.before = BadRequest("POST", "/", f"cannot use {WEBHOOK}2", status=400)
    refused = await done(desk.actions, change)
    assert len(lines(path)) == 4
    if isinstance(change, CreateDeliveryConfig):
        assert CANARY not in path.read_text() + repr(proposal) + repr(refused)
        assert refused.words == "cannot use ***"
    else:
        assert CANARY not in path.read_text().replace(f"{WEBHOOK}2", "") + repr(proposal)


async def test_what_cannot_be_recorded_is_said_before_and_can_be_done(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    desk = Desk(Audit(tmp_path / "file" / "audit.jsonl"))
    assert desk.actions.propose(Flush()).unrecorded == "File exists"
    assert (await done(desk.actions, Flush())).result is Result.DONE
    assert Desk().actions.propose(Flush()).unrecorded == "there is no audit log"


async def test_a_secret_of_another_change_is_not_written_though_the_server_says_it(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    desk = Desk(Audit(path), redact=Redactor([WEBHOOK]).redact)
    desk.api.before = BadRequest("POST", "/", f"not while {WEBHOOK} is used", status=400)
    await done(desk.actions, Flush())
    assert CANARY not in path.read_text()
    assert lines(path)[1]["words"] == "not while [redacted] is used"
