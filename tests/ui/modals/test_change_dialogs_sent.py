"""What is told of a change that was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from mctop.store.changes.cache_changes import Flush, RotateSso
from mctop.store.changes.credential_changes import CreateCredential
from mctop.store.changes.outcome import Outcome, Result
from mctop.ui.modals.change_dialogs import Sent
from mctop.ui.words.change_text import MASK, folded, outcome_keys, outcome_lines, under_way
from mctop.ui.words.text import clean
from tests.ui.acting import acting, pressed, said, settle, text

if TYPE_CHECKING:
    from mctop.store.changes.change import Change

CANARY = "canary-8d1f-canary"
MADE = Outcome(Result.DONE, detail="9C01AA", secret=SecretStr(CANARY))


def plain(lines: tuple[tuple[object, ...], ...]) -> str:
    """The text of lines."""
    return "\n".join("".join(str(getattr(run, "text", "")) for run in line) for line in lines)


def test_while_no_answer_came_it_says_for_how_long_and_that_nothing_can_be_recalled() -> None:
    assert "on its way for 2s, no answer yet" in plain(under_way(2.9, warned=False))
    assert "cannot be recalled" in plain(under_way(2.9, warned=True))


def test_a_secret_is_masked_until_it_is_to_be_shown() -> None:
    hidden = plain(outcome_lines(CreateCredential(), MADE, shown=False, warned=False))
    assert CANARY not in hidden
    assert f"password  {MASK}" in hidden
    assert "username  9C01AA" in hidden
    assert f"password  {CANARY}" in plain(outcome_lines(CreateCredential(), MADE, shown=True, warned=False))


def test_what_the_server_says_is_cleaned_and_folded() -> None:
    outcome = Outcome(Result.NOT_DONE, words="no \x1b[2J " + "word " * 30, detail="x\x07")
    lines = plain(outcome_lines(Flush(), outcome, shown=False, warned=False))
    assert "✗ not done" in lines
    assert "the cache was not flushed: no ^[[2J" in lines
    assert "\x07" not in lines
    assert max(map(len, lines.splitlines())) <= 70
    assert folded("a" * 150) == ("a" * 70, "a" * 70, "a" * 10)


@pytest.mark.parametrize(
    ("change", "listed", "said"),
    [
        (CreateCredential(), True, "the list of credentials has it too"),
        (CreateCredential(), False, "it is not shown again"),
        (RotateSso(), False, "it is not shown again"),
    ],
)
def test_it_is_said_whether_a_secret_can_be_seen_again(change: Change, listed: bool, said: str) -> None:
    outcome = Outcome(Result.DONE, secret=SecretStr(CANARY))
    assert plain(outcome_lines(change, outcome, shown=False, warned=False, listed=listed)).endswith(said)
    lost = plain(outcome_lines(change, outcome, shown=False, warned=True, listed=listed))
    assert lost.endswith("it is lost then") != (said == "the list of credentials has it too")


@pytest.mark.parametrize(
    ("outcome", "warned", "said"),
    [
        (None, False, "esc leaves it to itself"),
        (None, True, "esc again leaves"),
        (Outcome(Result.NOT_DONE), False, "esc closes"),
        (MADE, False, "v shows it for 15s · y copies it · esc closes"),
        (MADE, True, "v shows it for 15s · y copies it · esc again closes all the same"),
    ],
)
def test_the_keys_that_are_named_are_those_that_do_something_now(
    outcome: Outcome | None, warned: bool, said: str
) -> None:
    assert outcome_keys(outcome, shown=False, warned=warned) == said


async def test_esc_says_first_that_it_cannot_be_recalled_then_leaves_and_the_outcome_is_a_toast() -> None:
    stage, fake = acting()
    fake.answered.clear()
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        stage.app.propose(CreateCredential())
        await settle(pilot)
        await pressed(pilot, stage, "right", "enter")
        assert isinstance(stage.app.screen, Sent)
        await pressed(pilot, stage, "escape")
        assert "cannot be recalled" in text(pilot)
        await pressed(pilot, stage, "escape")
        assert not stage.app.screen.is_modal
        fake.outcome = Outcome(Result.UNKNOWN, read_back=True, words="no answer within 10 s")
        fake.answered.set()
        await settle(pilot)
        assert said(pilot).startswith("whether a credential was created is not known")


async def test_a_secret_is_seen_for_15_s_copied_without_a_word_of_it_and_not_lost_by_one_esc(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage, fake = acting()
    fake.outcome = MADE
    seen: list[str] = []
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        monkeypatch.setattr(stage.app, "copy_to_clipboard", seen.append)
        stage.app.propose(CreateCredential())
        await settle(pilot)
        await pressed(pilot, stage, "right", "enter")
        assert "✓ done" in text(pilot)
        await pressed(pilot, stage, "escape")
        assert "neither shown nor copied" in text(pilot)
        assert CANARY not in stage.app.export_screenshot()
        await pressed(pilot, stage, "v")
        assert CANARY in text(pilot)
        stage.clock.passed += 15
        assert isinstance(stage.app.screen, Sent)
        stage.app.screen.tick()
        await settle(pilot)
        assert CANARY not in stage.app.export_screenshot()
        await pressed(pilot, stage, "y")
        assert seen == [CANARY]
        assert said(pilot) == "the password was sent to the terminal, which does not say whether it took it"
        await pressed(pilot, stage, "escape")
        assert not stage.app.screen.is_modal


async def test_a_secret_that_comes_after_the_dialog_was_left_is_shown_in_another() -> None:
    stage, fake = acting()
    fake.answered.clear()
    fake.outcome = Outcome(Result.DONE, secret=SecretStr(CANARY))
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        stage.app.propose(RotateSso())
        await settle(pilot)
        screen = stage.app.screen
        screen.dismiss(True)
        await settle(pilot)
        await pressed(pilot, stage, "escape", "escape")
        assert not stage.app.screen.is_modal
        fake.answered.set()
        await settle(pilot)
        assert isinstance(stage.app.screen, Sent)
        assert f"SSO secret  {MASK}" in text(pilot)
        assert said(pilot) == ""
    assert fake.sent == [RotateSso()]


async def test_a_key_that_comes_before_the_dialog_stands_does_no_harm() -> None:
    stage, fake = acting()
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        proposal = fake.propose(CreateCredential())
        sent = Sent(proposal, stage.store, stage.clock, clean("shop"))
        stage.app.push_screen(sent)
        sent.action_close()
        await settle(pilot)
        assert "cannot be recalled" in text(pilot)
