"""Backup: Litestream beside the server, durable receipts, daily copies, and the way back.

lines       which epoch replicates to which path          litestream  the process
shelf, s3   where backups stand                           control     its control socket
receipts    applied -> durable                            backup      all of it, for a running house
daily       whole copies, without Litestream              replica     a replica seen from outside
restore     the way back                                  sources     which line or copy it takes
proof       is what came back whole, and the same         settings    the small files that go along
locks       one server per data folder, one Litestream per backup
"""

from server.backup.backup import Backup

__all__ = ["Backup"]
