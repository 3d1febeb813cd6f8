"""The history of memcached servers in SQLite; importing a part of it imports no other."""
