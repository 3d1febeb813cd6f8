"""The themes: dark, light, the terminal's own colours, and the greatest contrast.

Good is a blue-green, fair an orange and poor a vermilion: they differ in brightness too, so that no kind of colour
vision is asked to tell them apart by hue alone.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="dark",
    primary="#58a6d6",
    secondary="#8d9fb3",
    accent="#e6b450",
    success="#3fb995",
    warning="#e6a23c",
    error="#f0654a",
    foreground="#d5dae1",
    background="#10151c",
    surface="#161d26",
    panel="#1d2631",
    variables={
        "text-primary": "#58a6d6",
        "text-secondary": "#b48ee0",
        "text-success": "#3fb995",
        "text-warning": "#e6a23c",
        "text-error": "#f0654a",
        "text-accent": "#e6b450",
        "text-muted": "#8b97a6",
        "text-disabled": "#5b6675",
        "trend": "#39698c",
        "scrollbar": "#33475a",
        "scrollbar-background": "#161d26",
        "rule": "#2d3a48",
        "heading": "#aab6c4",
        "value": "#f2f5f8",
        "block-cursor-background": "#2b587a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#1d2b38",
    },
)

LIGHT = Theme(
    name="light",
    dark=False,
    primary="#0b5f98",
    secondary="#5a6675",
    accent="#8a5a00",
    success="#00735c",
    warning="#9a5b00",
    error="#b3321b",
    foreground="#24292f",
    background="#fbfbf9",
    surface="#f1f1ee",
    panel="#e8e8e4",
    variables={
        "text-primary": "#0b5f98",
        "text-secondary": "#6b3fa0",
        "text-success": "#00735c",
        "text-warning": "#9a5b00",
        "text-error": "#b3321b",
        "text-accent": "#8a5a00",
        "text-muted": "#5f6873",
        "text-disabled": "#8f979f",
        "trend": "#7fb0d4",
        "scrollbar": "#b9c2ca",
        "scrollbar-background": "#f1f1ee",
        "rule": "#cfd3d6",
        "heading": "#47515c",
        "value": "#0d1117",
        "block-cursor-background": "#bcd9ee",
        "block-cursor-foreground": "#0d1117",
        "block-cursor-blurred-background": "#e3ebf1",
    },
)

CONTRAST = Theme(
    name="contrast",
    primary="#6cc7ff",
    secondary="#ffffff",
    accent="#ffe14d",
    success="#4dffc3",
    warning="#ffc14d",
    error="#ff8a70",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    variables={
        "text-primary": "#6cc7ff",
        "text-secondary": "#e0b3ff",
        "text-success": "#4dffc3",
        "text-warning": "#ffc14d",
        "text-error": "#ff8a70",
        "text-accent": "#ffe14d",
        "text-muted": "#d0d0d0",
        "text-disabled": "#b0b0b0",
        "trend": "#6cc7ff",
        "scrollbar": "#b0b0b0",
        "scrollbar-background": "#1a1a1a",
        "rule": "#8a8a8a",
        "heading": "#ffffff",
        "value": "#ffffff",
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#333333",
    },
)

ANSI = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_magenta",
    accent="ansi_cyan",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "trend": "ansi_blue",
        "text-disabled": "ansi_bright_black",
        "rule": "ansi_bright_black",
        "heading": "ansi_default",
        "value": "ansi_default",
        "text-muted": "ansi_default",
        "block-cursor-background": "ansi_blue",
        "block-cursor-foreground": "ansi_white",
        "block-cursor-blurred-background": "ansi_default",
    },
)

THEMES = (DARK, LIGHT, ANSI, CONTRAST)
