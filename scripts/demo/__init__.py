"""Starts the whole system on one machine: for `make demo`, `make chat` and the tests."""
