"""The outside world, small and honest: for development, the demo and tests."""
