"""What the company and others have published: timeframes, waits, remedies, hours, contacts.

Nothing of it is written in code. Each entry names its source and the day it was read, and whether
Kmart has confirmed it. What has no source has no value, and is said to be not known.
"""
