"""What a message mentions in words: carriers, sellers, items, dates, a choice, places."""
