//! Whole documents of every version, to be damaged.

use serde_json::{Value, json};

pub(crate) const COUNT: usize = 3;

pub(crate) fn all() -> Vec<Value> {
    vec![three("3.0.3"), three("3.1.0"), two()]
}

/// The version decides little here: 3.1 says null in types.
fn three(version: &str) -> Value {
    let modern = version.starts_with("3.1");
    let note = match modern {
        true => json!({"type": ["string", "null"], "const": "x", "examples": ["x"]}),
        false => json!({"type": "string", "nullable": true, "example": "x", "maxLength": 9}),
    };
    json!({
        "openapi": version,
        "info": {"title": "Pets", "version": "1", "description": "A *store*."},
        "servers": [{"url": "https://{host}.example.com", "variables": {"host": {"default": "a", "enum": ["a", "b"]}}}],
        "security": [{"key": []}],
        "paths": {
            "/pets": {
                "parameters": [{"$ref": "#/components/parameters/Trace"}],
                "get": {
                    "operationId": "listPets",
                    "tags": ["pets"],
                    "parameters": [
                        {"name": "limit", "in": "query", "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 100, "default": 10}},
                        {"name": "filter", "in": "query", "style": "deepObject", "explode": true, "schema": {"$ref": "#/components/schemas/Filter"}},
                        {"name": "ids", "in": "query", "style": "pipeDelimited", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}},
                        {"name": "json", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
                    ],
                    "responses": {
                        "200": {
                            "description": "Pets.",
                            "headers": {"X-Next": {"schema": {"type": "string"}}},
                            "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}, "example": []}},
                        },
                        "4XX": {"$ref": "#/components/responses/Error"},
                        "default": {"$ref": "#/components/responses/Error"},
                    },
                },
                "post": {
                    "operationId": "createPet",
                    "requestBody": {"required": true, "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
                        "multipart/form-data": {"schema": {"type": "object", "properties": {"photo": {"type": "string", "format": "binary"}}}, "encoding": {"photo": {"contentType": "image/png"}}},
                        "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Filter"}},
                    }},
                    "responses": {"201": {"description": "Made.", "content": {"text/event-stream": {"schema": {"$ref": "#/components/schemas/Pet"}}, "application/xml": {"schema": {"type": "string"}}}}, "204": {"description": "Nothing."}},
                },
            },
            "/pets/{id}": {
                "get": {
                    "parameters": [{"name": "id", "in": "path", "required": true, "style": "label", "schema": {"type": "string", "format": "uuid"}}],
                    "responses": {"200": {"description": "A pet.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Animal"}}, "image/png": {}}}},
                },
                "delete": {"operationId": "deletePet", "deprecated": true, "responses": {"204": {"description": "Gone."}}},
            },
        },
        "components": {
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {"read": ""}}}},
            },
            "parameters": {"Trace": {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}},
            "responses": {"Error": {"description": "No.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}},
            "schemas": {
                "Pet": {
                    "type": "object",
                    "required": ["id", "kind"],
                    "properties": {
                        "id": {"type": "integer", "format": "int64", "readOnly": true},
                        "kind": {"type": "string", "enum": ["cat", "dog", ""]},
                        "note": note,
                        "born": {"type": "string", "format": "date-time"},
                        "weight": {"type": "number", "exclusiveMinimum": if modern { json!(0) } else { json!(true) }, "minimum": 0},
                        "node": {"$ref": "#/components/schemas/Node"},
                        "secret": {"type": "string", "writeOnly": true},
                        "tuple": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": {}},
                        "any": {},
                    },
                    "additionalProperties": {"type": "string"},
                },
                "Node": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}, "list": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}},
                "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "required": ["lives"], "properties": {"lives": {"type": "integer"}}}]},
                "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"barks": {"type": "boolean", "default": true}}}], "additionalProperties": false},
                "Animal": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}], "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "dog": "Dog"}}},
                "Filter": {"type": "object", "properties": {"name": {"type": "string"}, "age": {"anyOf": [{"type": "integer"}, {"type": "string"}]}}},
                "Error": {"type": "object", "properties": {"code": {"type": "integer"}, "details": {"type": "object", "additionalProperties": true}}},
            },
        },
    })
}

fn two() -> Value {
    json!({
        "swagger": "2.0",
        "info": {"title": "Pets", "version": "1"},
        "host": "example.com",
        "basePath": "/v1",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "securityDefinitions": {"basic": {"type": "basic"}, "oauth": {"type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://example.com/a", "tokenUrl": "https://example.com/t", "scopes": {}}},
        "paths": {
            "/pets": {
                "get": {
                    "operationId": "listPets",
                    "parameters": [
                        {"name": "ids", "in": "query", "type": "array", "items": {"type": "integer"}, "collectionFormat": "pipes"},
                        {"$ref": "#/parameters/Limit"},
                    ],
                    "responses": {"200": {"description": "Pets.", "schema": {"type": "array", "items": {"$ref": "#/definitions/Pet"}}, "headers": {"X-Count": {"type": "integer"}}, "examples": {"application/json": []}}},
                },
                "post": {
                    "operationId": "createPet",
                    "parameters": [{"name": "body", "in": "body", "required": true, "schema": {"$ref": "#/definitions/Pet"}}],
                    "responses": {"default": {"description": "No.", "schema": {"$ref": "#/definitions/Error"}}},
                },
            },
            "/pets/{id}/photo": {
                "post": {
                    "operationId": "upload",
                    "consumes": ["multipart/form-data"],
                    "parameters": [
                        {"name": "id", "in": "path", "required": true, "type": "string"},
                        {"name": "file", "in": "formData", "type": "file"},
                        {"name": "note", "in": "formData", "type": "string"},
                    ],
                    "responses": {"204": {"description": "Done."}},
                },
            },
        },
        "parameters": {"Limit": {"name": "limit", "in": "query", "type": "integer", "format": "int32", "maximum": 100, "exclusiveMaximum": true}},
        "definitions": {
            "Pet": {"type": "object", "discriminator": "kind", "required": ["kind"], "properties": {"kind": {"type": "string"}, "name": {"type": "string", "x-nullable": true}, "friend": {"$ref": "#/definitions/Pet"}}},
            "Cat": {"allOf": [{"$ref": "#/definitions/Pet"}, {"type": "object", "properties": {"lives": {"type": "integer"}}}]},
            "Error": {"type": "object", "properties": {"message": {"type": "string"}}},
        },
    })
}
