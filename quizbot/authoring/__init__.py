"""For people who write banks. Knows no records and reads no files: what it needs is passed in."""
