#!/usr/bin/env python3
"""Writes an OpenAPI document of as many operations as asked for: crud.py OPERATIONS > document.json

The shapes are those of an ordinary API: records that are listed in pages, made, read, changed and deleted; nested
objects, enums, lists, maps, references between records, one schema of errors. The same number gives the same bytes.
"""
import json
import sys

NOUNS = ["account", "invoice", "project", "ticket", "contact", "order", "product", "shipment", "payment", "campaign"]
KINDS = ["archived", "shared", "recurring", "internal", "partner", "regional"]


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def text(what, **more):
    return {"type": "string", "description": what, **more}


def names(index):
    noun = NOUNS[index % len(NOUNS)]
    turn = index // len(NOUNS)
    kind = "" if turn == 0 else KINDS[(turn - 1) % len(KINDS)] + ("" if turn <= len(KINDS) else str(turn))
    snake = f"{kind}_{noun}" if kind else noun
    return snake, "".join(word.capitalize() for word in snake.split("_"))


def schemas(index, count):
    snake, name = names(index)
    _, other = names((index + 1) % count)
    status = text(f"How far the {snake} is.", enum=["draft", "open", "on_hold", "closed", f"{snake}_lost"])
    writable = {
        "name": text(f"What people call the {snake}."),
        "status": status,
        "priority": {"type": "integer", "format": "int32", "description": "The higher, the sooner."},
        "amount": {"type": "number", "format": "double", "description": "In the currency below."},
        "currency": text("The currency's code.", enum=["EUR", "USD", "GBP", "CHF", "SEK"]),
        "due_at": text("When it is due.", format="date-time"),
        "tags": {"type": "array", "items": {"type": "string"}, "description": "Free words."},
        "address": ref(f"{name}Address"),
        "lines": {"type": "array", "items": ref(f"{name}Line"), "description": "What it consists of."},
        "attributes": {"type": "object", "additionalProperties": {"type": "string"}, "description": "Whatever else."},
        "owner_id": text("Whose it is.", format="uuid"),
        "active": {"type": "boolean", "description": "Whether it counts."},
    }
    read_only = {
        "id": text(f"The {snake}'s id."),
        "created_at": text("When it was made.", format="date-time"),
        "updated_at": text("When it last changed.", format="date-time"),
        "next": {"allOf": [ref(f"{other}Reference")], "description": "What follows from it."},
    }
    return {
        name: {"type": "object", "description": f"A {snake}.", "properties": {**read_only, **writable},
               "required": ["id", "name", "status", "created_at", "updated_at"]},
        f"{name}Create": {"type": "object", "description": f"A {snake} to be made.", "properties": writable,
                          "required": ["name", "status"]},
        f"{name}Update": {"type": "object", "description": f"What changes of a {snake}.", "properties": writable},
        f"{name}Address": {"type": "object", "description": "Where it goes.",
                           "properties": {key: text(f"The {key}.") for key in ["street", "city", "zip", "country"]}},
        f"{name}Line": {"type": "object", "description": "One of several.", "required": ["sku", "quantity"],
                        "properties": {"sku": text("The article."),
                                       "quantity": {"type": "integer", "format": "int64", "description": "How many."},
                                       "price": {"type": "number", "format": "double", "description": "Of one."},
                                       "unit": text("Counted in.", enum=["piece", "hour", f"{snake}_pack"])}},
        f"{name}Reference": {"type": "object", "description": f"Names a {snake}.", "required": ["id"],
                             "properties": {"id": text("Its id."), "name": text("Its name.")}},
        f"{name}Page": {"type": "object", "description": "Some of them.", "required": ["data"],
                        "properties": {"data": {"type": "array", "items": ref(name)},
                                       "next_cursor": text("Where the next page starts."),
                                       "total": {"type": "integer", "format": "int64"}}},
    }


def answer(schema, what="It worked."):
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def operations(index):
    snake, name = names(index)
    tag = NOUNS[index % len(NOUNS)]
    query = lambda name, schema, what: {"name": name, "in": "query", "description": what, "schema": schema}
    one = {"name": "id", "in": "path", "required": True, "description": "Which.", "schema": {"type": "string"}}
    body = lambda schema: {"required": True, "content": {"application/json": {"schema": ref(schema)}}}
    pages = [query("limit", {"type": "integer", "format": "int32"}, "How many a page holds at most."),
             query("cursor", {"type": "string"}, "Where to go on."),
             query("sort", {"type": "string", "enum": ["name", "created_at", f"{snake}_rank"]}, "What comes first."),
             query("active", {"type": "boolean"}, "Only those that count.")]
    make = lambda verb, what, success, **more: {
        "operationId": f"{verb}_{snake}", "tags": [tag], "summary": what,
        "responses": {**success, "4XX": answer(ref("Error"), "It did not.")}, **more}
    path = f"/v1/{snake}s"
    yield path, "get", make("list", f"Lists {snake}s.", {"200": answer(ref(f"{name}Page"))}, parameters=pages)
    yield path, "post", make("create", f"Makes a {snake}.", {"201": answer(ref(name))}, requestBody=body(f"{name}Create"))
    path += "/{id}"
    yield path, "get", make("get", f"Reads a {snake}.", {"200": answer(ref(name))}, parameters=[one])
    yield path, "patch", make("update", f"Changes a {snake}.", {"200": answer(ref(name))}, parameters=[one],
                              requestBody=body(f"{name}Update"))
    yield path, "delete", make("delete", f"Deletes a {snake}.", {"204": {"description": "It is gone."}}, parameters=[one])


def document(count):
    resources = -(-count // 5)
    paths, parts = {}, {"Error": {
        "type": "object", "description": "What went wrong.", "required": ["code", "message"],
        "properties": {"code": text("For machines."), "message": text("For people."),
                       "details": {"type": "array", "items": {"type": "string"}}}}}
    for index in range(resources):
        parts.update(schemas(index, resources))
        for path, method, operation in list(operations(index))[: count - 5 * index]:
            paths.setdefault(path, {})[method] = operation
    return {"openapi": "3.0.3", "info": {"title": "Records", "version": "1.0.0"},
            "servers": [{"url": "https://api.example.com"}], "paths": paths, "components": {"schemas": parts}}


if __name__ == "__main__":
    json.dump(document(int(sys.argv[1])), sys.stdout, indent=1)
    print()
