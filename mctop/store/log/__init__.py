"""The request log of all servers as one stream."""
