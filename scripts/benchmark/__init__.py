"""What scripts/bench measures: texts with known links, processes, peers, and the page that tells the result."""
