"""What runs inside the Rasa process."""
