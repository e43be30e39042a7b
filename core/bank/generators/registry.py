"""Every family of endless questions."""

from core.bank.generators import (
    binding,
    bytecode,
    caching,
    cycles,
    lifetimes,
    references,
    scopes,
    sharing,
    sizes,
    slotted,
    weak,
)

FAMILIES = (
    *references.FAMILIES,
    *lifetimes.FAMILIES,
    *cycles.FAMILIES,
    *weak.FAMILIES,
    *slotted.FAMILIES,
    *sharing.FAMILIES,
    *binding.FAMILIES,
    *scopes.FAMILIES,
    *sizes.FAMILIES,
    *caching.FAMILIES,
    *bytecode.FAMILIES,
)
