"""Agreed language: which words were adopted before, where first, where last, in how many texts.

    texts ─ index.build ─▶ one SQLite file ─ find.search ─▶ Found        the passages that hold some words
    Resolution ──────────────────────────── draft.check ─▶ DraftCheck    each clause of a draft: agreed, adapted, new

A *wording* is a clause or a sentence up to typography. The same cutter (:mod:`resdiff.language.segments`) cuts what is
indexed and what is asked; the values stand in ``values``.
"""
