"""`make probe`: what is wrong with a system that is set up."""
