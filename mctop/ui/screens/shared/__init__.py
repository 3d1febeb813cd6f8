"""Parts that several views share: the table of hot keys, servers, stats in tables and lines, windows of series."""
