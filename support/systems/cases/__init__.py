"""The case system: where people at Kmart work on what the assistant hands to them."""
