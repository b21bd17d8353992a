"""Output models, a file per resource: storage writes cards by them, the API serves them."""
