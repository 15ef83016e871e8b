"""The answers file: read, saved, merged, kept and brought up to date."""
