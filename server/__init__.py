"""The shell of Zvonok: storage, the one write path, sign-in, live channel, backup, command line."""
