"""HTTP in, JSON out: thin handlers over queries."""
