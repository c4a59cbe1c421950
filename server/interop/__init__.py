"""Interop: what the journal exchanges with other systems. Now: OneRoster 1.1 CSV bundles coming in."""

from server.interop.bundle import BadBundle, Bundle, read_bundle
from server.interop.oneroster import plan_import
from server.interop.reasons import Listed, Remark, Why
from server.interop.run import Report, run_import

__all__ = ["BadBundle", "Bundle", "Listed", "Remark", "Report", "Why", "plan_import", "read_bundle", "run_import"]
