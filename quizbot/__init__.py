"""quizbot: a chat partner in the terminal for practising machine-learning-engineer interviews."""

__version__ = "0.1.0"
