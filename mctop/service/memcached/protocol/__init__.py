"""One memcached server: its address, the commands it may be sent, and its replies."""
