"""What each verb of the command line does. `server.cli` declares them and imports these only when they are wanted."""
