"""Runs stored conversations against today's assistant and shows what has changed."""
