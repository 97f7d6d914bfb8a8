"""The pages, a module each: ``ROUTES``, and ``NAV`` (names of sentences, addresses) where the top leads to it."""
