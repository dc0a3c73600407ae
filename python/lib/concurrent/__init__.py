"""Calls that run beside the program; here there is one thread."""
