"""Takes the next turn of each conversation."""
