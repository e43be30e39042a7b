import mmap
import os

shared = mmap.mmap(-1, 1)
private = [0]
child = os.fork()
if child == 0:
    shared[0] = 42
    private[0] = 42
    os._exit(0)
os.waitpid(child, 0)
print("bytes of the shared mapping:", shared[0])
print("an ordinary list:", private)
