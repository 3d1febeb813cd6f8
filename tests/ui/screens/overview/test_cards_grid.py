"""A card more is seen without another edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.store.series.series_set import Wanted
from mctop.ui.layout.bands import MARGIN
from mctop.ui.screens.overview import cards
from mctop.ui.screens.overview.arrangement import CARDS, LEAST_CARD, Contents, arrange, card_columns
from mctop.ui.stats import AUTHENTICATIONS, CAS_CONFLICTS
from mctop.ui.widgets.card import Card, CardFace
from tests.ui import samples
from tests.ui.stage import ready

if TYPE_CHECKING:
    from mctop.ui.screens.overview.picture import OverviewPicture
    from tests.ui.stage import Stage


@pytest.fixture
def ten_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cards more, as someone writes them."""
    monkeypatch.setattr(cards, "OVERVIEW_CARDS", [*cards.OVERVIEW_CARDS])

    @cards.card(AUTHENTICATIONS)
    def authentications_card(picture: OverviewPicture) -> CardFace:
        value = picture.newest.value(AUTHENTICATIONS)
        return CardFace(AUTHENTICATIONS.title, AUTHENTICATIONS.text(value))

    @cards.card(CAS_CONFLICTS)
    def conflicts_card(picture: OverviewPicture) -> CardFace:
        return CardFace(CAS_CONFLICTS.title, CAS_CONFLICTS.text(picture.newest.value(CAS_CONFLICTS)))


@pytest.mark.usefixtures("ten_cards")
@pytest.mark.parametrize("size", [(80, 24), (120, 30), (160, 48), (40, 10)])
async def test_a_ninth_and_a_tenth_card_are_seen_whole_and_apart_from_all_others(
    stage: Stage, size: tuple[int, int]
) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test(size=size) as pilot:
        await ready(pilot)
        panel = stage.overview.query_one(cards.CardPanel)
        shown = list(stage.overview.query(Card))
        assert [card.face.title for card in shown if card.face][8:] == ["Authentications", "Cas conflicts"]
        assert stage.overview.pages.page == 0
        for card in shown:
            assert card.region.width > 0
            assert card.region.height >= LEAST_CARD
            assert panel.region.contains_region(card.region)
            assert not any(other.region.overlaps(card.region) for other in shown if other is not card)


@pytest.mark.usefixtures("ten_cards")
async def test_what_a_new_card_reads_is_fetched_and_no_longer_once_it_is_hidden(stage: Stage) -> None:
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        assert {AUTHENTICATIONS.id, CAS_CONFLICTS.id} <= stage.store.insight.wanted.value.names
        await pilot.press("2")
        await pilot.pause()
        assert AUTHENTICATIONS.id not in stage.store.insight.wanted.value.names
    assert stage.store.insight.wanted.value == Wanted()


@given(st.integers(1, 40), st.integers(40, 320), st.integers(8, 120))
def test_there_is_room_for_every_card_in_its_rows(count: int, width: int, height: int) -> None:
    place = next(place for place in arrange(width, height, Contents(count)).places if place.panel == CARDS)
    columns = card_columns(count, place.width, place.height)
    rows = -(-count // columns)
    assert columns == card_columns(count, width - 2 * MARGIN, height)
    assert place.height == rows * (place.height // rows)
    assert LEAST_CARD <= place.height // rows <= 5


@pytest.mark.parametrize(
    ("size", "grid"), [((80, 22), (4, 8)), ((120, 28), (4, 8)), ((160, 46), (4, 10)), ((40, 22), (2, 8))]
)
def test_eight_cards_stand_as_they_do_on_the_screens_that_people_have(
    size: tuple[int, int], grid: tuple[int, int]
) -> None:
    place = arrange(*size, Contents(8)).places[0]
    assert (card_columns(8, place.width, place.height), place.height) == grid
