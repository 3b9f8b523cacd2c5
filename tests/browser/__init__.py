"""The shop page and its chat in a real browser."""
