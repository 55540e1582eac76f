"""The pages beside the plane, through clicks and keys."""
