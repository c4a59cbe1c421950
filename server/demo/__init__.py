"""The demo school: a Russian general school of reference size with a year of entries, the same every time."""

from server.demo.make import DemoReport, SignIn, demo_drafts, logins, make_demo, sign_ins
from server.demo.school import DemoSchool, make_school

__all__ = ["DemoReport", "DemoSchool", "SignIn", "demo_drafts", "logins", "make_demo", "make_school", "sign_ins"]
