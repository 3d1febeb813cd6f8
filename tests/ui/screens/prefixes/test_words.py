"""What is asked and said about watching."""

import pytest

from mctop.store.outcome import Outcome, Result
from mctop.ui.screens.prefixes.words import answer, question

LIMIT = "A cache watches at most 20 prefixes."


@pytest.mark.parametrize(
    ("outcome", "watch", "said"),
    [
        (Outcome(Result.DONE), True, "cart: is watched now; its statistics come within a minute"),
        (Outcome(Result.DONE), False, "cart: is not watched now"),
        (Outcome(Result.NOT_DONE, words=LIMIT), True, f"cart: was not watched: {LIMIT}"),
        (Outcome(Result.DONE, read_back=True, words="no answer within 10 s"), True,
         "no clear answer came (no answer within 10 s), but cart: is watched now"),
        (Outcome(Result.NOT_DONE, read_back=True, words="lost"), False,
         "no clear answer came (lost), and cart: is watched: try again"),
        (Outcome(Result.UNKNOWN, read_back=True, words="lost"), False,
         "whether cart: was unwatched is not known: no clear answer came (lost), and none now; r looks again"),
    ],
)  # fmt: skip
def test_every_outcome_says_what_is_so_now(outcome: Outcome, watch: bool, said: str) -> None:
    assert answer("cart:", outcome, watch=watch) == said


def test_foreign_text_is_cleaned_in_questions_and_answers() -> None:
    asked = "".join(run.text for line in question("a\x1b[2Jb", watch=True) for run in line)
    assert asked.startswith("Watch a^[[2Jb?")
    assert "\x07" not in answer("a\x07", Outcome(Result.NOT_DONE, words="b\x07"), watch=True)
