"""An answer and a question in, a mark out; no I/O, no screen, no chance."""
