"""Programs that show how to connect something to the assistant."""
