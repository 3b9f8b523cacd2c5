"""Messages that were not understood: collected without personal data, then labelled by a person."""
