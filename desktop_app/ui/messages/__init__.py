"""What the user is told of what goes on: notices, bottom line, jobs, problems."""
