"""What the user asked of the screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UiOptions:
    """`window` is how many seconds charts and trends span; `label` names the cache until the API does.

    `view` is opened first, the first of all if it is "".
    """

    theme: str = "dark"
    read_only: bool = False
    lean: bool = False
    window: int = 21_600
    label: str = ""
    view: str = ""
