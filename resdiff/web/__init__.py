"""The local page: ``resdiff serve`` opens what a delegate uses instead of the command.

``app`` puts it together, ``connections`` and ``guard`` stand before every page, ``workers`` run the ``jobs``,
``sessions`` hold what people gave, ``pages`` has a module and a template for each page, ``shown`` fills templates with
sentences of ``messages.toml``. Needs the extra ``resdiff[web]``; nothing else in the house does.
"""
