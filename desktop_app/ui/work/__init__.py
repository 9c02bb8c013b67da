"""Work beside the thread of the window: lanes, pauses, jobs, and who watches that thread."""
