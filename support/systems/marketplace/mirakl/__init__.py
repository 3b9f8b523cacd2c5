"""A Marketplace that runs on Mirakl: README.md maps each field."""
