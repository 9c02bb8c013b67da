"""What can be done, by name: the book of commands, menus, the palette, and taking back."""
