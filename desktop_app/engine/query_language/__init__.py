"""The search line: what can be typed into it, what that means, and how it is written again.

Knows nothing of models, catalogs or windows; docs/search-line.md describes the language.
"""
