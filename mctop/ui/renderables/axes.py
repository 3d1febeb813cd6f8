"""Axes, ticks and labels of charts, drawn by plotext; the only importer of plotext."""

import plotext as plotext
