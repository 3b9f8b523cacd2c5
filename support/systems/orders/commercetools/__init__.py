"""The order system of a retailer whose orders are in commercetools: README.md maps each field."""
