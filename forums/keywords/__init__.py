"""The keyword engine for Swedish: which words and phrases are one, which may be, and which never are.

Words in, words out; no database. `forums.wording` and `forums.gathering` put it to use.
"""
