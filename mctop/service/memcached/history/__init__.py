"""What the servers did, kept in SQLite; importing a part of it imports no other."""
