"""Words in the user's language: translation, numbers, dates, and sentences many rooms say."""
