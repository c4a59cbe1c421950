"""The law of Zvonok: records, ops, verdicts and the rules that decide.

Pure Python on the standard library and msgspec. No clock, no I/O, no logging: facts and time
come in as arguments, verdicts go out as values. `server` imports `sync`; `sync` imports nobody.
"""
