"""Statements by a small fine-tuned encoder: pieces, windows, networks, decoding."""
