#!/usr/bin/env python3
"""Makes the table of OAuth scopes (workflow/auth/scopes/oauth-scopes.json) from Google's discovery documents.

The PyPI package google-api-python-client carries all of them:

    pip download --no-deps google-api-python-client -d /tmp/discovery
    npm run generate -- connectors --discovery /tmp/discovery/google_api_python_client-*.whl

The table has every scope that there is, and of each method that cloud-platform does not open the scopes that do, the
narrowest first:

    known   the scopes, without https://www.googleapis.com/auth/
    sets    lists of scopes, by their places in known
    apis    by the first label of an API's host: path -> "VERB set, VERB set"; * is a segment, ** a part of the path, and
            v* any version. "closed" is true where cloud-platform opens no method at all.
"""

import collections
import json
import pathlib
import re
import sys
import zipfile

FILE = pathlib.Path(__file__).parent.parent.parent / "workflow" / "auth" / "scopes" / "oauth-scopes.json"
DOCUMENTS = "googleapiclient/discovery_cache/documents/"
PREFIX = "https://www.googleapis.com/auth/"
CLOUD_PLATFORM = PREFIX + "cloud-platform"
# These open a part of the objects that a method is for: those that the application made, that someone opened in it, or of
# one kind. A call can be refused with them although the method accepts them, so that they are never the first choice.
PARTIAL = re.compile(
    r"\.(appdata|appfolder|addons|photos|meet|scripts|install|app\.created|owned|public|freebusy|"
    r"currentonly|import|admin|app|apps)(\.|$)|youtubepartner"
)
# What a service account has, as every workflow is one; the other scopes of Chat are for people:
# https://developers.google.com/workspace/chat/authenticate-authorize
ACCOUNT = "chat.bot"
# What slides.batchUpdate takes for charts, beside the presentation itself.
BESIDE = {"slides": re.compile(r"spreadsheets|drive\.readonly")}


def methods(resource):
    """Every method below a resource."""
    yield from resource.get("methods", {}).values()
    for child in resource.get("resources", {}).values():
        yield from methods(child)


def narrowest_first(scopes, api, method, breadth):
    """Scopes that read before those that write, of this API before those of several, and by how much they open."""

    def key(scope):
        short = scope.replace(PREFIX, "")
        content = method.get("supportsMediaDownload", False) and "metadata" in short
        partial = bool(PARTIAL.search(short)) or content
        beside = api in BESIDE and method["httpMethod"] != "GET" and bool(BESIDE[api].search(short))
        names, count = breadth[scope]
        return (short != ACCOUNT, beside, partial, "readonly" not in short, len(names), count, scope)

    return sorted(scopes, key=key)


def paths(document, method):
    """The templates of a method's paths: of the call, and of uploads."""
    yield document["servicePath"] + method.get("flatPath", method["path"])
    for protocol in method.get("mediaUpload", {}).get("protocols", {}).values():
        yield protocol["path"].lstrip("/")


def template(path):
    """`v4/spreadsheets/{id}:append` -> `v*/spreadsheets/*:append`"""
    path = re.sub(r"\{\+[^}]*\}", "**", path)
    path = re.sub(r"\{[^}]*\}", "*", path)
    return re.sub(r"(^|/)v\d+(\.\d+)?((alpha|beta)\d*)?(?=/|$)", r"\1v*", path)


def main():
    wheel = zipfile.ZipFile(sys.argv[1])
    names = [name for name in wheel.namelist() if name.startswith(DOCUMENTS) and not name.endswith("/index.json")]
    documents = [json.loads(wheel.read(name)) for name in sorted(names) if name.endswith(".json")]
    known = set()
    breadth = collections.defaultdict(lambda: [set(), 0])
    for document in documents:
        known |= set(document.get("auth", {}).get("oauth2", {}).get("scopes", {}))
        for method in methods(document):
            for scope in method.get("scopes", []):
                breadth[scope][0].add(document["name"])
                breadth[scope][1] += 1
    known = sorted(known | set(breadth))
    sets = []
    apis = collections.defaultdict(lambda: collections.defaultdict(dict))
    opened = set()
    for document in documents:
        host = re.match(r"https://([^.]+)\.", document["rootUrl"]).group(1)
        for method in methods(document):
            scopes = method.get("scopes", [])
            if not scopes or CLOUD_PLATFORM in scopes:
                opened.add(host)
                continue
            ordered = [known.index(each) for each in narrowest_first(scopes, document["name"], method, breadth)]
            if ordered not in sets:
                sets.append(ordered)
            for path in paths(document, method):
                verbs = apis[host][template(path)]
                old = verbs.get(method["httpMethod"])
                # Of two versions, what both accept.
                both = ordered if old is None else [each for each in sets[old] if each in ordered] or ordered
                if both not in sets:
                    sets.append(both)
                verbs[method["httpMethod"]] = sets.index(both)
    table = {
        "known": [each.removeprefix(PREFIX) for each in known],
        "sets": sets,
        "closed": sorted(set(apis) - opened),
        "apis": {
            host: {path: ", ".join(f"{verb} {index}" for verb, index in sorted(verbs.items())) for path, verbs in sorted(entries.items())}
            for host, entries in sorted(apis.items())
        },
    }
    FILE.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")).replace("},", "},\n") + "\n")
    print(f"{len(known)} scopes, {len(sets)} sets, {len(apis)} APIs, {sum(map(len, apis.values()))} paths")


main()
