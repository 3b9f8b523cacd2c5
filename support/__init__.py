"""What the assistant knows and decides, free of Rasa and of web frameworks."""
