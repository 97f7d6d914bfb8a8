"""Which old and new paragraphs belong together."""
