"""The right side: what is known of the chosen pictures, and the stars and tags they are given."""
