"""What the user has chosen and done, remembered from one start to the next."""
