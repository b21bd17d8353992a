"""The command line: a module for each group of commands. Heavy imports stand inside the commands: serving
needs no NLP, and help comes at once. `app.cli:main` is what the installed script calls.
"""

from app.cli.application import app, main

__all__ = ["app", "main"]
