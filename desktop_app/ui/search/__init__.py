"""The search line: box, chips, suggestions, filters, order, and why a picture is a hit."""
