"""Two documents side by side, as tracked changes and as a report."""
