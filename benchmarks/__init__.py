"""Measures the assistant's turns beside those of Rasa's default configuration: `make benchmark`."""
