"""The outside systems that know. One folder each: interface, models, errors, http, memory."""
