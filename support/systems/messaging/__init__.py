"""Whoever carries conversations that are not on our own page: SMS, messaging apps, webhooks."""
