"""The panel of folders: how each is kept up to date, and what is to be known of it."""
