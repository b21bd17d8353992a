"""Whether a corpus is whole: a connection flows in, a `Finding` for each thing that is wrong flows out.

Nothing is written.
"""
