"""An independent reading of what reached the terminal: mctop's own sequences, and whatever else there is."""

import re

_OWN = re.compile(
    rb"\x1b\[[0-9;]*m"  # colours
    rb"|\x1b\[[0-9]+;[0-9]+H|\x1b\[[0-9]+C"  # where to draw
    rb"|\x1b\[6n|\x1b\[2K"  # the question about signs, which are wiped away
    rb"|\x1b\[\?(?:7|25|1000|1003|1004|1006|1049|2004|2026)[hl]"  # modes
    rb"|\x1b\[>25u|\x1b\[<u|\x1b\[\?2026\$p"  # keyboard protocol, and the question about whole frames
    rb"|\r\n"
)
_FOREIGN = re.compile(
    rb"[\x00-\x1f\x7f][ -~]{0,12}|\xc2[\x80-\x9f]"  # C0, DEL, C1
    rb"|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xed[\xa0-\xbf]"  # directions, lines, surrogates
)


def foreign(raw: bytes) -> list[bytes]:
    """Control and bidirectional characters that are no part of a sequence that mctop sends itself."""
    return _FOREIGN.findall(_OWN.sub(b"", raw))
