"""The desk of another product in place of our page: what it tells us, and what we know of it.

What it is told goes out through the worker (`worker/outside_desk/`). docs/desk-adapters.md.
"""
