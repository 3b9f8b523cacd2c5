"""Channels beside our own page: each turns an outside format into our messages and back.

A post is checked, remembered under the provider's id, put into the log, and only then acknowledged;
what is said in return goes out through the worker, which reads the log.
"""
