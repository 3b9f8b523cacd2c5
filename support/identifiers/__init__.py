"""Numbers, phones and e-mails as people type them."""
