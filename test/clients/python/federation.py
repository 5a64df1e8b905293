"""What code outside of Google Cloud does by Google's auth library for Python: it reads the file of credentials that its
environment names, acts as an account, and calls a service. It prints how that ended, as JSON."""

import json
import os

import google.auth
import requests
from google.auth import exceptions, impersonated_credentials
from google.auth.transport.requests import Request

SCOPES = ["https://www.googleapis.com/auth/cloud-platform"]
url = os.environ["ORDERS_URL"]

try:
    source, _ = google.auth.default(scopes=SCOPES)
    account = impersonated_credentials.Credentials(source, os.environ["TARGET_PRINCIPAL"], SCOPES)
    token = impersonated_credentials.IDTokenCredentials(account, target_audience=url, include_email=True)
    token.refresh(Request())
    answer = requests.get(url, headers={"authorization": f"Bearer {token.token}"}, timeout=20)
    print(json.dumps({"status": answer.status_code}))
except exceptions.GoogleAuthError as error:
    print(json.dumps({"status": 0, "error": str(error)}))
