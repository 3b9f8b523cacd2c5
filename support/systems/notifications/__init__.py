"""Sending e-mails and text messages to customers, outside the conversation itself."""
