#!/usr/bin/env python3
"""Makes the types of connectors (workflow/build/apis/*.ts, all of them together in connectors.ts) from Google's discovery documents.

Which methods there are is said in workflow/run/connectors/methods.json. scripts/generate/connectors.cjs runs it, and
says where the documents are from.
"""

import json
import pathlib
import re
import sys
import zipfile

ROOT = pathlib.Path(__file__).parent.parent.parent
FOLDER = ROOT / "workflow" / "build"
DOCUMENTS = "googleapiclient/discovery_cache/documents/"
NOTE = "// Made by scripts/generate/connector_types.py from Google's discovery documents.\n"
SCALARS = {"integer": "number", "number": "number", "boolean": "boolean"}


def methods(resource, prefix=""):
    """Every method below a resource, with its dotted name."""
    for name, method in resource.get("methods", {}).items():
        yield prefix + name, method
    for name, child in resource.get("resources", {}).items():
        yield from methods(child, prefix + name + ".")


def field(name):
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else json.dumps(name)


def listed(kind):
    return f"({kind})[]" if " | " in kind else f"{kind}[]"


def type_of(schema):
    """A schema as a type in which every field is there: what answers hold, and of what bodies may hold a part."""
    if "$ref" in schema:
        return schema["$ref"]
    kind = schema.get("type")
    if kind == "array":
        return listed(type_of(schema["items"]))
    if kind == "object" and "properties" in schema:
        return "{ " + "; ".join(f"{field(n)}: {type_of(s)}" for n, s in schema["properties"].items()) + " }"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return "{ [key: string]: " + type_of(schema["additionalProperties"]) + " }"
    if kind == "string":
        # 64 bits do not fit a JSON number, so they are texts; Google takes numbers too.
        number = schema.get("format") in ("int64", "uint64")
        return "string | number" if number else " | ".join(map(json.dumps, schema.get("enum", []))) or "string"
    return "{ [key: string]: unknown }" if kind == "object" else SCALARS.get(kind, "unknown")


def references(schema, schemas, found):
    """Collects the names of the schemas that one needs."""
    name = schema.get("$ref")
    if name is not None and name not in found:
        found.add(name)
        references(schemas[name], schemas, found)
    inner = list(schema.get("properties", {}).values()) + [schema.get("items"), schema.get("additionalProperties")]
    for each in inner:
        if isinstance(each, dict):
            references(each, schemas, found)


def query_of(method):
    """The names in a query with their types; of dotted ones, which are given as maps, the first part."""
    fields = {}
    for name, schema in sorted(method.get("parameters", {}).items()):
        if schema["location"] == "query":
            kind = type_of({key: value for key, value in schema.items() if key != "repeated"})
            kind = f"{kind} | {listed(kind)}" if schema.get("repeated") else kind
            fields[name.split(".")[0]] = "unknown" if "." in name else kind
    in_path = re.findall(r"\{\+?(\w+)\}", method["path"])
    return {name: kind for name, kind in fields.items() if name not in in_path}


def entry(service, name, method):
    in_path = " | ".join(f'"{each}"' for each in re.findall(r"\{\+?(\w+)\}", method["path"])) or "never"
    query = query_of(method)
    fields = "{ " + "; ".join(f"{field(n)}: {kind}" for n, kind in query.items()) + " }" if query else "object"
    body = method["request"].get("$ref", "unknown") if "request" in method else "never"
    # Content may stand where the description of an object does.
    if method.get("supportsMediaUpload"):
        body = "unknown"
    result = method.get("response", {}).get("$ref", "unknown")
    return f'    "googleapis.{service}.{name}": $Method<{in_path}, {fields}, {body}, {result}>;'


def main():
    wheel = zipfile.ZipFile(sys.argv[1])
    table = json.loads((ROOT / "workflow" / "run" / "connectors" / "methods.json").read_text())
    (FOLDER / "apis").mkdir(exist_ok=True)
    for service, known in sorted(table.items()):
        document = json.loads(wheel.read(DOCUMENTS + service + ".json"))
        wanted = {name: method for name, method in sorted(methods(document)) if name in known["methods"]}
        found = set()
        for method in wanted.values():
            for schema in (method.get("request"), method.get("response")):
                references(schema or {}, document["schemas"], found)
        lines = [
            NOTE + 'import type { Method as $Method } from "../method";\n',
            f"/** The methods of {service}. */",
            "export interface $Methods {",
            *(entry(service, name, method) for name, method in wanted.items()),
            "}\n",
            *(f"interface {name} {type_of(document['schemas'][name])}" for name in sorted(found)),
        ]
        types = [line if line.endswith("}") or not line.startswith("interface") else alias(line) for line in lines]
        (FOLDER / "apis" / f"{service}.ts").write_text("\n".join(types) + "\n")
    names = {service: re.sub(r"\W", "_", service) for service in sorted(table)}
    imports = [f'import type {{ $Methods as {name} }} from "./{service}";' for service, name in names.items()]
    (FOLDER / "apis" / "connectors.ts").write_text(
        NOTE
        + "\n".join(imports)
        + "\n\n/** The methods of Google's APIs, as connectors, with their arguments, bodies and results. */\n"
        + "// prettier-ignore\n"
        + "export interface Connectors\n    extends "
        + ",\n        ".join(names.values())
        + " {}\n"
    )


def alias(line):
    """A schema that is no map, such as a list or anything."""
    _, name, kind = line.split(" ", 2)
    return f"type {name} = {kind};"


main()
