"""The window, through clicks and keys, on a platform without a screen."""
