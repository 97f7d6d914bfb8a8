"""The pages, a module each: ``ROUTES``, and ``NAV`` (the name of its sentence, its address) where the top leads to it."""
