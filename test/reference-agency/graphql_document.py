"""Parser and executor of the part of GraphQL that a subgraph needs: no introspection, no subscriptions."""

import json
import re

TOKEN = re.compile(
    r'[\s,\ufeff]+|#[^\n\r]*'
    r'|(?P<name>[_A-Za-z][_0-9A-Za-z]*)'
    r'|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)'
    r'|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r'|(?P<punctuation>\.\.\.|[!$():=@\[\]{|}])'
)


class GraphqlError(Exception):
    """An error of the response, with its code."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def bad_input(message):
    return GraphqlError("BAD_USER_INPUT", message)


def tokens_of(source):
    tokens, position = [], 0
    while position < len(source):
        match = TOKEN.match(source, position)
        if not match:
            raise bad_input("The document is not valid GraphQL")
        if match.lastgroup:
            tokens.append((match.lastgroup, match.group()))
        position = match.end()
    return tokens + [("end", "")]


class Parser:
    """Recursive descent over the tokens of one document."""

    def __init__(self, source):
        self.tokens = tokens_of(source)
        self.at = 0

    def peek(self, text=None):
        kind, value = self.tokens[self.at]
        return kind != "string" and value == text if text is not None else (kind, value)

    def take(self, text=None, kind=None):
        found_kind, found = self.tokens[self.at]
        if (text is not None and found != text) or (kind is not None and found_kind != kind):
            raise bad_input(f"The document is not valid GraphQL near {found!r}")
        self.at += 1
        return found

    def takes(self, text):
        if self.peek(text):
            self.at += 1
            return True
        return False

    def document(self):
        operations, fragments = [], {}
        while self.peek()[0] != "end":
            if self.takes("fragment"):
                name = self.take(kind="name")
                self.take("on")
                condition = self.take(kind="name")
                self.directives()
                fragments[name] = {"on": condition, "selections": self.selections()}
            else:
                operations.append(self.operation())
        return operations, fragments

    def operation(self):
        operation = {"kind": "query", "name": None, "variables": {}}
        if not self.peek("{"):
            operation["kind"] = self.take(kind="name")
            if self.peek()[0] == "name":
                operation["name"] = self.take()
            if self.takes("("):
                while not self.takes(")"):
                    self.take("$")
                    name = self.take(kind="name")
                    self.take(":")
                    required = self.type_required()
                    default = self.value() if self.takes("=") else None
                    operation["variables"][name] = (required, default)
            self.directives()
        operation["selections"] = self.selections()
        return operation

    def type_required(self):
        if self.takes("["):
            self.type_required()
            self.take("]")
        else:
            self.take(kind="name")
        return self.takes("!")

    def selections(self):
        self.take("{")
        selections = []
        while not self.takes("}"):
            selections.append(self.selection())
        return selections

    def selection(self):
        if self.takes("..."):
            if self.peek()[0] == "name" and not self.peek("on"):
                return {"spread": self.take(), "directives": self.directives()}
            condition = self.take(kind="name") if self.takes("on") else None
            return {"on": condition, "directives": self.directives(), "selections": self.selections()}
        name = self.take(kind="name")
        alias = name
        if self.takes(":"):
            name = self.take(kind="name")
        arguments = self.arguments()
        directives = self.directives()
        selections = self.selections() if self.peek("{") else None
        return {
            "field": name, "alias": alias, "arguments": arguments, "directives": directives, "selections": selections,
        }

    def arguments(self):
        arguments = {}
        if self.takes("("):
            while not self.takes(")"):
                name = self.take(kind="name")
                self.take(":")
                arguments[name] = self.value()
        return arguments

    def directives(self):
        directives = []
        while self.takes("@"):
            directives.append((self.take(kind="name"), self.arguments()))
        return directives

    def value(self):
        kind, text = self.peek()
        if self.takes("$"):
            return ("variable", self.take(kind="name"))
        if self.takes("["):
            items = []
            while not self.takes("]"):
                items.append(self.value())
            return ("list", items)
        if self.takes("{"):
            fields = {}
            while not self.takes("}"):
                name = self.take(kind="name")
                self.take(":")
                fields[name] = self.value()
            return ("object", fields)
        self.at += 1
        if kind in ("number", "string"):
            return ("constant", json.loads(text))
        if kind == "name":
            return ("constant", {"true": True, "false": False, "null": None}.get(text, text))
        raise bad_input(f"The document is not valid GraphQL near {text!r}")


def evaluated(value, variables):
    kind, content = value
    if kind == "variable":
        return variables.get(content)
    if kind == "list":
        return [evaluated(item, variables) for item in content]
    if kind == "object":
        return {name: evaluated(item, variables) for name, item in content.items()}
    return content


class Execution:
    """One operation over `types`: {type: {field: resolver(parent, arguments, context) or None for the dict's own value}}."""

    def __init__(self, types, composites, fragments, variables, context):
        self.types, self.composites, self.fragments = types, composites, fragments
        self.variables, self.context = variables, context
        self.errors = []

    def included(self, directives):
        for name, arguments in directives:
            if name in ("skip", "include"):
                condition = evaluated(arguments.get("if", ("constant", False)), self.variables)
                if bool(condition) == (name == "skip"):
                    return False
        return True

    def collected(self, type_name, selections, into):
        for selection in selections:
            if not self.included(selection["directives"]):
                continue
            if "field" in selection:
                into.setdefault(selection["alias"], []).append(selection)
                continue
            if "spread" in selection:
                if selection["spread"] not in self.fragments:
                    raise bad_input(f"There is no fragment {selection['spread']}")
                selection = self.fragments[selection["spread"]]
            if selection["on"] in (None, type_name):
                self.collected(type_name, selection["selections"], into)
        return into

    def validate(self, type_name, selections, depth=0):
        """Refuses unknown fields before anything is resolved."""
        if depth > 30:
            raise bad_input("The document is nested too deeply")
        for selection in selections:
            if "spread" in selection:
                fragment = self.fragments.get(selection["spread"])
                if fragment is None:
                    raise bad_input(f"There is no fragment {selection['spread']}")
                self.validate(fragment["on"], fragment["selections"], depth + 1)
            elif "field" not in selection:
                self.validate(selection["on"] or type_name, selection["selections"], depth + 1)
            elif selection["field"] != "__typename" and type_name != "_Entity":
                if selection["field"] not in self.types.get(type_name, {}):
                    raise bad_input(f"{type_name} has no field {selection['field']}")
                child = self.composites.get((type_name, selection["field"]))
                if (child is None) != (selection["selections"] is None):
                    raise bad_input(f"{type_name}.{selection['field']} has the wrong kind of selection")
                if child is not None:
                    self.validate(child, selection["selections"], depth + 1)

    def object(self, type_name, parent, selections, path):
        result = {}
        for alias, fields in self.collected(type_name, selections, {}).items():
            result[alias] = self.field(type_name, parent, fields, path + [alias])
        return result

    def field(self, type_name, parent, fields, path):
        name = fields[0]["field"]
        if name == "__typename":
            return type_name
        try:
            resolver = self.types[type_name][name]
            arguments = {key: evaluated(value, self.variables) for key, value in fields[0]["arguments"].items()}
            value = resolver(parent, arguments, self.context) if resolver else parent.get(name)
        except GraphqlError as error:
            self.errors.append({"message": str(error), "path": path, "extensions": {"code": error.code}})
            return None
        selections = [each for field in fields for each in field["selections"] or []]
        return self.completed(self.composites.get((type_name, name)), value, selections, path)

    def completed(self, type_name, value, selections, path):
        if type_name is None or value is None:
            return value
        if isinstance(value, list):
            return [self.completed(type_name, item, selections, path + [index]) for index, item in enumerate(value)]
        return self.object(value.get("__typename", type_name), value, selections, path)


def execute(types, composites, request, context):
    """Response to a request {query, variables, operationName}. @raises GraphqlError when the document is not valid."""
    query = request.get("query")
    if not isinstance(query, str):
        raise bad_input("A request needs a query")
    operations, fragments = Parser(query).document()
    wanted = request.get("operationName")
    found = [each for each in operations if wanted is None or each["name"] == wanted]
    if len(found) != 1:
        raise bad_input("The document must have one operation of the name asked for")
    operation = found[0]
    root = {"query": "Query", "mutation": "Mutation"}.get(operation["kind"])
    if root is None:
        raise bad_input(f"There are no operations of kind {operation['kind']}")
    variables = dict(request.get("variables") or {})
    for name, (required, default) in operation["variables"].items():
        if default is not None:
            variables.setdefault(name, evaluated(default, {}))
        if required and variables.get(name) is None:
            raise bad_input(f"The variable ${name} is required")
    execution = Execution(types, composites, fragments, variables, context)
    execution.validate(root, operation["selections"])
    data = execution.object(root, {}, operation["selections"], [])
    return {"data": data, **({"errors": execution.errors} if execution.errors else {})}
