"""Questions without end: families of small programs, drawn from a seed and answered by CPython."""
