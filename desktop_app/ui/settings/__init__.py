"""The panel of settings, group by group."""
