#!/usr/bin/env python3
"""A vehicle registry as an agency of the graph, from the two protocol texts and Python's standard library alone.

Usage: agency.py --port PORT --keys id:secret,id:secret --database FILE
It is an example for institutions on another stack and a test of the texts. It prints `ready PORT` when it listens.
"""

import argparse
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from graphql_document import GraphqlError, execute
from register import Register
from signed_identity import Receiver, Refused

NAME = "vehicles"
SDL = (Path(__file__).parent / "schema.graphql").read_text(encoding="utf-8")
BODY_LIMIT = 1_000_000


def demanding(scope, resolve):
    """A resolver for callers who hold the scope."""

    def guarded(parent, arguments, context):
        caller = context["caller"]
        if scope not in [*caller["permissions"], *caller.get("otherScopes", [])]:
            raise GraphqlError("UNAUTHENTICATED" if caller["role"] == "anonymous" else "FORBIDDEN", f"This needs {scope}")
        return resolve(parent, arguments, context)

    return guarded


def argument(arguments, name, kind):
    if not isinstance(arguments.get(name), kind):
        raise GraphqlError("BAD_USER_INPUT", f"The argument {name} is missing or of the wrong kind")
    return arguments[name]


def part_of(arguments):
    part = argument(arguments, "part", dict)
    for name in ("id", "procedure", "dossier", "office", "receivedAt"):
        argument(part, name, str)
    if "content" not in part:
        raise GraphqlError("BAD_USER_INPUT", "The part has no content")
    return part


def entity(representation, context):
    kind = representation.get("__typename")
    if kind == "Citizen":
        return {"__typename": "Citizen", "personalId": representation.get("personalId")}
    if kind == "Vehicle":
        found = context["register"].vehicles("plate", representation.get("plate"))
        return found[0] if found else None
    raise GraphqlError("BAD_USER_INPUT", f"There are no entities of type {kind}")


TYPES = {
    "Query": {
        "_service": lambda parent, arguments, context: {"sdl": SDL},
        "_entities": lambda parent, arguments, context: [
            entity(each, context) for each in argument(arguments, "representations", list)
        ],
        "checkPart": demanding("part:check", lambda _, given, context: context["register"].check(part_of(given))),
        "partStatus": demanding(
            "part:status", lambda _, given, context: context["register"].status(argument(given, "partId", str))
        ),
        "receivedParts": demanding(
            "part:status",
            lambda _, given, context: context["register"].received(argument(given, "first", int), given.get("after")),
        ),
    },
    "Mutation": {
        "deliverPart": demanding("part:deliver", lambda _, given, context: context["register"].deliver(part_of(given))),
        "instructPart": demanding(
            "part:deliver",
            lambda _, given, context: context["register"].instruct(
                argument(given, "partId", str), argument(given, "instruction", dict)
            ),
        ),
        "cancelPart": demanding(
            "part:cancel", lambda _, given, context: context["register"].cancel(argument(given, "partId", str))
        ),
    },
    "_Service": {"sdl": None},
    "Vehicle": {
        "plate": None,
        "chassisNumber": demanding("vehicle:read", lambda vehicle, *_: vehicle["chassisNumber"]),
        "owner": demanding("vehicle:read", lambda vehicle, *_: vehicle["owner"]),
    },
    "Citizen": {
        "personalId": None,
        "vehicles": demanding(
            "vehicle:read", lambda citizen, _, context: context["register"].vehicles("owner", citizen["personalId"])
        ),
    },
    "PartCheck": dict.fromkeys(["handling", "problems"]),
    "PartProblemType": dict.fromkeys(["code", "message", "messageEn", "path", "existingDossier"]),
    "PartAnswer": dict.fromkeys(["state", "decidedAt", "result", "facts", "refusal", "supplement", "likenesses"]),
    "PartLikeness": dict.fromkeys(["id", "type", "rule", "text", "textEn", "dossier", "facts"]),
    "PartLikenessFact": dict.fromkeys(["field", "label", "here", "there"]),
    "PartResultReference": dict.fromkeys(["type", "id"]),
    "PartRefusal": dict.fromkeys(["code", "message", "messageEn", "legalBasis", "existingDossier"]),
    "PartSupplementItem": dict.fromkeys(["code", "description"]),
    "ReceivedPart": dict.fromkeys(["id", "procedure", "dossier", "state"]),
}
COMPOSITES = {
    ("Query", "_service"): "_Service",
    ("Query", "_entities"): "_Entity",
    ("Query", "checkPart"): "PartCheck",
    ("Query", "partStatus"): "PartAnswer",
    ("Query", "receivedParts"): "ReceivedPart",
    ("Mutation", "deliverPart"): "PartAnswer",
    ("Mutation", "instructPart"): "PartAnswer",
    ("Mutation", "cancelPart"): "PartAnswer",
    ("Vehicle", "owner"): "Citizen",
    ("Citizen", "vehicles"): "Vehicle",
    ("PartCheck", "problems"): "PartProblemType",
    ("PartAnswer", "result"): "PartResultReference",
    ("PartAnswer", "refusal"): "PartRefusal",
    ("PartAnswer", "supplement"): "PartSupplementItem",
    ("PartAnswer", "likenesses"): "PartLikeness",
    ("PartLikeness", "facts"): "PartLikenessFact",
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.path == "/health/live" or self.path == "/health/ready":
            self.respond(200, {"status": self.path.rsplit("/", 1)[1], "part": NAME})
        elif self.path.partition("?")[0] == "/graphql":
            self.graphql()
        else:
            self.respond(404, {"error": "Only /graphql and /health are here"})

    def do_POST(self):
        if self.path.partition("?")[0] == "/graphql":
            self.graphql()
        else:
            self.respond(404, {"error": "Only /graphql and /health are here"})

    def graphql(self):
        arrived = time.monotonic()
        length = int(self.headers.get("content-length") or 0)
        if length > BODY_LIMIT:
            self.close_connection = True
            return self.refuse(413, "BAD_USER_INPUT", "The body is too large")
        body = self.rfile.read(length)
        try:
            header = self.headers.get("x-motcua-identity")
            caller = self.server.receiver.caller(header, body, int(time.time() * 1_000))
        except Refused as fault:
            return self.refuse(401, "UNAUTHENTICATED", f"The signed identity was refused: {fault}")
        deadline = self.headers.get("x-request-deadline", "")
        if deadline.isdecimal() and (time.monotonic() - arrived) * 1_000 >= int(deadline):
            return self.refuse(504, "UNAVAILABLE", "No time is left for this request; nothing was done")
        try:
            request = json.loads(body)
        except ValueError:
            return self.refuse(400, "BAD_USER_INPUT", "The body is not JSON")
        try:
            context = {"caller": caller, "register": self.server.register}
            self.respond(200, execute(TYPES, COMPOSITES, request, context))
        except GraphqlError as error:
            self.refuse(400, error.code, str(error))
        except Exception as fault:  # any other fault of the program: the client learns no detail
            print(f"fault {type(fault).__name__} request {caller.get('requestId')}", flush=True)
            self.refuse(500, "INTERNAL", "The agency failed; the fault is logged")

    def refuse(self, status, code, message):
        self.respond(status, {"errors": [{"message": message, "extensions": {"code": code}}]})

    def respond(self, status, body):
        content = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json; charset=utf-8")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """No line for each request: addresses may hold personal data."""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--keys", required=True, help="id:secret,id:secret, newest first")
    parser.add_argument("--database", required=True, help="SQLite file")
    options = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    server.daemon_threads = True
    server.receiver = Receiver(options.keys, NAME)
    server.register = Register(options.database)
    print(f"ready {server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
