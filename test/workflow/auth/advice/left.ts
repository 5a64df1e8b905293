import {
    api,
    ask,
    call,
    inNetwork,
    type LeftRow,
    oidc,
    run,
    SERVICE,
    sometimes,
    sometimesAuth,
    targets,
    toDepot,
    workflow,
} from "./row";

const url = `url: ${run}/x`;
const auth = `{type: OIDC, audience: ${run}}`;
const openApi = "what its OpenAPI document names in x-google-audiences, or https:// and its API's managed service";
const pick = (one: string, other: string): string => `url: \${if(args.a, "${one}", "${other}")}`;
const grant = `- open:
    call: googleapis.run.v2.projects.locations.services.setIamPolicy
    args:
      resource: projects/p/locations/l/services/a
      body: {policy: {bindings: [{role: roles/run.invoker, members: [allUsers]}]}}`;

export const leftRows: LeftRow[] = [
    {
        cause: "secret",
        source: workflow("- set: {assign: [{h: {A: b}}]}", ask("url: https://pay.example/x", "headers: ${h}")),
        options: targets,
        fix: "read the secret in a step of its own, and send it in the header X-Key",
        then: [
            [
                "- ask:",
                "- read: {call: googleapis.secretmanager.v1.projects.secrets.versions.accessString, args: {project_id: p, secret_id: s}, result: key}\n  - ask:",
            ],
            ["headers: ${h}", "headers: {X-Key: '${key}'}"],
        ],
    },
    {
        cause: "host",
        source: call('url: ${sys.get_env("SOME_URL") + "/x"}', "auth: {type: OIDC}"),
        options: targets,
        fix: "declare the receiver as a target, and begin the URL with its variable, followed by /; or give the variable's value to the audit (env)",
        then: [["SOME_URL", "ORDERS_URL"]],
    },
    {
        cause: "different",
        source: call(pick(`${run}/x`, `${api}/x`)),
        fix: "make a step for each receiver, with its own auth",
        then: [
            [`- ask:\n      call: http.post\n      args:\n        ${pick(`${run}/x`, `${api}/x`)}\n`, ""],
            [
                "steps:\n",
                `steps:\n  - one: {call: http.post, args: {${url}}}\n  - other: {call: http.post, args: {url: ${api}/x}}\n`,
            ],
        ],
    },
    {
        cause: "no-token",
        source: call("url: https://oauth2.googleapis.com/token", "auth: {type: OIDC}"),
        fix: "remove auth",
        then: [["        auth: {type: OIDC}\n", ""]],
    },
    {
        cause: "http",
        source: call(url.replace("https", "http")),
        fix: `write https: in its URL, and write auth: ${auth}`,
        then: [
            ["http:", "https:"],
            ["/x", `/x\n        ${oidc}`],
        ],
    },
    {
        cause: "chosen",
        source: call('url: ${"https://" + text.url_encode(args.name) + ".a.run.app/x"}'),
        fix: "write the host out, or assign it from literals in a switch, with auth of type: OIDC",
        then: [['url: ${"https://" + text.url_encode(args.name) + ".a.run.app/x"}', `${url}\n        ${oidc}`]],
    },
    {
        cause: "undeclared",
        source: call(url),
        options: { closed: true },
        fix: "add the receiver to targets",
        then: { targets: [{ name: "a", kind: "run", url: run }], closed: true },
    },
    {
        cause: "root",
        source: call(pick(`${run}/x`, "https://b-abcdefghij-uc.a.run.app/y")),
        fix: "hold the root URL (of a function: up to its name) in a variable or parameter, begin the URL with it, and write auth: {type: OIDC, audience: '${root}'}, where root is its name",
        then: [
            [
                "- ask:",
                `- set: {assign: [{root: '\${if(args.a, "${run}", "https://b-abcdefghij-uc.a.run.app")}'}]}\n  - ask:`,
            ],
            [
                pick(`${run}/x`, "https://b-abcdefghij-uc.a.run.app/y"),
                "url: ${root + \"/x\"}\n        auth: {type: OIDC, audience: '${root}'}",
            ],
        ],
    },
    {
        cause: "audience",
        source: call("url: https://pets-1a.uc.gateway.dev/x"),
        fix: `declare pets-1a.uc.gateway.dev as a target with its audience, ${openApi}, and write auth: {type: OIDC} with it`,
        then: {
            targets: [
                {
                    name: "pets",
                    kind: "api-gateway",
                    url: "https://pets-1a.uc.gateway.dev",
                    audience: "https://pets-1b.apigateway.p.cloud.goog",
                },
            ],
        },
    },
    {
        cause: "target-audience",
        source: call('url: ${sys.get_env("PETS_URL") + "/x"}'),
        options: { targets: [{ name: "pets", kind: "api-gateway", urlVariable: "PETS_URL" }] },
        fix: `declare the audience of target pets, which is ${openApi}, and write auth: {type: OIDC, audience: AUDIENCE} with it`,
        then: {
            targets: [{ name: "pets", kind: "api-gateway", urlVariable: "PETS_URL", audience: "https://pets.example" }],
        },
    },
    {
        cause: "method",
        source: call("url: https://sheets.googleapis.com/v9/new"),
        fix: "write auth: {type: OAuth2, scopes: SCOPE}, with the scope that the reference of sheets.googleapis.com names for the method",
        then: [["/new", "/new\n        auth: {type: OAuth2, scopes: https://www.googleapis.com/auth/spreadsheets}"]],
    },
    {
        cause: "target-scopes",
        source: call("url: https://docs.googleapis.com/v1/documents"),
        options: {
            targets: [
                {
                    name: "docs",
                    kind: "google-api",
                    url: "https://docs.googleapis.com",
                    scopes: ["https://www.googleapis.com/auth/documents.readonly"],
                },
            ],
        },
        fix: "declare the scope https://www.googleapis.com/auth/documents for target docs",
        then: {
            targets: [
                {
                    name: "docs",
                    kind: "google-api",
                    url: "https://docs.googleapis.com",
                    scopes: ["https://www.googleapis.com/auth/documents"],
                },
            ],
        },
    },
    {
        cause: "open",
        source: call("url: https://acme.ew.r.appspot.com/x"),
        fix: "declare it as a target: of kind iap with IAP's client ID as its audience, or of kind app-engine if it is open",
        then: { targets: [{ name: "acme", kind: "app-engine", url: "https://acme.ew.r.appspot.com" }] },
    },
    {
        cause: "target-audience",
        source: call("url: https://i.example/x"),
        options: { targets: [{ name: "i", kind: "iap", url: "https://i.example" }] },
        fix: "declare the audience of target i, which is IAP's client ID, and write auth: {type: OIDC, audience: AUDIENCE} with it",
        then: {
            targets: [{ name: "i", kind: "iap", url: "https://i.example", audience: "1.apps.googleusercontent.com" }],
        },
    },
    {
        cause: "audience-written",
        source: call(url, `auth: {type: OIDC, audience: ${run}/x}`),
        fix: `write audience: ${run}`,
        then: [[`audience: ${run}/x`, `audience: ${run}`]],
    },
    {
        cause: "audience-written",
        source: call(url, `auth: {type: OAuth2, audience: ${run}/x}`),
        fix: `write auth: ${auth}`,
        then: [[`{type: OAuth2, audience: ${run}/x}`, auth]],
    },
    {
        cause: "misplaced",
        source: call(url, `headers: {auth: {type: OIDC}}`),
        fix: `take it out of the headers, and write auth: ${auth} beside url`,
        then: [["headers: {auth: {type: OIDC}}", `auth: ${auth}`]],
    },
    {
        cause: "opened",
        source: workflow(grant, ask(url)),
        fix: `grant the role to the account of this workflow in place of everyone, and add auth: ${auth}`,
        then: [
            ["[allUsers]", "['serviceAccount:w@p.iam.gserviceaccount.com']"],
            ["/x", `/x\n        ${oidc}`],
        ],
    },
    {
        cause: "headers",
        source: call(url, "headers: ${args.headers}"),
        fix: `write the headers as a map, or add auth: ${auth} by hand`,
        then: [["${args.headers}", "{X-Id: '${args.headers.id}'}"]],
    },
    {
        cause: "args",
        source: workflow(
            `- set: {assign: [{request: {${url}}}]}`,
            ask("x: 1")
                .replace("args:\n        x: 1", "args: ${request}")
                .replace("args:\n      x: 1", "args: ${request}"),
        ),
        fix: `write them as a map, with auth: ${auth}`,
        then: [["args: ${request}", `args: {url: "\${request.url}", ${oidc}}`]],
    },
    {
        cause: "type-elsewhere",
        source: `main:\n  params: [args]\n  steps:\n  - set: {assign: [{base: &base {type: OAuth2}}]}\n  - ask:\n      call: http.get\n      args: {${url}, auth: {<<: *base, audience: ${run}}}\n`,
        fix: `write auth: ${auth}`,
        then: [[`<<: *base, audience: ${run}`, `type: OIDC, audience: ${run}`]],
    },
    {
        cause: "shared",
        source: `main:\n  params: [args]\n  steps:\n  - one: {call: http.get, args: {${url}, auth: &auth {type: OAuth2}}}\n  - other: {call: http.get, args: {url: ${api}/x, auth: *auth}}\n`,
        fix: `write its args out, without an anchor, with auth: ${auth}`,
        then: [
            ["auth: &auth {type: OAuth2}", oidc],
            ["*auth", "{type: OAuth2}"],
        ],
    },
    {
        cause: "shared",
        source: `main:\n  params: [args]\n  steps:\n  - one: {call: http.get, args: &req {${url}}}\n  - other: {call: http.get, args: {<<: *req, url: https://b.example/x}}\n`,
        fix: `write its args out, without an anchor, with auth: ${auth}`,
        then: [
            [`&req {${url}}`, `{${url}, ${oidc}}`],
            ["<<: *req, ", ""],
        ],
    },
    {
        // The default of a parameter is in no step.
        cause: "shared",
        source: `main:\n  params: [args]\n  steps:\n  - ask: {call: http.get, args: &req {${url}}}\nsub:\n  params: [{request: *req}]\n  steps:\n  - done: {return: "\${request}"}\n`,
        fix: `write its args out, without an anchor, with auth: ${auth}`,
        then: [
            [`args: &req {${url}}`, `args: {${url}, ${oidc}}`],
            ["*req", `{${url}}`],
        ],
    },
    {
        cause: "sometimes",
        source: workflow(sometimes('h["Authorization"]'), ask(url, "headers: ${h}")),
        fix: `add auth: ${auth}`,
        then: [
            ['h["Authorization"]', 'h["X-B"]'],
            ["/x", `/x\n        ${oidc}`],
        ],
    },
    {
        cause: "sometimes",
        source: workflow(sometimesAuth, ask("x: 1").replace("args:\n      x: 1", "args: ${request}")),
        fix: `write auth: ${auth}`,
        then: [["args: ${request}", `args: {url: "\${request.url}", ${oidc}}`]],
    },
    {
        cause: "secret",
        source: workflow(sometimes('h["X-Key"]'), ask("url: https://pay.example/x", "headers: ${h}")),
        options: targets,
        fix: "read the secret in a step of its own, and send it in the header X-Key",
        then: [["headers: ${h}", "headers: {X-Key: '${args.t}'}"]],
    },
    {
        cause: "external",
        source: call("url: https://partner.example/x", "auth: {type: OIDC}"),
        options: targets,
        fix: "if it checks ID tokens, write auth: {type: OIDC, audience: https://partner.example}; otherwise remove auth",
        then: [["{type: OIDC}", "{type: OIDC, audience: https://partner.example}"]],
    },
    {
        cause: "private-service",
        source: workflow(
            `- set: {assign: [{request: {${toDepot.join(", ")}}}]}`,
            '- ask: {call: http.post, args: "${request}"}',
        ),
        options: inNetwork,
        fix: `make a step for target depot alone, with private_service_name: ${SERVICE}`,
        then: [['"${request}"', `{${toDepot.join(", ")}, private_service_name: ${SERVICE}}`]],
    },
];
