import { defined } from "../../common";
import type { ApiMethod } from "../../sandbox";

/** What a sandbox knows of its APIs: `cloud.apis`. */
export interface KnownApis {
    list(): ApiMethod[];
    unverified(): { host: string; note: string }[];
    refused(): { host: string; field: string }[];
}

export interface ApiReport {
    host: string;
    /**
     * The methods that are served, and the permission that each requires. If there is none, the method itself decides.
     */
    methods: { name: string; permission?: string }[];
    /** The methods that are known by name and answer 501. */
    missing: string[];
    /** The fields of requests that answer 501, as no handler reads them. */
    refused: string[];
    /** Behaviour that no documentation confirms, a sentence each. */
    unverified: string[];
}

/** The methods by host, in the order of their names. */
export function reportApis(apis: KnownApis): ApiReport[] {
    const list = apis.list();
    return [...new Set(list.map(({ host }) => host))].sort().map((host) => {
        const own = list.filter((method) => method.host === host);
        const notes = apis.unverified().filter((entry) => entry.host === host);
        return {
            host,
            methods: own
                .filter(({ implemented }) => implemented)
                .map(({ name, permission }) => ({ name, ...defined({ permission }) })),
            missing: own.filter(({ implemented }) => !implemented).map(({ name }) => name),
            refused: apis.refused().flatMap((entry) => (entry.host === host ? [entry.field] : [])),
            unverified: [...new Set(notes.map(({ note }) => note))],
        };
    });
}

/** One line for each API: how many of its methods are served. */
export function apiLines(reports: ApiReport[]): string[] {
    const width = Math.max(...reports.map(({ host }) => host.length));
    return reports.map(({ host, methods, missing }) => {
        const more = missing.length > 0 ? `, ${missing.length} more answer 501` : "";
        return `${host.padEnd(width)}  ${methods.length} methods${more}`;
    });
}

/** The methods of one API with their permissions, then what is missing and what no documentation confirms. */
export function methodLines({ methods, missing, refused, unverified }: ApiReport): string[] {
    const width = Math.max(0, ...methods.map(({ name }) => name.length));
    return [
        ...methods.map(({ name, permission = "-" }) => `${name.padEnd(width)}  ${permission}`),
        ...missing.map((name) => `not implemented: ${name}`),
        ...refused.map((field) => `refused field: ${field}`),
        ...unverified.map((note) => `unverified: ${note}`),
    ];
}

/** The documentation's page: `docs/apis.md`. */
export function apiPage(reports: ApiReport[]): string {
    return [
        "# The APIs of the sandbox",
        "",
        "`gcp-invoke sandbox apis --markdown` makes this page. A caller needs the permission beside a method. If there is none, the method decides by itself or accepts any caller. Every other method that an API knows by name answers 501, and so does a request with one of the refused fields. A line `Unverified` names a difference from Google, or something that no page and no recording confirms.",
        ...reports.flatMap(section),
        "",
    ].join("\n");
}

function section({ host, methods, missing, refused, unverified }: ApiReport): string[] {
    const served = byService(methods, ({ name }) => name).flatMap(([service, own]) => [
        ...(service === "" ? [""] : ["", `Of \`${service}\`:`, ""]),
        ...table(
            ["Method", "Permission"],
            own.map(({ name, permission }) => [code(within(service, name)), code(permission)]),
        ),
    ]);
    const unserved = byService(missing, (name) => name).flatMap(([service, own]) => {
        const names = own.map((name) => code(within(service, name))).join(", ");
        return ["", `Not implemented${service === "" ? "" : ` of \`${service}\``}: ${names}.`];
    });
    return [
        "",
        `## ${host}`,
        ...served,
        ...(refused.length > 0 ? ["", `Refused fields: ${refused.map(code).join(", ")}.`] : []),
        ...unserved,
        ...(unverified.length > 0 ? ["", ...unverified.map((note) => `- Unverified: ${note}.`)] : []),
    ];
}

const code = (text: string | undefined): string => (text === undefined ? "" : `\`${text}\``);

/** The gRPC service that a method belongs to; a method of REST, such as `GET /v1/…`, belongs to none. */
function serviceOf(name: string): string {
    return name.includes(" ") ? "" : name.slice(0, Math.max(0, name.lastIndexOf(".")));
}

const within = (service: string, name: string): string => (service === "" ? name : name.slice(service.length + 1));

function byService<T>(all: T[], nameOf: (each: T) => string): [service: string, own: T[]][] {
    return [...new Set(all.map((each) => serviceOf(nameOf(each))))].map((service) => [
        service,
        all.filter((each) => serviceOf(nameOf(each)) === service),
    ]);
}

/** A Markdown table as the formatter leaves it. */
function table(head: string[], rows: string[][]): string[] {
    const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
    const line = (row: string[]): string => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
    return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
