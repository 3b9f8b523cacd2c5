"""What the assistant remembers in Redis beside the conversation itself."""
