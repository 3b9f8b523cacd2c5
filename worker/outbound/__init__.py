"""Sends what was said in a conversation to where the customer is: SMS, messaging apps, webhooks.

The conversation log is the queue. How far it was sent stands in the conversation itself, so nothing
is lost when a worker dies; whoever comes next looks what became of the message that was under way.
"""
