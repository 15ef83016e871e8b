"""What there is to say about a plan: coverage, findings, limits and the gate."""
