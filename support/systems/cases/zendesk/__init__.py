"""The case system of a retailer whose cases are tickets in Zendesk: README.md maps each field."""
