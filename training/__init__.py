"""Training of the shipped encoder: needs torch, which nothing else in the product does."""
