"""The life of a session with the Python client of the retired service: python_client.py ADDRESS ACCOUNT_ID ACCOUNT_KEY ACCOUNT_DOMAIN [SIGN_IN_ADDRESS]

Without an address to sign in at, the client derives it from the domain.
"""
import sys
import uuid

from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.core.pipeline.policies import BearerTokenCredentialPolicy
from azure.mixedreality.remoterendering import (
    RemoteRenderingClient,
    RenderingSessionSize,
    RenderingSessionStatus,
)

address, account_id, account_key, domain = sys.argv[1:5]
sign_in = {"authentication_endpoint_url": sys.argv[5]} if len(sys.argv) > 5 else {}

if address.startswith("http:"):
    # The client refuses to send tokens over http. Its polling has no option for that.
    BearerTokenCredentialPolicy._enforce_https = staticmethod(lambda request: None)


def make_client(key):
    return RemoteRenderingClient(
        endpoint=address,
        account_id=account_id,
        account_domain=domain,
        credential=AzureKeyCredential(key),
        polling_interval=1,
        **sign_in,
    )


def check(holds, what):
    if not holds:
        raise SystemExit("python: " + what)


client = make_client(account_key)
session_id = str(uuid.uuid4())

created = client.begin_rendering_session(session_id, RenderingSessionSize.STANDARD, lease_time_minutes=10)
check(client.get_rendering_session(session_id).id == session_id, "the session has another id")
ready = created.result()
check(ready.status == RenderingSessionStatus.READY, f"the session is {ready.status}")
check(ready.lease_time_minutes == 10 and ready.hostname and ready.handshake_port, f"the session is {ready.as_dict()}")

updated = client.update_rendering_session(session_id, lease_time_minutes=20)
check(updated.lease_time_minutes == 20, f"the lease is {updated.lease_time_minutes} minutes")
check(session_id in [session.id for session in client.list_rendering_sessions()], "the list lacks the session")

try:
    client.update_rendering_session(session_id, lease_time_minutes=5)
    check(False, "a lease was shortened")
except HttpResponseError as error:
    check(error.status_code == 422, f"a shorter lease is {error.status_code}")

client.stop_rendering_session(session_id)
stopped = client.get_rendering_session(session_id)
check(stopped.status == RenderingSessionStatus.STOPPED, f"the session is {stopped.status}")
check(session_id not in [session.id for session in client.list_rendering_sessions()], "the list has a stopped session")

try:
    client.get_rendering_session(str(uuid.uuid4()))
    check(False, "an unknown session was found")
except ResourceNotFoundError:
    pass

try:
    make_client("d3Jvbmc=").get_rendering_session(session_id)
    check(False, "a wrong key was taken")
except HttpResponseError as error:
    check(error.status_code == 401, f"a wrong key is {error.status_code}")

print("python: created, ready, extended, listed, stopped; refusals as documented")
