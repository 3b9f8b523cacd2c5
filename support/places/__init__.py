"""Australia's localities: which postcode, state and region they belong to, and who names them."""
