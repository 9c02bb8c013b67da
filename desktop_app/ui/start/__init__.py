"""From a double click to the first window, or to a word about why there is none."""
