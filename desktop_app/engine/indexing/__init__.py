"""From folders to searchable pictures: what joins files, model and store."""
