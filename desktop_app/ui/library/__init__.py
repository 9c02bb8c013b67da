"""The library behind the window: how it is opened, indexed, prepared, backed up and spared."""
