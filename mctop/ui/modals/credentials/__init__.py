"""The credentials of the cache: what each may do, and which one mctop uses."""
