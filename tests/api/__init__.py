"""The API spoken over real sockets to a server that misbehaves."""
