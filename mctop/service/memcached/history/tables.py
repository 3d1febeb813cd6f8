"""The tables of a history file."""

from mctop.service.memcached.deltas import COUNTED, SHOWN
from mctop.service.memcached.history.table import Table
from mctop.service.memcached.processed import SECONDS

VERSION = 1
"""Of the schema; a file of a greater one is left alone."""

APPLICATION = 0x6D63746F
"""What marks a SQLite file as ours."""

COUNTERS = Table("counters", 60, (SECONDS, *COUNTED), SHOWN)
LATENCY = Table("latency", 20, ("nanoseconds", "probes"))
PREFIXES = Table("prefixes", 60, (SECONDS, "hits", "misses", "mutations"), ("num_keys", "total_size"))

TABLES = (COUNTERS, LATENCY, PREFIXES)

SCHEMA = f"""
CREATE TABLE owners (owner INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE kept (owner INTEGER, time REAL, counters TEXT, PRIMARY KEY (owner, time)) WITHOUT ROWID;
{"".join(table.schema for table in TABLES)}
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
"""
"""An owner is a server or a prefix, by its name, or the cache, which has none: "". `kept` is for v1's history."""
