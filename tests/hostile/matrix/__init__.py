"""The answer matrix: every operation of both APIs against every fault that an answer can have."""
