"""What the company allows and what facts mean: facts and the time in, a decision out. No I/O."""
