import type { AuditOptions } from "../../../../workflow/auth";
import {
    addOidc,
    api,
    ask,
    call,
    oidc,
    type Row,
    run,
    sometimes,
    sometimesAuth,
    targets,
    workflow,
    writeOidc,
} from "./row";

const url = `url: ${run}/x`;
const fn = "https://us-central1-p.cloudfunctions.net/fn";
const grant = (member: string): string =>
    `- open:
    call: googleapis.run.v2.projects.locations.services.setIamPolicy
    args:
      resource: projects/p/locations/l/services/a
      body: {policy: {bindings: [{role: roles/run.invoker, members: ["${member}"]}]}}`;
const service = `- get:
    call: googleapis.run.v2.projects.locations.services.get
    args: {name: projects/p/locations/l/services/s}
    result: s`;
const declared = (root: string): AuditOptions => ({ targets: [{ name: "new", kind: "run", url: root }] });

export const credentialRows: Row[] = [
    { cause: "missing-auth/token", source: call(url), fix: addOidc, then: "inject" },
    {
        cause: "missing-auth/open",
        source: call("url: https://acme.ew.r.appspot.com/x"),
        fix: "declare it as a target: of kind iap with IAP's client ID as its audience, or of kind app-engine if it is open",
        then: { targets: [{ name: "acme", kind: "app-engine", url: "https://acme.ew.r.appspot.com" }] },
    },
    {
        cause: "other-universe/bare",
        source: call("url: https://storage.s3nsapis.fr/x"),
        fix: "set the universe domain to s3nsapis.fr if the workflow runs there, otherwise declare it as an external target",
        then: { targets: [{ name: "theirs", kind: "external", url: "https://storage.s3nsapis.fr" }] },
    },
    {
        cause: "other-universe/auth",
        source: call("url: https://storage.s3nsapis.fr/x", "auth: {type: OAuth2}"),
        also: ["token-leak/external"],
        fix: "set the universe domain to s3nsapis.fr if the workflow runs there, otherwise remove auth",
        then: { universeDomain: "s3nsapis.fr" },
    },
    {
        cause: "missing-auth/token",
        source: call(`url: ${fn}/x`),
        fix: `add auth: {type: OIDC, audience: ${fn}}`,
        then: "inject",
    },
    { cause: "missing-auth/token", source: call(`url: ${api}/x`), fix: "add auth: {type: OAuth2}", then: "inject" },
    {
        cause: "missing-auth/token",
        source: call('url: ${sys.get_env("ORDERS_URL") + "/x"}'),
        options: targets,
        fix: "add auth: {type: OIDC, audience: '${sys.get_env(\"ORDERS_URL\")}'}",
        then: "inject",
    },
    {
        cause: "missing-auth/token",
        source: workflow(service, ask('url: ${s.uri + "/x"}')),
        fix: "add auth: {type: OIDC, audience: '${s.uri}'}",
        then: "inject",
    },
    {
        cause: "missing-auth/token",
        source: call(`url: http://a-abcdefghij-uc.a.run.app/x`),
        fix: `write https: in its URL, and ${writeOidc}`,
        also: ["insecure-scheme/bare"],
        then: [
            ["http:", "https:"],
            ["/x", `/x\n        ${oidc}`],
        ],
    },
    {
        cause: "missing-auth/sometimes",
        source: workflow(sometimes('h["Authorization"]'), ask(url, "headers: ${h}")),
        fix: `set it on every path to the call; or set it on none, and ${addOidc}`,
        also: ["manual-bearer/caller"],
        then: [
            ['h["Authorization"]', 'h["X-B"]'],
            ["/x", `/x\n        ${oidc}`],
        ],
    },
    {
        cause: "missing-auth/sometimes",
        source: workflow(sometimesAuth, ask("x: 1").replace("args:\n      x: 1", "args: ${request}")),
        fix: `set it on every path to the call; or set it on none, and ${writeOidc}`,
        then: [[`{request: {url: ${run}/x}}`, `{request: {url: ${run}/x, ${oidc}}}`]],
    },
    {
        // So is an API key in one of two URLs.
        cause: "missing-auth/sometimes",
        source: call(`url: \${if(args.c, "${api}/x?key=" + args.t, "${api}/x")}`),
        fix: "set it on every path to the call; or set it on none, and add auth: {type: OAuth2}",
        then: [[` + args.t, "${api}/x")`, ` + args.t, "${api}/y?key=" + args.t)`]],
    },
    {
        // A query that some runs add.
        cause: "missing-auth/sometimes",
        source: workflow(sometimes("h.key"), ask(`url: ${api}/x`, "query: ${h}")),
        fix: "set it on every path to the call; or set it on none, and add auth: {type: OAuth2}",
        then: [["h: {X-A: b}", "h: {key: '${args.t}'}"]],
    },
    {
        cause: "missing-auth/secret-sometimes",
        source: workflow(sometimes('h["X-Key"]'), ask("url: https://pay.example/x", "headers: ${h}")),
        options: targets,
        fix: "read the secret, and send it in the header X-Key on every path to the call; write the names of the headers out",
        then: [["h: {X-A: b}", "h: {X-Key: '${args.t}'}"]],
    },
    {
        cause: "missing-auth/secret-sometimes",
        source: call("url: https://pay.example/x", "headers: ${args.headers}"),
        options: targets,
        fix: "read the secret, and send it in the header X-Key on every path to the call; write the names of the headers out",
        then: [["${args.headers}", "{X-Key: '${args.headers.key}'}"]],
    },
    {
        // A header that this receiver does not read is no credential for it.
        cause: "missing-auth/token",
        source: call(url, "headers: {X-Goog-Api-Key: '${args.key}'}"),
        fix: addOidc,
        then: "inject",
    },
    {
        cause: "missing-auth/token",
        source: call(url, "query: {key: '${args.key}'}"),
        fix: addOidc,
        then: "inject",
    },
    {
        cause: "missing-auth/headers",
        source: call(url, "headers: ${args.headers}"),
        fix: `${addOidc}; if a header is the credential, write its name out`,
        then: [["headers: ${args.headers}", `headers: {X-Id: "\${args.id}"}\n        ${oidc}`]],
    },
    {
        cause: "missing-auth/misplaced",
        source: call(url, "headers: {X-A: b, auth: {type: OIDC}}"),
        fix: `take it out of the headers, and ${addOidc} beside url`,
        then: [[", auth: {type: OIDC}}", `}\n        ${oidc}`]],
    },
    {
        cause: "missing-auth/opened",
        source: workflow(grant("allUsers"), ask(url)),
        also: ["public-invoker/grant"],
        fix: `grant the role to the account of this workflow in "open" in place of everyone, and ${addOidc}`,
        then: [
            ["allUsers", "serviceAccount:w@p.iam.gserviceaccount.com"],
            ["/x", `/x\n        ${oidc}`],
        ],
    },
    {
        // Another service is opened.
        cause: "missing-auth/token",
        source: workflow(grant("allUsers").replace("services/a", "services/b"), ask(url)),
        also: ["public-invoker/grant"],
        fix: addOidc,
        then: "inject",
        rest: ["public-invoker/grant"],
    },
    {
        cause: "missing-auth/secret",
        source: call("url: https://pay.example/x"),
        options: targets,
        fix: "read the secret and send it in the header X-Key",
        then: "inject",
    },
    {
        cause: "undeclared-target/bare",
        source: call(url),
        options: { closed: true },
        fix: "add the receiver to targets",
        then: { ...declared(run), closed: true },
        rest: ["missing-auth/token"],
    },
    {
        cause: "undeclared-target/token",
        source: call(url, oidc),
        options: { closed: true },
        fix: "add the receiver to targets",
        then: { ...declared(run), closed: true },
    },
    {
        cause: "undeclared-target/token",
        source: call("url: https://shop.example/x", "auth: {type: OIDC, audience: https://shop.example}"),
        options: { closed: true },
        fix: "add the receiver to targets",
        then: { ...declared("https://shop.example"), closed: true },
    },
    {
        cause: "wrong-auth-type/access-token",
        source: call(url, "auth: {type: OAuth2}"),
        fix: writeOidc,
        then: "inject",
    },
    {
        cause: "wrong-auth-type/access-token",
        source: call(`url: ${fn}`, "auth: {type: OAuth2, scopes: https://www.googleapis.com/auth/cloud-platform}"),
        fix: `write auth: {type: OIDC, audience: ${fn}}`,
        also: [],
        then: "inject",
    },
    {
        cause: "wrong-auth-type/access-token",
        source: call(
            'url: ${"https://us-central1-" + sys.get_env("GOOGLE_CLOUD_PROJECT_ID") + ".cloudfunctions.net/fn"}',
            "auth: {type: OAuth2}",
        ),
        fix: `write auth: {type: OIDC, audience: '\${"https://us-central1-" + sys.get_env("GOOGLE_CLOUD_PROJECT_ID") + ".cloudfunctions.net/fn"}'}`,
        then: "inject",
    },
    {
        cause: "wrong-auth-type/access-token",
        source: workflow(
            '- set: {assign: [{project: "${sys.get_env(\\"GOOGLE_CLOUD_PROJECT_ID\\")}"}, {u: \'${"https://us-central1-" + project + ".cloudfunctions.net/fn"}\'}]}',
            ask("url: ${u}", "auth: {type: OAuth2}"),
        ),
        fix: "write auth: {type: OIDC, audience: '${u}'}",
        then: "inject",
    },
    {
        cause: "wrong-auth-type/access-token",
        source: call('url: ${"https://us-central1-p.cloudfunctions.net/" + args.name}', "auth: {type: OAuth2}"),
        fix: "hold the root URL (of a function: up to its name) in a variable or parameter, begin the URL with it, and write auth: {type: OIDC, audience: '${root}'}, where root is its name",
        then: [
            [
                "- ask:",
                `- set: {assign: [{root: '\${"https://us-central1-p.cloudfunctions.net/" + args.name}'}]}\n  - ask:`,
            ],
            ['url: ${"https://us-central1-p.cloudfunctions.net/" + args.name}', "url: ${root}"],
            ["{type: OAuth2}", "{type: OIDC, audience: '${root}'}"],
        ],
    },
    {
        cause: "wrong-auth-type/access-token",
        source: call("url: https://console.example/x", "auth: {type: OAuth2}"),
        options: targets,
        fix: "write auth: {type: OIDC, audience: 1-a.apps.googleusercontent.com}",
        then: "inject",
    },
    {
        cause: "wrong-auth-type/id-token",
        source: call(`url: ${api}/x`, "auth: {type: OIDC, audience: x}"),
        fix: "write auth: {type: OAuth2}",
        then: "inject",
    },
    {
        cause: "wrong-auth-type/none-needed",
        source: call("url: https://oauth2.googleapis.com/token", "auth: {type: OIDC}"),
        fix: "remove auth",
        then: [["        auth: {type: OIDC}\n", ""]],
    },
    {
        cause: "token-leak/external",
        source: call("url: https://api.example/x", "auth: {type: OAuth2}"),
        fix: "remove auth, and send what this receiver takes in a header; if it is behind IAP or a domain of Cloud Run, declare it as a target",
        then: [["auth: {type: OAuth2}", "headers: {X-Api-Key: '${args.key}'}"]],
    },
    {
        cause: "token-leak/target",
        source: call("url: https://partner.example/x", "auth: {type: OAuth2}"),
        options: targets,
        fix: "remove auth: this target takes no token of Google's",
        then: [["        auth: {type: OAuth2}\n", ""]],
    },
    {
        cause: "id-token-elsewhere/external",
        source: call("url: https://shop.example/x", `auth: {type: OIDC, audience: ${run}}`),
        fix: "declare the receiver as a target if it is behind IAP or a domain of Cloud Run; remove auth if it is not yours",
        then: { targets: [{ name: "shop", kind: "run", url: "https://shop.example", audience: run }] },
    },
    {
        cause: "insecure-scheme/bare",
        source: call("url: http://b.example/x"),
        fix: "write https:",
        then: [["http:", "https:"]],
    },
    {
        cause: "insecure-scheme/credential",
        source: call("url: http://b.example/x", "headers: {Authorization: '${args.token}'}"),
        fix: "write https:",
        then: [["http:", "https:"]],
    },
    {
        cause: "insecure-scheme/private",
        source: call("url: http://10.0.0.5:8080/x"),
        fix: "write https: if the receiver has a certificate; otherwise say above it who can read the request: # gcp-invoke-ignore insecure-scheme: reason",
        then: [
            ["      url:", "      # gcp-invoke-ignore insecure-scheme: only our subnet is on the way\n        url:"],
        ],
    },
    {
        cause: "insecure-scheme/metadata",
        source: workflow(
            "- token:\n    call: http.get\n    args: {url: http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token}\n    result: t",
        ),
        fix: "remove the step, and give auth to the calls that need a token",
        then: [
            [
                "call: http.get\n      args: {url: http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token}\n      result: t",
                "return: 1",
            ],
        ],
    },
];
