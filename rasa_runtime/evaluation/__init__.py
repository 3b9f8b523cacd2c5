"""Measures how well the trained model understands messages that somebody labelled."""
