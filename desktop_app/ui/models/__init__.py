"""The panel of models: those that are there, those that can be had, and switching them."""
