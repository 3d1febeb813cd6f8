"""Marks on the time axis."""

from mctop.store.base.marks import MOST_MARKS, Mark, MarkKind, marked


def test_marks_are_kept_in_the_order_they_came_and_the_oldest_of_too_many_go() -> None:
    marks = tuple(Mark(time, MarkKind.FLUSH) for time in range(MOST_MARKS))
    more = marked(marks, Mark(-1, MarkKind.PERSON, "here"))
    assert len(more) == MOST_MARKS
    assert more[0].time == 1
    assert more[-1].note == "here"
