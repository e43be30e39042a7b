"""One picture at a time."""

from threading import Lock

PRESS = Lock()
"""Held while drawing: matplotlib is not thread-safe (https://matplotlib.org/stable/users/faq.html#work-with-threads)."""
