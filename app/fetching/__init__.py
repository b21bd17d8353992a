"""Addresses flow in, `Fetched` bytes flow out, or `NotFetched` with its reason; knows nothing of articles.

`addresses` checks an address and the machines that its name stands for, `exchange` speaks to the very machine
that was checked, `robots` asks what a site allows, `pacing` waits for a site's turn; `fetcher` joins them.
Only the job may import it: whoever can call the API must not be able to make this machine reach out.
"""
