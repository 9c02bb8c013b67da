"""What is shown while there are no pictures: the first steps, words to try, or the reason."""
