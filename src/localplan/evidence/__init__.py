"""Reads public data files into series of figures."""
