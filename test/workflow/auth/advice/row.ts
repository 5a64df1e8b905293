import type { AuditOptions } from "../../../../workflow/auth";
import type { Cause, LeftCause } from "../../../../workflow/auth/advice";

/** An input, what is found in it, the advice, and the advice followed. */
export interface Row<C = Cause> {
    cause: C;
    source: string;
    options?: AuditOptions;
    fix: string;
    /** Injected, edited (what is replaced, and by what), audited with other options, or edited and then audited with them. */
    then: "inject" | Edits | AuditOptions | { edits: Edits; options: AuditOptions };
    /** What else is found in the input. */
    also?: Cause[];
    /** What is found once the advice is followed; nothing by default. */
    rest?: Cause[];
}

type Edits = (readonly [from: string, to: string])[];

export type LeftRow = Omit<Row<LeftCause>, "also">;

export const targets: AuditOptions = {
    targets: [
        { name: "orders", kind: "run", url: "https://orders-abcdefghij-ew.a.run.app", urlVariable: "ORDERS_URL" },
        { name: "storage", kind: "google-api", url: "https://storage.googleapis.com", urlVariable: "STORAGE_URL" },
        { name: "partner", kind: "external", url: "https://partner.example", urlVariable: "PARTNER_URL" },
        { name: "console", kind: "iap", url: "https://console.example", audience: "1-a.apps.googleusercontent.com" },
        {
            name: "pay",
            kind: "external",
            url: "https://pay.example",
            secret: { header: "X-Key", version: "projects/p/secrets/s/versions/1" },
        },
    ],
};

export const SERVICE = "projects/p/locations/l/namespaces/n/services/depot";

/** A target in a private network, and a call of it that sends its token. */
export const inNetwork: AuditOptions = {
    targets: [{ name: "depot", kind: "run", url: "https://depot.example.com", privateService: { name: SERVICE } }],
};
export const toDepot = ["url: https://depot.example.com/x", "auth: {type: OIDC, audience: https://depot.example.com}"];

export const run = "https://a-abcdefghij-uc.a.run.app";
export const api = "https://storage.googleapis.com";
export const oidc = `auth: {type: OIDC, audience: ${run}}`;
export const addOidc = `add auth: {type: OIDC, audience: ${run}}`;
export const writeOidc = `write auth: {type: OIDC, audience: ${run}}`;

/** A workflow of these steps, of which each begins with `- `. */
export function workflow(...steps: string[]): string {
    const lines = steps.flatMap((step) => step.trimEnd().split("\n"));
    return ["main:", "  params: [args]", "  steps:", ...lines.map((line) => `  ${line}`), ""].join("\n");
}

/** The step `ask`, whose call has these arguments. */
export function ask(...args: string[]): string {
    return ["- ask:", "    call: http.post", "    args:", ...args.map((arg) => `      ${arg}`)].join("\n");
}

/** A workflow of one call. */
export const call = (...args: string[]): string => workflow(ask(...args));

/** The map `h`, in which one of two ways sets this field. */
export const sometimes = (field: string): string => `- set: {assign: [{h: {X-A: b}}]}
- which:
    switch:
      - condition: \${args.c}
        steps:
          - add: {assign: [{'${field}': "\${args.t}"}]}`;

/** The map `request`, to which one of two ways adds auth. */
export const sometimesAuth = `- set: {assign: [{request: {url: ${run}/x}}]}
- which:
    switch:
      - condition: \${args.c}
        steps:
          - add: {assign: [{request.auth: {type: OIDC, audience: ${run}}}]}`;
