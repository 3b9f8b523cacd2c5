"""Messages in, reply texts out, through every process."""
