"""Keys are typed by people: what a terminal answers is none, however it is cut and whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events, messages

from mctop.ui.terminal.keyboard import Keyboard, escape_patience

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

ANSWERS = {
    "window title": b"\x1b]lFy\x1b\\",
    "icon title": b"\x1b]LFy\x1b\\",
    "colour, ended by a bell": b"\x1b]11;rgb:0000/0000/0000\x07",
    "clipboard": b"\x1b]52;c;Rnk=\x1b\\",
    "a setting": b"\x1bP1$r0;1mFy\x1b\\",
    "a capability": b"\x1bP1+r436f=323536\x1b\\",
    "an application command": b"\x1b_Gi=31;OK\x1b\\",
    "a privacy message": b"\x1b^Fy\x1b\\",
    "a start of string": b"\x1bXFy\x1b\\",
    "an eight-bit title": "\x9dlFy\x9c".encode(),
    "device attributes": b"\x1b[?62;1;2;4c",
    "secondary attributes": b"\x1b[>41;354;0c",
    "status": b"\x1b[0n",
    "window size": b"\x1b[8;24;80t",
    "a mode that nobody asked for": b"\x1b[?9999;2$y",
    "kitty flags": b"\x1b[?25u",
    "an old mouse report": b"\x1b[M Fy",
    "a number that is no character": b"\x1b[99999999999;1u",
    "a number without end": b"\x1b[" + b"9" * 600 + b"u",
    "a broken sequence": b"\x1b[1;\x00",
    "octets that are no text": b"\xff\xfe\xc0",
}
SEQUENCES = {
    "an arrow": b"\x1b[A",
    "an application arrow": b"\x1bOF",
    "a function key": b"\x1b[15~",
    "a console's function key": b"\x1b[[A",
    "an arrow with ctrl": b"\x1b[1;5C",
    "a kitty key": b"\x1b[102;2;70u",
    "a mouse release": b"\x1b[<35;20;5m",
    "a press of the mouse": b"\x1b[<0;20;5M",
    "focus": b"\x1b[I",
    "a paste": b"\x1b[200~Fqy\ny\x1b[201~",
    "synchronized output": b"\x1b[?2026;2$y",
}
NO_TEXT = {"a broken sequence", "octets that are no text", "an eight-bit title"}
DELAYS = (0.0, 0.05, 0.2, 0.5, 0.9)
"""Seconds between two pieces, all within the time for which a given-up escape is remembered."""
LONG_DELAYS = (2.0, 5.0)
"""The same, for what is more than an escape and so no key."""
PIECES = st.lists(st.integers(min_value=1, max_value=6), min_size=1, max_size=12)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_presses_no_key_and_the_next_key_is_heard(answer: str) -> None:
    keyboard = Keyboard()
    assert keys(keyboard.feed(ANSWERS[answer])) == _left_by(answer)
    assert keys(keyboard.feed(b"q")) == ["q"]


@given(st.sampled_from(sorted(ANSWERS)), PIECES)
def test_an_answer_presses_no_key_when_it_comes_in_pieces(answer: str, sizes: list[int]) -> None:
    keyboard = Keyboard()
    rest, pressed = ANSWERS[answer], list[str]()
    for size in sizes:
        pressed += keys(keyboard.feed(rest[:size]))
        rest = rest[size:]
    pressed += keys(keyboard.feed(rest)) + keys(keyboard.feed(b"q"))
    assert pressed == [*_left_by(answer), "q"]


@given(st.sampled_from([b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b^", b"\x1bX", b"\x1b["]), st.binary(max_size=40))
def test_what_never_ends_is_given_up_without_a_key(start: bytes, body: bytes) -> None:
    keyboard = Keyboard()
    unending = bytes(octet for octet in body if octet < 0x80 and octet not in b"\x07\x1b")
    if start == b"\x1b[":
        unending = bytes(octet for octet in unending if octet in b"0123456789;:?")
    assert keys(keyboard.feed(start + unending)) == []
    assert keyboard.patience is not None
    assert keys(keyboard.give_up()) == []
    assert keyboard.patience is not None, "its tail may still come"
    assert keys(keyboard.give_up()) == []
    assert keyboard.patience is None
    assert keys(keyboard.feed(b"q")) == ["q"]


@given(st.binary(max_size=300), PIECES)
def test_no_input_breaks_it(noise: bytes, sizes: list[int]) -> None:
    keyboard = Keyboard()
    for size in sizes:
        list(keyboard.feed(noise[:size]))
        noise = noise[size:]
    list(keyboard.feed(noise))
    list(keyboard.give_up())
    assert keys(keyboard.feed(b"\x1b[201~q"))[-1:] == ["q"]


@pytest.mark.parametrize("name", sorted({*SEQUENCES, *(ANSWERS.keys() - NO_TEXT)}))
def test_a_sequence_that_is_split_anywhere_by_any_delay_presses_no_key_but_its_own(name: str) -> None:
    sequence = (SEQUENCES | ANSWERS)[name]
    own = keys(Keyboard().feed(sequence))
    for cut in range(1, len(sequence)):
        for delay in DELAYS if cut == 1 else DELAYS + LONG_DELAYS:
            pressed = _delayed([sequence[:cut], sequence[cut:]], delay)
            assert pressed in (own, [], ["escape"]), (cut, delay)
    for delay in DELAYS:
        assert _delayed([bytes([octet]) for octet in sequence], delay) in (own, [], ["escape"]), delay


def test_the_key_after_a_late_tail_is_heard() -> None:
    assert _delayed([b"\x1b", b"[A", b"q"], 0.2) == ["escape", "q"]
    assert _delayed([b"\x1b[<35;2", b"0;5mq"], 0.9) == ["q"]
    assert _delayed([b"\x1b", b"q"], 0.2) == ["escape", "q"]


def test_a_bracket_long_after_the_escape_key_is_heard() -> None:
    assert _delayed([b"\x1b", b"["], 2.0) == ["escape", "left_square_bracket"]


@pytest.mark.parametrize("behind", ["device attributes", "clipboard", "status"])
@pytest.mark.parametrize("name", sorted({*SEQUENCES, *(ANSWERS.keys() - NO_TEXT)}))
def test_an_escape_behind_an_answer_is_no_key_however_late_the_rest_comes(name: str, behind: str) -> None:
    sequence = (SEQUENCES | ANSWERS)[name]
    own = keys(Keyboard().feed(sequence))
    for delay in DELAYS + LONG_DELAYS:
        assert _delayed([ANSWERS[behind] + sequence[:1], sequence[1:], b"q"], delay) in ([*own, "q"], ["q"]), delay


def test_an_escape_behind_an_answer_that_nothing_follows_loses_no_other_key() -> None:
    assert _delayed([b"\x1b[0n\x1b", b"q"], 2.0) == ["q"]
    assert _delayed([b"\x1b[0n\x1b", b"q"], 9.0) == ["q"]
    assert _delayed([b"\x1b[0n", b"\x1b", b"q"], 0.2) == ["escape", "q"]


def test_an_escape_behind_a_move_of_the_mouse_waits_longer_and_is_the_key() -> None:
    keyboard = Keyboard()
    assert keys(keyboard.feed(b"\x1b[<35;20;5m\x1b")) == []
    assert keyboard.patience == pytest.approx(0.5)
    assert keys(keyboard.give_up()) == ["escape"]
    assert keys(keyboard.feed(b"[<35;20;6m")) == []


@pytest.mark.parametrize("word", ["order", "Order", "Preview", "[test]", "[mm]", "]x", "q"])
def test_a_name_that_is_typed_right_after_the_escape_key_is_whole(word: str) -> None:
    letters = [letter.encode() for letter in word]
    assert _delayed([b"\x1b", *letters], 0.2)[1:] == keys(Keyboard().feed(word.encode()))
    assert _delayed([b"\x1b", word.encode()], 0.2)[1:] == keys(Keyboard().feed(word.encode()))


def test_a_paste_whose_escape_was_given_up_is_still_a_paste() -> None:
    keyboard = Keyboard()
    list(keyboard.feed(b"\x1b[0n\x1b"))
    list(keyboard.give_up())
    (paste,) = keyboard.feed(b"[200~Fq\x1b[201~")
    assert isinstance(paste, events.Paste)


def test_a_paste_that_stalls_is_still_a_paste() -> None:
    keyboard = Keyboard()
    assert list(keyboard.feed(b"\x1b[200~Fq")) == []
    assert keyboard.patience is None
    (paste,) = keyboard.feed(b"y\x1b[201~")
    assert isinstance(paste, events.Paste)
    assert paste.text == "Fqy"


@pytest.mark.parametrize("interrupt", [b"\x03", b"\x1b[99;5u"])
def test_a_paste_that_never_ends_is_ended_by_an_interrupt(interrupt: bytes) -> None:
    keyboard = Keyboard()
    list(keyboard.feed(b"\x1b[200~Fq"))
    assert keys(keyboard.feed(interrupt)) == ["ctrl+c"]
    assert keys(keyboard.feed(b"q")) == ["q"]


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [
        ({}, 0.1),
        ({"SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22"}, 0.5),
        ({"SSH_TTY": "/dev/pts/1"}, 0.5),
        ({"ESCDELAY": "25"}, 0.025),
        ({"ESCDELAY": "800", "SSH_TTY": "/dev/pts/1"}, 0.8),
        ({"ESCDELAY": "60000"}, 5.0),
        ({"ESCDELAY": "-1"}, 0.1),
        ({"ESCDELAY": "9" * 5000}, 0.1),
    ],
)
def test_escdelay_says_how_long_an_escape_waits_and_ssh_makes_it_longer(
    environ: dict[str, str], seconds: float
) -> None:
    assert escape_patience(environ) == pytest.approx(seconds)
    keyboard = Keyboard(escape_patience(environ))
    list(keyboard.feed(b"\x1b"))
    assert keyboard.patience == pytest.approx(seconds)


def test_an_answer_without_end_is_not_kept() -> None:
    keyboard = Keyboard()
    list(keyboard.feed(b"\x1b]"))
    for _ in range(100):
        assert keys(keyboard.feed(b"y" * 4096)) == []
    assert keys(keyboard.feed(b"\x1b\\q")) == ["q"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (b"q", ["q"]),
        (b"F", ["F"]),
        ("é鍵".encode(), ["é", "鍵"]),
        (b"\r", ["enter"]),
        (b"\t\x7f", ["tab", "backspace"]),
        (b"\x03", ["ctrl+c"]),
        (b"\x1b[A\x1b[B", ["up", "down"]),
        (b"\x1bOP", ["f1"]),
        (b"\x1b[[A", ["f1"]),
        (b"\x1b[15~", ["f5"]),
        (b"\x1b[1;5C", ["ctrl+right"]),
        (b"\x1b[Z", ["shift+tab"]),
        (b"\x1b[113;;113u", ["q"]),
        (b"\x1b[27u", ["escape"]),
        (b"\x1b[102;2;70u", ["F"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
        (b"\x1b\x1b", ["escape"]),
        (b"a\x1b[Ab", ["a", "up", "b"]),
    ],
)
def test_what_people_type_is_heard(typed: bytes, expected: list[str]) -> None:
    assert keys(Keyboard().feed(typed)) == expected


def test_a_lone_escape_is_the_key_once_nothing_follows() -> None:
    keyboard = Keyboard()
    assert keys(keyboard.feed(b"\x1b")) == []
    assert keyboard.patience == pytest.approx(0.1)
    assert keys(keyboard.give_up()) == ["escape"]


def test_a_paste_is_one_message_and_presses_nothing() -> None:
    keyboard = Keyboard()
    said = [
        *keyboard.feed(b"\x1b[200~F\ny\x1b]0;q"),
        *keyboard.feed(b"\x07\x1b[A\x00end\x1b[201~"),
        *keyboard.feed(b"q"),
    ]
    paste, key = said
    assert isinstance(paste, events.Paste)
    assert paste.text == "F\ny]0;q[Aend"
    assert isinstance(key, events.Key)


def test_mouse_focus_and_the_promise_to_show_frames_at_once_are_understood() -> None:
    kinds = [type(said) for said in Keyboard().feed(b"\x1b[<0;5;3M\x1b[<0;5;3m\x1b[O\x1b[I\x1b[?2026;2$y")]
    assert kinds == [
        events.MouseDown,
        events.MouseUp,
        events.AppBlur,
        events.AppFocus,
        messages.TerminalSupportsSynchronizedOutput,
    ]


def keys(said: Iterable[Message]) -> list[str]:
    """The keys among the messages."""
    return [message.key for message in said if isinstance(message, events.Key)]


def _delayed(pieces: list[bytes], delay: float) -> list[str]:
    """The keys of pieces which arrive `delay` seconds apart, given up as the driver's timer does it."""
    keyboard, pressed = Keyboard(), list[str]()
    for piece in pieces:
        pressed += keys(keyboard.feed(piece))
        left = delay
        while (patience := keyboard.patience) is not None and patience <= left:
            left -= patience
            pressed += keys(keyboard.give_up())
    return pressed


def _left_by(answer: str) -> list[str]:
    """The one control character that breaks off a sequence is the key it is."""
    return ["ctrl+@"] if answer == "a broken sequence" else []
