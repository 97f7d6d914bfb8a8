"""Which words changed, and how much each change matters."""
