"""The traces a run leaves for whoever has to find out what happened. Nothing is sent anywhere.

Log and crash files stay on this computer and say all there is to say. A report is what leaves it,
by the user's own hand: it names no folder, picture or search unless the user says so.
"""
