"""Storage: one SQLite database per school. Set-based: keys in, rows out; rows in, done."""
