"""The rows of credentials."""

from __future__ import annotations

from mctop.ui.modals.credentials.text import COLUMNS, credential_row, unseen
from mctop.ui.renderables.table import fit
from tests.ui.modals.credentials.keyring import CANARY, KNOWN, OWN, credential


def test_a_row_says_what_a_credential_is_and_may_do() -> None:
    row = credential_row(KNOWN[0], OWN, "v2")
    assert row.key == OWN
    assert [cell.text for cell in row.cells] == [
        OWN, "★ primary", "▸ mctop", "✓ yes", "✓ yes", "✓ yes", "••••••••"
    ]  # fmt: skip
    other = credential_row(KNOWN[2], OWN, "v2")
    assert [cell.text for cell in other.cells][1:6] == ["", "", "· no", "· no", "✓ yes"]


def test_no_row_holds_a_password_or_its_length() -> None:
    shown = [credential_row(one, OWN, "v2") for one in KNOWN]
    assert CANARY not in repr(shown)
    assert len({row.cells[-1].text for row in shown}) == 1


def test_where_the_api_shows_no_password_the_row_says_which_one_does_not() -> None:
    one = credential("4F2A9C", shown=False)
    assert (credential_row(one, "", "v1").cells[-1].text, unseen("v1")) == ("not in v1", "API v1 does not show it")
    assert (credential_row(one, "", "v2").cells[-1].text, unseen("v2")) == ("not told", "the API does not show it")


def test_nobody_is_mctop_while_its_username_is_not_known() -> None:
    assert credential_row(credential(""), "", "v2").cells[2].text == ""


def test_hostile_usernames_are_shown_clean_and_kept_raw() -> None:
    row = credential_row(credential("evil\x1b[2J[b]"), OWN, "v2")
    assert row.key == "evil\x1b[2J[b]"
    assert row.cells[0].text == "evil^[[2J[b]"


def test_what_the_narrowest_screen_leaves_out_is_at_most_the_password() -> None:
    assert [place.column.id for place in fit(COLUMNS, 72)] == [column.id for column in COLUMNS]
    assert "api" in [place.column.id for place in fit(COLUMNS, 56)]
