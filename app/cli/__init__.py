"""The command line: a module for each group of commands. Heavy imports stand inside the commands: serving
needs no NLP, and help comes at once. `app.cli:main` is what the installed script calls.
"""


def main() -> None:
    """Run the command line.

    The commands are imported here, since every process that a command starts imports what the script does.
    """
    from app.cli.application import run  # noqa: PLC0415 - as said above

    run()
