"""The register of vehicles and the parts that it decided, in one SQLite file."""

import json
import re
import sqlite3
import threading
from datetime import datetime, timedelta, timezone

from graphql_document import bad_input

PROCEDURE = "vehicle-registration"
VIET_NAM = timezone(timedelta(hours=7))
TABLES = """
create table if not exists vehicles (
  plate text primary key, chassis_number text not null unique, owner text not null, part_id text not null);
create table if not exists received_parts (
  part_id text primary key, procedure text not null, dossier text, content text, answer text not null);
"""
UNDECIDED = {"decidedAt": None, "result": None, "facts": None, "refusal": None, "supplement": None, "likenesses": None}


def id_of(text, argument):
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(text), re.IGNORECASE):
        raise bad_input(f"{argument} is not a UUID")
    return text.lower()


def content_of(part):
    """Checked content of a part. @raises GraphqlError for another procedure or content that does not fit."""
    if part["procedure"] != PROCEDURE:
        raise bad_input("This agency does not decide the procedure")
    content = part["content"]
    fields = ("chassisNumber", "ownerPersonalId")
    if not isinstance(content, dict) or not all(isinstance(content.get(each), str) for each in fields):
        raise bad_input(f"The content needs the texts {' and '.join(fields)}")
    return content


class Register:
    def __init__(self, path):
        # one connection and one lock: a transaction at a time, which is all that this agency needs
        self.connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.connection.execute("pragma journal_mode = wal")
        self.connection.execute("pragma synchronous = full")
        self.connection.executescript(TABLES)
        self.lock = threading.RLock()

    def rows(self, sql, *values):
        with self.lock:
            return self.connection.execute(sql, values).fetchall()

    def vehicles(self, column, value):
        rows = self.rows(f"select plate, chassis_number, owner from vehicles where {column} = ? order by plate", value)
        return [
            {"__typename": "Vehicle", "plate": plate, "chassisNumber": chassis, "owner": {"personalId": owner}}
            for plate, chassis, owner in rows
        ]

    def problems(self, content):
        if not re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", content["chassisNumber"]):
            return [problem("CHASSIS_NUMBER_FORMAT", "Số khung không đúng định dạng", "The chassis number is not valid",
                            ["chassisNumber"])]
        known = self.rows(
            "select dossier from vehicles join received_parts using (part_id) where chassis_number = ?",
            content["chassisNumber"],
        )
        return [
            problem("VEHICLE_ALREADY_REGISTERED", "Xe đã được đăng ký", "The vehicle is registered already",
                    ["chassisNumber"], dossier)
            for (dossier,) in known
        ]

    def stored(self, part_id):
        for (answer,) in self.rows("select answer from received_parts where part_id = ?", part_id):
            return json.loads(answer)
        return None

    def check(self, part):
        content = content_of(part)
        handling = "OFFICER" if content.get("imported") else "AUTOMATIC"
        return {"handling": handling, "problems": self.problems(content)}

    def deliver(self, part):
        part_id, content = id_of(part["id"], "part.id"), content_of(part)
        with self.lock, self.connection:
            self.connection.execute("begin immediate")
            known = self.stored(part_id)
            if known:
                return known
            answer = self.decided(part_id, content)
            self.keep(part_id, part["procedure"], part["dossier"], content, answer)
            return answer

    def decided(self, part_id, content):
        problems = self.problems(content)
        if problems:
            reason = {name: problems[0][name] for name in ("code", "message", "messageEn", "existingDossier")}
            refusal = {**reason, "legalBasis": "Thông tư 79/2024/TT-BCA"}
            return {**UNDECIDED, "state": "REFUSED", "decidedAt": now(), "refusal": refusal}
        if content.get("imported"):
            return {**UNDECIDED, "state": "PROCESSING"}
        return self.registered(part_id, content)

    def registered(self, part_id, content):
        (count,) = self.rows("select count(*) from vehicles")[0]
        plate = f"29A-{count // 100:03}.{count % 100:02}"
        self.connection.execute(
            "insert into vehicles values (?, ?, ?, ?)",
            (plate, content["chassisNumber"], content["ownerPersonalId"], part_id),
        )
        result = {"type": "Vehicle", "id": plate}
        return {**UNDECIDED, "state": "GRANTED", "decidedAt": now(), "result": result, "facts": {"plate": plate}}

    def instruct(self, part_id, instruction):
        part_id = id_of(part_id, "partId")
        with self.lock, self.connection:
            self.connection.execute("begin immediate")
            known = self.rows("select procedure, dossier, content, answer from received_parts where part_id = ?", part_id)
            if not known:
                return None
            procedure, dossier, content, answer = known[0]
            stored = json.loads(answer)
            if stored["state"] not in ("PROCESSING", "SUPPLEMENT_NEEDED"):
                return stored
            instructed = self.instructed(part_id, json.loads(content), instruction)
            if instructed is None:
                return stored
            self.keep(part_id, procedure, dossier, json.loads(content), instructed)
            return instructed

    def instructed(self, part_id, content, instruction):
        """Answer to an instruction about an open part; None where the register does not allow the grant."""
        if "refuse" in instruction:
            words = instruction["refuse"]
            refusal = {"code": words.get("code", "REFUSED_BY_OFFICER"), "legalBasis": words["legalBasis"]}
            refusal |= {"message": words["reason"], "messageEn": words.get("reasonEn", words["reason"])}
            refusal["existingDossier"] = None
            return {**UNDECIDED, "state": "REFUSED", "decidedAt": now(), "refusal": refusal}
        if "supplement" in instruction:
            items = instruction["supplement"]["items"]
            return {**UNDECIDED, "state": "SUPPLEMENT_NEEDED", "decidedAt": now(), "supplement": items}
        if "answers" in instruction:
            return self.decided(part_id, content)
        if "grant" not in instruction:
            raise bad_input("An instruction has one of grant, refuse, supplement and answers")
        return None if self.problems(content) else self.registered(part_id, content)

    def keep(self, part_id, procedure, dossier, content, answer):
        is_open = answer["state"] in ("PROCESSING", "SUPPLEMENT_NEEDED")
        self.connection.execute(
            "insert or replace into received_parts values (?, ?, ?, ?, ?)",
            (part_id, procedure, dossier, json.dumps(content) if is_open else None, json.dumps(answer)),
        )

    def status(self, part_id):
        return self.stored(id_of(part_id, "partId"))

    def cancel(self, part_id):
        part_id = id_of(part_id, "partId")
        cancelled = {**UNDECIDED, "state": "CANCELLED", "decidedAt": now()}
        with self.lock, self.connection:
            self.connection.execute("begin immediate")
            known = self.rows("select procedure, dossier, answer from received_parts where part_id = ?", part_id)
            procedure, dossier, answer = known[0] if known else ("unknown", None, "null")
            stored = json.loads(answer)
            if stored and stored["state"] not in ("PROCESSING", "SUPPLEMENT_NEEDED"):
                return stored
            self.keep(part_id, procedure, dossier, None, cancelled)
            return cancelled

    def received(self, first, after):
        if not 1 <= first <= 1_000:
            raise bad_input("first lies between 1 and 1000")
        start = "" if after is None else id_of(after, "after")
        rows = self.rows(
            "select part_id, procedure, dossier, answer from received_parts where part_id > ? order by part_id limit ?",
            start,
            first,
        )
        return [
            {"id": part_id, "procedure": procedure, "dossier": dossier, "state": json.loads(answer)["state"]}
            for part_id, procedure, dossier, answer in rows
        ]


def problem(code, message, message_en, path, dossier=None):
    return {"code": code, "message": message, "messageEn": message_en, "path": path, "existingDossier": dossier}


def now():
    return datetime.now(VIET_NAM).isoformat(timespec="milliseconds")
