"""Numbers, phones and e-mails as people type them.

Needs only `phonenumbers` and `email-validator`, so that it also runs inside the Rasa process.
"""
