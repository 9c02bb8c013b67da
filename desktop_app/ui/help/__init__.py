"""Help: the list of keys, about the program, updates, and a report of what went wrong."""
