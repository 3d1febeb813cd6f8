"""The question before something is sent, and what does not answer it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from textual import events

from mctop.api.models.cache import Capabilities, Credential
from mctop.store.base.health import Failure, FailureKind
from mctop.store.changes.cache_changes import Flush, ResetStats
from mctop.store.changes.credential_changes import DeleteCredential, UpdateCredential
from mctop.store.changes.proposal import Proposal, Request
from mctop.ui.modals.change_dialogs import LOCK_OUT, Confirmation, Sent, described, requested
from mctop.ui.terminal.key_pace import QUIET
from mctop.ui.widgets.change_guard import Answers, Guard, TypedWords
from mctop.ui.words.text import Clean
from tests.ui import samples
from tests.ui.acting import REST, acting, pressed, said, settle, text, typed

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from mctop.store.changes.change import Change
    from tests.ui.stage import Stage

OWN = Credential(id=3, sasl_username="4F2A9C", write_capability=True, flush_capability=True, api_capability=True)
FLUSH = Request("DELETE", "/api/v2/caches/1561/flush")


async def asked(pilot: Pilot[int], stage: Stage, change: Change) -> Confirmation:
    """The dialog about a change, open."""
    await settle(pilot)
    stage.app.propose(change)
    await settle(pilot)
    assert isinstance(stage.app.screen, Confirmation), said(pilot)
    return stage.app.screen


async def repeated(pilot: Pilot[int], stage: Stage, key: str, times: int) -> None:
    """Hold a key down."""
    for _ in range(times):
        stage.clock.passed += 0.03
        await pilot.press(key)
    await settle(pilot)


def proposal(change: Change, label: str, request: Request = FLUSH) -> Proposal:
    """A proposal."""
    return Proposal(change, 1561, label, request)


def plain(lines: tuple[tuple[object, ...], ...]) -> list[str]:
    """The text of lines."""
    return ["".join(str(getattr(run, "text", "")) for run in line) for line in lines]


def test_the_whole_request_is_shown_however_long_and_hostile_its_parts_are() -> None:
    body = '{"trigger_type":"hit_rate","description":"' + "y" * 200 + '\\u001b[2J"}'
    lines = plain(requested(Request("POST", "/api/v2/" + "x" * 100, body)))
    joined = "".join(lines)
    assert joined.startswith("POST /api/v2/xxx")
    assert joined.count("x") == 100
    assert joined.count("y") == 200 + 1  # trigger_type
    assert max(map(len, lines)) <= 70
    assert "\x1b" not in joined
    assert '  "trigger_type": "hit_rate",' in lines


def test_what_cannot_be_recorded_is_said_and_foreign_text_is_cleaned() -> None:
    one = Proposal(DeleteCredential(OWN), 1561, "a\x1b[2J", FLUSH, unrecorded="No space left\x07")
    lines = plain(described(one, (), Clean("prod")))
    assert lines[0] == "prod · cache 1561 · label a^[[2J"
    assert lines[3:5] == ["! it will not be recorded, as the audit log cannot be written: No", "space left^G"]


@pytest.mark.parametrize(
    ("name", "label", "first"),
    [
        ("shop", "shop", "shop · cache 1561"),
        ("demo", "shop", "demo · cache 1561 · label shop"),
        ("cache 1561", "", "cache 1561"),
        ("old", "", "old · cache 1561"),
    ],
)
def test_a_cache_is_named_as_in_the_top_line_by_its_id_and_by_its_label(name: str, label: str, first: str) -> None:
    assert plain(described(proposal(Flush(), label), (), Clean(name)))[0] == first


async def test_two_answers_need_a_choice_and_an_enter_that_came_alone() -> None:
    stage, fake = acting()
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        await asked(pilot, stage, ResetStats())
        assert "[ Cancel ]     Reset" in text(pilot)
        await repeated(pilot, stage, "y", 1)
        await repeated(pilot, stage, "space", 1)
        await pilot.click(Answers, offset=(16, 0))
        await pilot.click(Answers, offset=(16, 0))
        assert stage.app.screen.query_one(Answers).chosen == 1
        stage.clock.passed += 0.1
        await repeated(pilot, stage, "enter", 12)
        assert "too close to another key" in text(pilot)
        assert fake.sent == []
        await pressed(pilot, stage, "left", "enter")
        assert not stage.app.screen.is_modal
        for keys in (("escape",), ("q",), ("right", "left", "enter"), ("l", "escape")):
            await asked(pilot, stage, ResetStats())
            await pressed(pilot, stage, *keys)
            assert not stage.app.screen.is_modal
        assert fake.sent == []
        await asked(pilot, stage, ResetStats())
        await pressed(pilot, stage, "tab", "enter")
        assert fake.sent == [ResetStats()]


async def test_the_label_must_be_typed_by_a_hand_and_enter_must_come_alone() -> None:
    stage, fake = acting()
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        await asked(pilot, stage, Flush())
        await pressed(pilot, stage, "enter", "tab", "enter", "q")
        assert "type exactly what is shown" not in text(pilot)
        assert "> q" in text(pilot)
        await pressed(pilot, stage, "ctrl+u")
        await typed(pilot, stage, "prod-cach")
        assert "enter does nothing until it is right" in text(pilot)
        await typed(pilot, stage, "E")
        assert "✗ this is not it: backspace" in text(pilot)
        await pressed(pilot, stage, "enter")
        assert "that is not it" in text(pilot)
        await pressed(pilot, stage, "backspace", "e")
        assert "enter sends it" in text(pilot)
        stage.clock.passed += 0.1
        await repeated(pilot, stage, "enter", 5)
        assert "too close to another key" in text(pilot)
        assert fake.sent == []
        await pressed(pilot, stage, "enter")
        assert fake.sent == [Flush()]


async def test_what_is_pasted_or_poured_in_does_not_count() -> None:
    stage, fake = acting()
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        dialog = await asked(pilot, stage, Flush())
        stage.clock.passed += REST
        dialog.post_message(events.Paste("prod-cache\n"))
        await settle(pilot)
        assert "what is pasted does not count" in text(pilot)
        stage.clock.passed += REST
        await pilot.press(*"prod", "minus", *"cache", "enter")
        await settle(pilot)
        assert "what comes in one go with an enter does not count" in text(pilot)
        await pressed(pilot, stage, "enter")
        assert dialog.query_one(TypedWords).typed == ""
        assert fake.sent == []


async def test_what_was_typed_before_the_question_stood_there_does_not_count() -> None:
    stage, fake = acting()
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        dialog = await asked(pilot, stage, Flush())
        await pilot.press(*"prod", "minus", *"cache")
        await settle(pilot)
        assert "that was typed before this was asked" in text(pilot)
        await pressed(pilot, stage, "enter")
        assert dialog.query_one(TypedWords).typed == ""
        assert fake.sent == []


async def test_letters_that_a_slow_link_brings_together_count_and_so_does_an_enter_right_after_the_last_one() -> None:
    stage, fake = acting()
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        await asked(pilot, stage, Flush())
        for letters in (("p", "r", "o", "d"), ("minus", "c", "a", "c"), ("h",)):
            stage.clock.passed += 0.6
            await pilot.press(*letters)
        stage.clock.passed += 0.1
        await pilot.press("e")
        stage.clock.passed += 0.1
        await pilot.press("enter")
        assert "enter is taken, unless another key comes" in text(pilot)
        assert fake.sent == []
        await settle(pilot)
        assert fake.sent == [Flush()]


async def test_an_enter_that_is_read_with_the_last_letter_says_so_and_leaves_what_was_typed() -> None:
    stage, fake = acting()
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        dialog = await asked(pilot, stage, Flush())
        await typed(pilot, stage, "prod-cach")
        await pilot.press("e", "enter")
        await settle(pilot)
        assert "enter came in one go with other keys: press it alone" in text(pilot)
        assert dialog.query_one(TypedWords).typed == "prod-cache"
        assert fake.sent == []
        await pressed(pilot, stage, "enter")
        assert fake.sent == [Flush()]


async def test_who_locks_mctop_out_types_that_too() -> None:
    stage, fake = acting()
    stage.store.username.set(OWN.sasl_username)
    change = DeleteCredential(OWN)
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        stage.store.credentials.value.set((OWN,))
        await asked(pilot, stage, change)
        assert LOCK_OUT not in text(pilot)
        await typed(pilot, stage, OWN.sasl_username)
        await pressed(pilot, stage, "enter")
        assert LOCK_OUT in text(pilot)
        await pressed(pilot, stage, "enter")
        assert fake.sent == []
        await typed(pilot, stage, LOCK_OUT)
        await pressed(pilot, stage, "enter")
        assert fake.sent == [change]


async def test_it_closes_when_what_it_is_bound_to_changes_or_nobody_answers() -> None:
    stage, fake = acting()
    store = stage.store
    seen = OWN.model_copy(update={"sasl_username": "OTHER"})
    health = store.stats.health.value
    lost = Failure(FailureKind.UNREACHABLE, "GET", "/stats", "refused", 0.0)
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        dialog = await asked(pilot, stage, Flush())
        stage.clock.passed += 59
        dialog.tick()
        assert stage.app.screen is dialog
        stage.clock.passed += 1
        dialog.tick()
        await settle(pilot)
        assert said(pilot).endswith("no answer for 1m: nothing was sent")

        dialog = await asked(pilot, stage, Flush())
        await typed(pilot, stage, "prod-cache")
        store.cache.value.set(samples.cache().model_copy(update={"label": "other"}))
        await pressed(pilot, stage, "enter")
        assert "the cache is another one now: nothing was sent" in said(pilot)
        store.cache.value.set(samples.cache())

        store.credentials.value.set((seen,))
        dialog = await asked(pilot, stage, UpdateCredential(seen, Capabilities(api_capability=True)))
        store.credentials.value.set((seen.model_copy(update={"write_capability": False}),))
        dialog.tick()
        await settle(pilot)
        assert "the credential was changed meanwhile: nothing was sent" in said(pilot)

        dialog = await asked(pilot, stage, ResetStats())
        store.stats.health.set(type(health)(every=5, failure=lost, failures=1))
        dialog.tick()
        await settle(pilot)
        assert "the connection was lost: nothing was sent" in said(pilot)
        stage.app.propose(Flush())
        await settle(pilot)
        assert "the connection was lost: nothing can be changed" in said(pilot)
        assert not stage.app.screen.is_modal
    assert fake.sent == []


async def test_two_enters_in_one_read_send_nothing_and_one_sends_once_however_long_it_is_held_then() -> None:
    stage, fake = acting()
    fake.answered.clear()
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        dialog = await asked(pilot, stage, ResetStats())
        await pressed(pilot, stage, "right")
        stage.clock.passed += REST
        answers = dialog.query_one(Answers)
        for _ in range(2):
            enter = events.Key("enter", "\r")
            enter.time = stage.clock.monotonic()
            answers.post_message(enter)
        await settle(pilot)
        assert "too close to another key" in text(pilot)
        assert fake.sent == []
        await pressed(pilot, stage, "enter")
        assert isinstance(stage.app.screen, Sent)
        await repeated(pilot, stage, "enter", 5)
        answers.post_message(answers.Given(True))
        fake.answered.set()
        await settle(pilot)
    assert fake.sent == [ResetStats()]


async def test_a_program_that_stalls_hears_what_was_pressed_meanwhile_before_it_says_yes() -> None:
    stage, fake = acting()
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        dialog = await asked(pilot, stage, ResetStats())
        await pressed(pilot, stage, "right")
        stage.clock.passed += REST
        assert stage.app.driver is not None
        stage.app.driver.send_message(events.Key("enter", "\r"))
        while not dialog.query_one(Answers).giving:
            await pilot.pause(0)
        stage.clock.passed += 0.03
        stage.app.driver.send_message(events.Key("enter", "\r"))
        time.sleep(2 * QUIET)  # noqa: ASYNC251 - the stall
        await settle(pilot)
        assert "too close to another key" in text(pilot)
        assert fake.sent == []


def test_nothing_here_that_markup_could_run_sends_anything() -> None:
    for kind in (Confirmation, Guard, Answers, TypedWords):
        own = {name for name in vars(kind) if name.startswith("action_")}
        assert own == set()


@pytest.mark.parametrize(
    ("change", "label", "word"),
    [
        (Flush(), "prod-cache", "prod-cache"),
        (Flush(), "y", "y 1561"),
        (Flush(), "Straße", "cache 1561"),
        (DeleteCredential(OWN), "y", "4F2A9C"),
    ],
)
async def test_what_the_screen_calls_it_is_asked_for(change: Change, label: str, word: str) -> None:
    stage, _ = acting(label)
    async with stage.app.run_test(size=(80, 24)) as pilot:
        dialog = await asked(pilot, stage, change)
        assert dialog.word == word
        assert f"to confirm, type {word}" in text(pilot)
