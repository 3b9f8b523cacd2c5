"""What Rasa asks for: slots to a decision or a system's answer, and from there to response keys."""
