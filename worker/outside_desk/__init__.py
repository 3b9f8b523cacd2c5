"""Tells the desk of another product about the conversations that people are to see to.

The log and the changes of owner are the queue: how far they were told stands in the conversation's
own record (`gateway/outside_desk/ledger.py`), so nothing is lost when a worker dies, and whoever
comes next asks the desk what became of the message that was under way. docs/desk-adapters.md.
"""
