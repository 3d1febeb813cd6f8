"""What is told before a prefix is watched or unwatched."""

from mctop.ui.renderables.runs import Run

WATCHING = ((Run("The API collects statistics for its keys from then on."),),)
UNWATCHING = ((Run("The statistics that were collected for it may be lost."),),)
