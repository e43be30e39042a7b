"""Every family of endless questions."""

from core.bank.generators import references

FAMILIES = (*references.FAMILIES,)
