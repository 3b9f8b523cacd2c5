"""The desk of another product, where people answer instead of on our own page."""
