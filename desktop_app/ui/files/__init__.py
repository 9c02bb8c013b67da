"""What is done with the files of pictures: rename, move, trash, copy, export, open, drag."""
