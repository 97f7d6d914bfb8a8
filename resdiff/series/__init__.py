"""The life of a text: what became of each paragraph over all editions of a series, and which edition brought its words.

trace(editions) ─▶ Lineage ─▶ blame(lineage): the origin of every word of the last edition
"""
