"""A step's stages: which there are, what each shows and says, and the mistakes that can be planted in them."""
