"""The conversation as a state machine over events; no I/O, no screen."""
