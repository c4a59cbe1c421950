"""The simulation: the real server core, tablets written anew from the protocol, and everything that goes wrong.

One seed is one history: who wrote what when, what the network did to it, which clocks lied, when the server fell over.
`python -m tests.simulation SEED` plays one again and tells it; `make simulate SEEDS=20000` plays many on all cores.

The rooms: `world` plays a seed · `clocks` and `network` are what goes wrong · `device` is a plain client of
`sync/README.md` · `deeds` what people do · `host` the real server with its crashes and restores · `reference` the rules
said a second time · `visible` who may see what · `invariants` what must hold when all is quiet · `planted` bugs that
must be caught.
"""
