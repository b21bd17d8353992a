"""What the job raises; a module of its own, since the command line names it before it loads the job."""


class DatabaseNotReadyError(RuntimeError):
    """The database is not at the schema of this version; the message says what to do."""


class NoSuchArticleError(LookupError):
    """A key that no article has; the message says which."""
