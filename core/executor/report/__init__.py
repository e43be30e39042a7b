"""What the probe says about a program's memory, once it has crossed the wall."""
