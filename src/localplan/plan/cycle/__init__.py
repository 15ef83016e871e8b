"""From one plan to the next: what is carried, cleared, doubted and changed."""
