"""What a run may use; the figures lie where the widely used systems put theirs, see docs/executor.md."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one run. Seconds and bytes throughout.

    `data_bytes` stops a process with a MemoryError before `memory_bytes`, the limit on the sum over all processes of a
    run, makes the kernel kill one. `address_bytes` leaves room for mappings that are never touched.
    """

    wall_seconds: float = 5.0
    processor_seconds: int = 6
    memory_bytes: int = 288 * MEGABYTE
    data_bytes: int = 208 * MEGABYTE
    address_bytes: int = 1024 * MEGABYTE
    processes: int = 64
    descriptors: int = 256
    file_bytes: int = 16 * MEGABYTE
    disk_bytes: int = 32 * MEGABYTE
    inodes: int = 2048
    output_bytes: int = MEGABYTE
    frame_bytes: int = 256 * 1024
    made_files: int = 4
    made_file_bytes: int = MEGABYTE
    runs_per_zygote: int = 500
    """Children of one zygote share its address layout and hash seed, so it is replaced now and then."""

    def rlimits(self) -> dict[str, tuple[int, int]]:
        """Soft and hard limits under their names in `resource`, as the inside sets them."""
        return {
            "RLIMIT_AS": (self.address_bytes, self.address_bytes),
            "RLIMIT_DATA": (self.data_bytes, self.data_bytes),
            "RLIMIT_CPU": (self.processor_seconds, self.processor_seconds + 1),
            "RLIMIT_FSIZE": (self.file_bytes, self.file_bytes),
            "RLIMIT_NOFILE": (self.descriptors, self.descriptors),
            "RLIMIT_NPROC": (self.processes, self.processes),
            "RLIMIT_STACK": (8 * MEGABYTE, 8 * MEGABYTE),
            "RLIMIT_MEMLOCK": (0, 0),
            "RLIMIT_MSGQUEUE": (0, 0),
            "RLIMIT_CORE": (0, 0),
        }

    def tmpfs_options(self) -> str:
        return f"size={self.disk_bytes},nr_inodes={self.inodes},mode=0700"
