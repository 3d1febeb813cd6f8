"""Long lives of the whole program in little time: memory, descriptors, threads and tasks over simulated hours."""
