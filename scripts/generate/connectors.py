#!/usr/bin/env python3
"""Makes the table of connectors (workflow/run/connectors/methods.json) from Google's discovery documents.

scripts/generate/connectors.cjs runs it, and says where the documents are from.
Which services are in the table is said in workflow/run/connectors/services.json.
"""

import json
import pathlib
import re
import sys
import zipfile

FOLDER = pathlib.Path(__file__).parent.parent.parent / "workflow" / "run" / "connectors"
DOCUMENTS = "googleapiclient/discovery_cache/documents/"
CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform"
# What is waited for although it answers with no operation, by the ends of methods' IDs. Connectors document it of
# BigQuery, of Dataflow's templates, of Cloud Run's jobs and of Vertex AI's custom jobs; the others are [K].
JOBS = {
    "bigquery": (r"jobs\.insert$", "job"),
    "dataflow": (r"(jobs|templates)\.create$", "dataflow"),
    "batch": (r"jobs\.create$", "batch"),
    "aiplatform": (r"(customJobs|batchPredictionJobs)\.create$", "state"),
    "run": (r"namespaces\.(jobs\.(create|replaceJob|run)|services\.(create|replaceService))$", "condition"),
}


def methods(resource, prefix):
    """Every method below a resource, with its dotted name."""
    for name, method in resource.get("methods", {}).items():
        yield prefix + name, method
    for name, child in resource.get("resources", {}).items():
        yield from methods(child, prefix + name + ".")


def scope(document, method):
    """The scope that a call asks for: cloud-platform where it is enough, else the service's own."""
    scopes = method.get("scopes", [])
    if not scopes or CLOUD_PLATFORM in scopes:
        return None
    own = [each for each in scopes if document["name"].rstrip("s") in each and "readonly" not in each]
    writable = [each for each in scopes if "readonly" not in each]
    return (own or writable or scopes)[0]


def polling(document, method):
    """How the end of what the method starts is found out."""
    response = method.get("response", {}).get("$ref")
    schema = document["schemas"].get(response, {})
    fields = schema.get("properties", {})
    if method["httpMethod"] == "GET":
        return None
    if {"done", "error", "name", "response"} <= fields.keys():
        return "operation"
    if response == "Operation" and {"status", "selfLink"} <= fields.keys():
        return "status"
    ends, how = JOBS.get(document["name"], ("$^", None))
    return how if re.search(ends, method["id"]) else None


def entry(document, method):
    """`verb path?query` with what else matters behind blanks: `body`, `poll=…`, `scope=…`, `upload=…`."""
    parameters = method.get("parameters", {})
    query = sorted(
        name + ("*" if each.get("repeated") else "")
        for name, each in parameters.items()
        if each["location"] == "query"
    )
    parts = [method["httpMethod"], method["path"] + ("?" + "&".join(query) if query else "")]
    if "request" in method:
        parts.append("body")
    how = polling(document, method)
    if how:
        parts.append("poll=" + how)
    wanted = scope(document, method)
    if wanted:
        parts.append("scope=" + wanted)
    upload = method.get("mediaUpload", {}).get("protocols", {}).get("simple", {}).get("path")
    if upload:
        parts.append("upload=" + upload)
    return " ".join(parts)


def main():
    wheel = zipfile.ZipFile(sys.argv[1])
    services = json.loads((FOLDER / "services.json").read_text())
    table = {}
    for name, pattern in sorted(services.items()):
        document = json.loads(wheel.read(DOCUMENTS + name + ".json"))
        wanted = re.compile(pattern)
        table[name] = {
            "root": document["rootUrl"] + document["servicePath"],
            "methods": {
                method_name: entry(document, method)
                for method_name, method in sorted(methods(document, ""))
                if wanted.match(method_name)
            },
        }
    (FOLDER / "methods.json").write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")
    print(f"{len(table)} services, {sum(len(each['methods']) for each in table.values())} methods")


main()
