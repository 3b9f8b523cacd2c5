"""What conversations came to: small records without texts, and the figures made of them."""
