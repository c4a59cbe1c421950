"""The routes: every address but the tablet's files, what it takes, and the rule that guards it. This is the whole.

A parent's or pupil's session can write by `sync` alone, where the law refuses them every cell of a journal.
"""

from server.routes import health, office, parcels, signing, syncing
from server.routes.access import DEVICE, LEAVING, LOOPBACK, PUBLIC, SESSION, Endpoint, roles
from server.routes.live import live
from sync.messages import MAX_BYTES, Parcels, SignIn, SyncRequest

OFFICE = roles("admin", "deputy_head", "director")
ADMIN = roles("admin")
SYNC_LIMIT = 2 * MAX_BYTES  # the ops and as much again for cursors and JSON around them

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("GET", "/api/hello", PUBLIC, signing.hello),
    Endpoint("POST", "/api/{school}/sign-in", PUBLIC, signing.sign_in, takes=SignIn),
    Endpoint("POST", "/api/{school}/sign-out", LEAVING, signing.sign_out),
    Endpoint("POST", "/api/{school}/device", SESSION, signing.renew, takes=signing.Copied),
    Endpoint("GET", "/api/{school}/me", SESSION, signing.me),
    Endpoint("POST", "/api/{school}/sync", DEVICE, syncing.sync, takes=SyncRequest, limit=SYNC_LIMIT),
    Endpoint("POST", "/api/{school}/parcels", PUBLIC, parcels.deliver, takes=Parcels, limit=SYNC_LIMIT),
    Endpoint("LIVE", "/api/{school}/live", SESSION, live),
    Endpoint("GET", "/api/{school}/history", SESSION, office.history),
    Endpoint("GET", "/api/{school}/office/tablets", OFFICE, office.tablets),
    Endpoint("POST", "/api/{school}/office/revoke", ADMIN, office.revoke, takes=office.Revoke),
    Endpoint("GET", "/api/{school}/office/backup", OFFICE, office.backup),
    Endpoint("GET", "/healthz", PUBLIC, health.healthz),
    Endpoint("GET", "/metrics", LOOPBACK, health.metrics),
    Endpoint("GET", "/api/{rest:path}", PUBLIC, health.lost),
    Endpoint("POST", "/api/{rest:path}", PUBLIC, health.lost),
)
