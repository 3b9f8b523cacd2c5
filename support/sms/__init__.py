"""Text messages: what they are made of, and what they cost in segments."""
