"""The interview: the one room that asks."""
