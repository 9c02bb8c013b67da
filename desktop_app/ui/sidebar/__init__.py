"""The left side: the library, its folders as a tree, saved searches, ratings and tags."""
