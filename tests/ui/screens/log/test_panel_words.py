"""What is said around the rows."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mctop.api.models.log_filter import parse_filter
from mctop.store.log.filters import Sifted
from mctop.ui.screens.log.filters import FilterStack
from mctop.ui.screens.log.panel import following, rates_line, shown_line, stopped
from mctop.ui.screens.log.rows import LogRates
from tests.ui.screens.log.rows import entry, gap, sifted

ROWS = (
    entry(0, 0, "session:1"), entry(1, 1, "", "STATS"), entry(2, 2, "session:2", "SET"), entry(3, 3, "user:1"),
)  # fmt: skip
ASKED = FilterStack((parse_filter("session"), parse_filter("cmd:set", excludes=True)))
RATES = LogRates(60, (("GET", "HIT", 12.34), ("GET", "MISS", 2.0), ("", "", 0.02)), least=False)


def said(asked: FilterStack, width: int = 200) -> str:
    return "".join(run.text for run in shown_line(sifted(*ROWS, sieve=asked.sieve), asked, width))


def rated(found: LogRates | None, width: int = 200) -> str:
    return "".join(run.text for run in rates_line(found, width))


def test_own_polling_is_hidden_and_said_to_be() -> None:
    assert (
        said(FilterStack()) == "3 of 4 shown  1 of mctop's own STATS/AUTH hidden  since 00:00:00Z, 50,000 held at most"
    )
    assert said(FilterStack(with_own=True)).startswith("4 of 4 shown  mctop's own STATS/AUTH shown")


def test_where_there_is_little_room_it_is_said_briefly() -> None:
    assert said(FilterStack(), 60) == "3 of 4 shown  1 of mctop's own STATS/AUTH hidden"
    assert said(FilterStack(), 40) == "3 of 4 shown  1 own hidden"
    assert said(FilterStack(with_own=True), 30) == "4 of 4 shown  own shown"


def test_each_filter_says_how_much_it_hides() -> None:
    assert said(ASKED).startswith("1 of 4 shown  /session −1  !cmd:set −1  1 of mctop's own")


def test_a_filter_that_is_typed_counts_already() -> None:
    assert "/user −2" in said(FilterStack(draft=parse_filter("user")))


def test_highlighting_hides_nothing_and_says_so() -> None:
    assert said(FilterStack(ASKED.filters, highlights=True)).startswith("1 of 4 marked")
    assert said(FilterStack(highlights=True)).startswith("3 of 4 shown")


def test_filters_that_have_no_room_are_counted() -> None:
    assert said(ASKED, 45) == "1 of 4 shown  /session −1  !cmd:set −1"
    assert said(ASKED, 35) == "1 of 4 shown  /session −1  +1 more"
    assert said(ASKED, 24) == "1 of 4 shown  +2 more"


def test_what_was_forgotten_is_counted() -> None:
    one = sifted(*ROWS)
    more = Sifted(one.sieve, type(one.tail)(one.tail.rows, forgotten=12_345), one.verdicts)
    assert "50,000 held at most, 12.3k older are gone" in "".join(r.text for r in shown_line(more, FilterStack(), 200))


def test_gaps_are_counted() -> None:
    one = sifted(*ROWS, gap(9, 9))
    assert (
        "".join(run.text for run in shown_line(one, FilterStack(), 60))
        == "3 of 5 shown  1 gap  1 of mctop's own STATS/AUTH hidden"
    )


def test_rates_say_of_what_and_over_how_long() -> None:
    assert rated(RATES) == "lines/s over 1m  GET HIT 12/s  GET MISS 2.0/s  no command <0.1/s"
    assert rated(LogRates(42, RATES.rates[:1], least=True)) == "lines/s over 42s, at least  GET HIT 12/s"
    assert rated(LogRates(42, (), least=False)) == "lines/s over 42s  none"
    assert "less than a second" in rated(None)


def test_rates_that_have_no_room_are_counted() -> None:
    assert rated(RATES, 50) == "lines/s over 1m  GET HIT 12/s  +2 more"


def test_the_heading_says_whether_the_end_is_followed_and_how_far_it_is_behind() -> None:
    assert following(2.4, 1.0, 3)[0] == "following · lag 2s · polled every 1s · 3 servers"
    assert following(None, 5.0, 1)[0] == "following · polled every 5s · 1 server"
    assert stopped(132)[0] == "stopped · 132 newer below · G follows"
    assert stopped(132, 3_661.0)[0] == "it begins after 01:01:01Z · 132 newer below · G follows"
    assert stopped(0)[0] == "stopped · nothing newer · G follows"


@given(st.text(min_size=1, max_size=60), st.integers(1, 120))
def test_whatever_is_typed_no_line_is_wider_than_its_place(text: str, width: int) -> None:
    asked = FilterStack((parse_filter(f'"x{text.replace(chr(34), "")}"'),) * 3)
    assert cell_len(said(asked, width)) <= width
    assert cell_len(rated(LogRates(60, ((text, text, 1.0),) * 4, least=True), width)) <= width
