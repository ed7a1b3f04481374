"""A desk application in Python's standard library: submits a birth once, follows it, and pages through the office's dossiers.

GATEWAY=http://127.0.0.1:4000 python3 desk_client.py
"""
import json
import os
import random
import time
import urllib.error
import urllib.request

GATEWAY = os.environ.get("GATEWAY", "http://127.0.0.1:4000")
PASSING = {"UNAVAILABLE", "RATE_LIMITED"}

SUBMIT = """mutation ($input: BirthBundleInput!, $idempotencyKey: String!) {
  submitBirthBundle(input: $input, idempotencyKey: $idempotencyKey) { dossier { id code } problems { code message path } } }"""
DOSSIER = "query ($code: ID!) { dossier(code: $code) { state outcome parts { procedure { code } state } } }"
PAGE = """query ($after: String) {
  dossiers(first: 2, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } } }"""


def fetch(path, body=None, token=None):
    """Answer of the gateway as JSON, also of a response with an HTTP error."""
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(GATEWAY + path, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        return json.load(error)


class Desk:
    """The graph as one clerk sees it."""

    def __init__(self):
        self.token = fetch("/dev/token?persona=clerk")["access_token"]

    def send(self, query, variables):
        """Sends until the answer is final. A repeated mutation has the same idempotency key, so it is made once."""
        for attempt in range(8):
            try:
                answer = fetch("/graphql", {"query": query, "variables": variables}, self.token)
            except (OSError, ValueError):  # no answer, or none that is JSON: the outcome is unknown
                answer = None
            errors = (answer or {}).get("errors", [])
            if answer and not any(error["extensions"]["code"] in PASSING for error in errors):
                if errors:
                    raise RuntimeError(errors[0]["message"])
                return answer["data"]
            time.sleep(0.2 * 2**attempt * random.uniform(0.5, 1.5))
        raise RuntimeError("The gateway does not respond")

    def submit_once(self, variables):
        """Submits a birth; the same key again gives the same dossier."""
        payloads = [self.send(SUBMIT, variables)["submitBirthBundle"] for _ in range(2)]
        if payloads[0]["problems"]:
            raise RuntimeError(payloads[0]["problems"])
        first, again = [payload["dossier"] for payload in payloads]
        return first["code"], first["id"] == again["id"]

    def follow(self, code):
        """The dossier when all agencies have decided."""
        while True:
            dossier = self.send(DOSSIER, {"code": code})["dossier"]
            if dossier["outcome"]:
                return dossier
            time.sleep(0.3)

    def codes(self, pages):
        """Codes of the first pages of the office's dossiers."""
        after = None
        for _ in range(pages):
            page = self.send(PAGE, {"after": after})["dossiers"]
            yield from (node["code"] for node in page["nodes"])
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                return


if __name__ == "__main__":
    desk = Desk()
    variables = fetch("/dev/example/submit-birth-bundle")["variables"]
    code, same = desk.submit_once(variables)
    dossier = desk.follow(code)
    codes = list(desk.codes(3))
    print(json.dumps({"same": same, "outcome": dossier["outcome"], "paged": len(codes), "distinct": len(set(codes))}))
