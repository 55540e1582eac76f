"""The page of the step: parts of it."""
