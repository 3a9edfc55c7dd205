"""What a question is, and where questions come from."""
