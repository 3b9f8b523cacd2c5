"""Australia Post and StarTrack, which share one tracking endpoint."""
