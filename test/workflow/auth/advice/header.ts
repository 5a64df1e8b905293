import { addOidc, api, ask, call, oidc, type Row, run, targets, workflow } from "./row";

const url = `url: ${run}/x`;
const ignore = "# gcp-invoke-ignore manual-bearer: reason";
const follow: Row["then"] = [["      headers:", `      ${ignore}\n        headers:`]];
const token = (step: string): string => workflow(step, ask(url, "headers: {Authorization: '${\"Bearer \" + t}'}"));
const other = "other@p.iam.gserviceaccount.com";
const generate = `- token:
    call: http.post
    args:
      url: https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${other}:generateIdToken
      auth: {type: OAuth2, scopes: https://www.googleapis.com/auth/iam}
      body: {audience: "${run}", includeEmail: true}
    result: t`;
const serverless = "remove the header; to call as the account of the header's token, remove auth instead";
const iap = ["url: https://console.example/x", "auth: {type: OIDC, audience: 1-a.apps.googleusercontent.com}"];
const application = (header: string): string =>
    `remove auth instead, and send an ID token from generateIdToken of IAM Credentials in ${header}`;

export const headerRows: Row[] = [
    {
        cause: "manual-bearer/account",
        source: token(generate),
        fix: `keep it if the call is meant as ${other}, and say so above it: ${ignore}; auth would make the call as the workflow's own account`,
        then: follow,
    },
    {
        cause: "manual-bearer/caller",
        source: call(url, "headers: {AUTHORIZATION: '${args.token}'}"),
        fix: `keep it if the call is meant as its account, and say so above it: ${ignore}; arguments are kept with the execution, for everyone who may read it`,
        then: follow,
    },
    {
        cause: "manual-bearer/caller",
        source: call(url, "headers: {x-serverless-AUTHORIZATION: '${args.token}', Authorization: '${args.mine}'}"),
        fix: `keep it if the call is meant as its account, and say so above it: ${ignore}; arguments are kept with the execution, for everyone who may read it`,
        then: follow,
    },
    {
        cause: "manual-bearer/stored",
        source: token(
            "- token:\n    call: googleapis.secretmanager.v1.projects.secrets.versions.accessString\n    args: {project_id: p, secret_id: s}\n    result: t",
        ),
        fix: `remove the header and ${addOidc}: tokens of Google's run out within an hour; keep it if the service checks a credential of its own, and say so above it: ${ignore}`,
        then: [["headers: {Authorization: '${\"Bearer \" + t}'}", oidc]],
    },
    {
        cause: "manual-bearer/metadata",
        source: token(
            "- token: {call: http.get, args: {url: http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity}, result: t}",
        ),
        also: ["insecure-scheme/metadata"],
        fix: `remove the header and the step that asks for the token, and ${addOidc}`,
        then: [
            [
                "  - token: {call: http.get, args: {url: http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity}, result: t}\n",
                "",
            ],
            ["headers: {Authorization: '${\"Bearer \" + t}'}", oidc],
        ],
    },
    {
        cause: "manual-bearer/literal",
        source: call(url, "headers: {Authorization: Bearer abcdef0123456789}"),
        also: ["credential-literal/form"],
        fix: `remove the header, and ${addOidc}: a token in the source runs out within an hour`,
        then: [["headers: {Authorization: Bearer abcdef0123456789}", oidc]],
    },
    {
        cause: "manual-bearer/scheme",
        source: call(url, "headers: {Authorization: '${\"Basic \" + args.password}'}"),
        fix: `keep it if the service lets everyone in and checks it itself, and say so above it: ${ignore}; otherwise send the ID token in X-Serverless-Authorization beside it`,
        then: follow,
    },
    {
        cause: "manual-bearer/unknown",
        source: token("- token: {call: http.get, args: {url: https://b.example/token}, result: t}"),
        fix: `keep it if another account's token is meant, and say so above it: ${ignore}; for the workflow's own account, remove the header and ${addOidc}`,
        then: [["headers: {Authorization: '${\"Bearer \" + t}'}", oidc]],
    },
    {
        cause: "token-leak/header",
        source: workflow(
            generate,
            ask("url: ${args.url}", "headers: {Authorization: '${\"Bearer \" + t.body.token}'}"),
        ),
        fix: "begin the URL with a literal host, or a declared target's variable, followed by /; if the caller may choose among hosts, assign each from a literal in a switch",
        then: [["${args.url}", '${"https://partner.example/" + args.path}']],
    },
    {
        cause: "token-leak/header",
        source: workflow(
            "- read: {call: googleapis.secretmanager.v1.projects.secrets.versions.accessString, args: {project_id: p, secret_id: s}, result: k}",
            ask("url: ${args.url}", "query: {key: '${k}'}"),
        ),
        fix: "begin the URL with a literal host, or a declared target's variable, followed by /; if the caller may choose among hosts, assign each from a literal in a switch",
        then: [["${args.url}", '${"https://partner.example/" + args.path}']],
    },
    {
        cause: "token-leak/impersonated",
        source: workflow(
            generate.replace("generateIdToken", "generateAccessToken"),
            ask("url: https://b.example/x", "headers: {Authorization: '${\"Bearer \" + t.body.accessToken}'}"),
        ),
        fix: "remove the header, and send what this receiver takes; if it is a domain of Cloud Run or behind IAP, an ID token from generateIdToken",
        then: [["generateAccessToken", "generateIdToken"]],
    },
    {
        cause: "double-auth/run",
        source: call(url, oidc, "headers: {aUTHORIZATION: '${args.token}'}"),
        fix: `remove the header; if the service reads Authorization itself, ${application("X-Serverless-Authorization")}`,
        then: [["        headers: {aUTHORIZATION: '${args.token}'}\n", ""]],
    },
    {
        // The second half of that advice.
        cause: "double-auth/run",
        source: workflow(generate, ask(url, oidc, "headers: {Authorization: '${args.token}'}")),
        fix: `remove the header; if the service reads Authorization itself, ${application("X-Serverless-Authorization")}`,
        then: [
            [`        ${oidc}\n`, ""],
            ["{Authorization:", "{X-Serverless-Authorization: '${\"Bearer \" + t.body.token}', Authorization:"],
        ],
        rest: ["manual-bearer/account"],
    },
    {
        cause: "double-auth/iap",
        source: call(...iap, "headers: {Authorization: '${args.token}'}"),
        options: targets,
        fix: `remove the header; if the application reads Authorization itself, ${application("Proxy-Authorization")}`,
        then: [["        headers: {Authorization: '${args.token}'}\n", ""]],
    },
    {
        cause: "double-auth/google-api",
        source: call(`url: ${api}/x`, "auth: {type: OAuth2}", "headers: {Authorization: '${args.token}'}"),
        fix: "remove the header; to call as the account of the header's token, remove auth instead",
        then: [["        headers: {Authorization: '${args.token}'}\n", ""]],
    },
    {
        cause: "double-auth/external",
        source: call("url: https://b.example/x", "auth: {type: OIDC}", "headers: {Authorization: '${args.token}'}"),
        also: ["id-token-elsewhere/external"],
        fix: "remove auth if this receiver is not Google's, and the header if it is",
        then: [["        auth: {type: OIDC}\n", ""]],
    },
    {
        cause: "double-auth/serverless",
        source: call(url, oidc, "headers: {x-serverless-authorization: '${args.token}'}"),
        fix: serverless,
        then: [["        headers: {x-serverless-authorization: '${args.token}'}\n", ""]],
    },
    {
        cause: "double-auth/proxy",
        source: call(...iap, "headers: {Proxy-Authorization: '${args.token}'}"),
        options: targets,
        fix: serverless,
        then: [["        headers: {Proxy-Authorization: '${args.token}'}\n", ""]],
    },
    {
        // Who has IAP before a service of Cloud Run knows it.
        cause: "double-auth/proxy",
        source: call(url, oidc, "headers: {proxy-authorization: '${args.token}'}"),
        fix: serverless,
        then: [["        headers: {proxy-authorization: '${args.token}'}\n", ""]],
    },
    {
        cause: "double-auth/unread",
        source: call(...iap, "headers: {X-Serverless-Authorization: '${args.token}'}"),
        options: targets,
        fix: "remove the header",
        then: [["        headers: {X-Serverless-Authorization: '${args.token}'}\n", ""]],
    },
    {
        cause: "double-auth/unread",
        source: call(`url: ${api}/x`, "auth: {type: OAuth2}", "headers: {X-Serverless-Authorization: '${args.token}'}"),
        fix: "remove the header",
        then: [["        headers: {X-Serverless-Authorization: '${args.token}'}\n", ""]],
    },
    {
        cause: "double-auth/case",
        source: call("url: https://b.example/x", "headers: {Authorization: '${args.t}', authorization: '${args.u}'}"),
        fix: "keep one of them",
        then: [[", authorization: '${args.u}'", ""]],
    },
    {
        cause: "double-auth/open",
        source: call(url, oidc, "headers: ${args.headers}"),
        fix: "write the names of the headers out",
        then: [["headers: ${args.headers}", "headers: {X-Id: '${args.headers.id}'}"]],
    },
];
