"""How true a panel is where the API itself says that it is not exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.text import clean

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo, Grade

IMPOSSIBLE, APPROXIMATE = "impossible", "approximate"
LONGEST = 200


def graded(info: CacheInfo | None, of: str) -> Grade | None:
    """The grade of an operation, or of a field of one, for all servers together; None where there is none."""
    return next((one for one in info.grades if one.of == of and not one.server), None) if info else None


def brief(grade: Grade | None) -> str:
    """A grade in a few words: `sampled 98 % · gets only`; "" for what is exact."""
    if grade is None or grade.grade not in (APPROXIMATE, IMPOSSIBLE):
        return ""
    parts = [_share(grade.share), clean(grade.note.partition(":")[0], 24) if ":" in grade.note else ""]
    return " · ".join(part for part in parts if part) or grade.grade


def reason(grade: Grade | None) -> str:
    """Why there is nothing to see; "" where that is not the grade's doing."""
    return clean(grade.note, LONGEST) if grade is not None and grade.grade == IMPOSSIBLE else ""


def unkept(info: CacheInfo | None) -> str:
    """Why the history is not kept as it should be, in clean words; "" where it is."""
    grade = graded(info, "processed_stats")
    return clean(grade.note, LONGEST) if grade is not None and grade.grade == APPROXIMATE else ""


def troubles(info: CacheInfo | None) -> tuple[tuple[str, str], ...]:
    """Each server that something is wrong with, raw, and what, in clean words."""
    return tuple((one.server, clean(one.note, LONGEST)) for one in info.grades if one.server) if info else ()


def trouble(info: CacheInfo | None, server: str) -> str:
    """What is wrong with one server, in clean words; "" for nothing."""
    return dict(troubles(info)).get(server, "")


def _share(share: float | None) -> str:
    """A part that was seen, rounded down: only all of it is 100 %."""
    return "" if share is None else f"sampled {int(max(0.0, min(1.0, share)) * 100)} %"
