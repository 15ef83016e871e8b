"""Proof of coverage: appendices that show where each thing that is asked is answered."""
