"""The exchange: the one write path. Whoever changes the school (tablet, import, restore, office) comes through here."""

from server.exchange.exchange import Exchange
from server.exchange.jobs import DeviceState, Draft, HistoryEntry, LoadReport, Rejected

__all__ = ["DeviceState", "Draft", "Exchange", "HistoryEntry", "LoadReport", "Rejected"]
