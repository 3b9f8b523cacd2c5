"""In-house apps: what is called back, and how both sides sign."""
