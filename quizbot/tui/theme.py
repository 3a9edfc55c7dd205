"""quizbot's own colours: a calm dark and a calm light one. Meaning never hangs on colour alone."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="quizbot-dark",
    primary="#8fb4e8",
    secondary="#b9a3e3",
    accent="#e8b86d",
    success="#8cc9a1",
    warning="#e8b86d",
    error="#e58b8b",
    foreground="#dfe3ea",
    background="#14171d",
    surface="#1a1e26",
    panel="#232934",
    dark=True,
    variables={
        "quiet": "#8a93a3",
        "border": "#39424f",
        "footer-key-foreground": "#8fb4e8",
        "input-selection-background": "#8fb4e8 35%",
    },
)

LIGHT = Theme(
    name="quizbot-light",
    primary="#2f5f9e",
    secondary="#6b4fa0",
    accent="#9a6412",
    success="#2c7347",
    warning="#9a6412",
    error="#a83a3a",
    foreground="#22262e",
    background="#faf9f6",
    surface="#f2f0ea",
    panel="#e6e3da",
    dark=False,
    variables={
        "quiet": "#6d6a61",
        "border": "#c3beb0",
        "footer-key-foreground": "#2f5f9e",
        "input-selection-background": "#2f5f9e 25%",
    },
)
