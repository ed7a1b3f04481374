"""Receiver of the signed identity, version 2 (subgraphs/_shared/identity/PROTOCOL.md)."""

import base64
import hashlib
import hmac
import json
import re
import threading

LONGEST_MS = 30_000
FORM = re.compile(r"(v\d+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)\.(\{.*\})", re.DOTALL)


class Refused(Exception):
    """The identity breaks the rule that the message names."""


class Receiver:
    """Verifies identities for one audience. `keys` is `id:secret,id:secret`."""

    def __init__(self, keys, audience):
        self.secrets = dict(pair.split(":", 1) for pair in keys.split(","))
        self.audience = audience
        self.nonces = {}
        self.lock = threading.Lock()

    def caller(self, header, body, now):
        """The caller that the header states for these octets of a body. @raises Refused"""
        if not header:
            raise Refused("MISSING")
        match = FORM.fullmatch(header)
        if not match or match.group(1) != "v2":
            raise Refused("MALFORMED")
        _, key, seal, payload = match.groups()
        if key not in self.secrets:
            raise Refused("UNKNOWN_KEY")
        sealed = f"v2.{key}.{payload}\n".encode("latin-1", "replace") + body
        digest = hmac.new(self.secrets[key].encode(), sealed, hashlib.sha256).digest()
        expected = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not hmac.compare_digest(expected, seal):
            raise Refused("ALTERED")
        stated = json.loads(payload)
        if stated["aud"] != self.audience:
            raise Refused("WRONG_AUDIENCE")
        if not now <= stated["expiresAt"] <= now + LONGEST_MS:
            raise Refused("EXPIRED")
        self.use(stated["nonce"], stated["expiresAt"], now)
        return stated["caller"]

    def use(self, nonce, expires_at, now):
        with self.lock:
            self.nonces = {each: until for each, until in self.nonces.items() if until >= now}
            if nonce in self.nonces:
                raise Refused("REPLAYED")
            self.nonces[nonce] = expires_at
