"""What Google's auth library for Python does against a sandbox: run by scripts/clients.cjs, told by its environment whom
it acts as, the key of that account, and the URL of a service that only this account may call."""

import json
import os
import time

import google.auth
import requests
from google.auth import crypt, impersonated_credentials, jwt
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import id_token, service_account

url = os.environ["SERVICE_URL"]
caller = os.environ["CALLER"]
key = json.loads(os.environ["CALLER_KEY"])
SCOPE = "https://www.googleapis.com/auth/cloud-platform"


def check(way, token):
    """The service lets the token in, and the library's own verifier knows whose it is."""
    answer = requests.get(url, headers={"authorization": f"Bearer {token}"}, timeout=20)
    assert answer.status_code == 200, (way, answer.status_code)
    claims = id_token.verify_oauth2_token(token, Request(), audience=url)
    assert claims["email"] == caller, (way, claims["email"])
    try:
        id_token.verify_oauth2_token(token, Request(), audience="https://other.example")
    except ValueError:
        return
    raise AssertionError(f"{way}: verified for another audience")


assert requests.get(url, timeout=20).status_code == 403, "a call without a token was let in"
# The key: a self-signed assertion that the token endpoint exchanges.
own = service_account.IDTokenCredentials.from_service_account_info(key, target_audience=url)
own.refresh(Request())
check("key", own.token)
# The same by hand: what anyone can do who has a key and no library for it.
now = int(time.time())
claims = {"iss": caller, "sub": caller, "target_audience": url, "iat": now, "exp": now + 3600}
claims["aud"] = "https://oauth2.googleapis.com/token"
assertion = jwt.encode(crypt.RSASigner.from_service_account_info(key), claims).decode()
grant = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
exchanged = requests.post("https://oauth2.googleapis.com/token", data=grant, timeout=20)
check("exchange", exchanged.json()["id_token"])
# The metadata server, which speaks for the account.
check("metadata", id_token.fetch_id_token(Request(), url))
# Impersonation: the account makes tokens for itself.
source, _ = google.auth.default(scopes=[SCOPE])
target = impersonated_credentials.Credentials(source, target_principal=caller, target_scopes=[SCOPE])
impersonated = impersonated_credentials.IDTokenCredentials(target, target_audience=url, include_email=True)
impersonated.refresh(Request())
check("impersonation", impersonated.token)
# An access token, with an API called by it.
project = os.environ["GOOGLE_CLOUD_PROJECT"]
listed = AuthorizedSession(source).get(f"https://iam.googleapis.com/v1/projects/{project}/serviceAccounts", timeout=20)
assert listed.status_code == 403, ("the account has no role that lists accounts", listed.status_code)
print("ok python")
