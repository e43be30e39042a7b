"""Runs a snippet inside the sandbox and says what it left in memory.

This package is imported by the process behind the wall, on every supported CPython, with nothing but the standard
library, and it shares that process with strangers' code. Whatever the snippet did to builtins, modules or its own
classes, the probe goes on working: each module looks names up in a private copy of the builtins, takes what it needs
from other modules when it is imported, reads objects through the slots of exact types, and calls no method that a
snippet could have written.
"""
