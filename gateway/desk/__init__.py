"""The desk: the page on which people take over, its API, and who may use it. docs/desk.md."""
