"""Gaps among the rows that are filtered."""

from mctop.api.models.log_filter import parse_filter
from mctop.store.log.filters import hides
from mctop.store.log.tail import Gap, GapEntry

GAP = GapEntry(9, 12.0, Gap("mc1.example.com:11211", 11.0, 12.0, 30))


def test_a_gap_is_hidden_only_for_its_server() -> None:
    assert not hides(parse_filter("cmd:get session"))(GAP)
    assert not hides(parse_filter("server:mc1 cmd:get"))(GAP)
    assert hides(parse_filter("server:mc2"))(GAP)
    assert hides(parse_filter("server:mc1", excludes=True))(GAP)
    assert not hides(parse_filter("server:mc1 cmd:get", excludes=True))(GAP)
    assert not hides(parse_filter("session", excludes=True))(GAP)
