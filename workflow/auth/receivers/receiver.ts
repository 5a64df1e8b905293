import { defined } from "../../../common";
import { type Abstract, type Origin, originsOf, type Part, partsOf, type Values, worst } from "../flow";
import { type Address, parseAddress } from "./hosts";
import { kinds } from "./kinds";
import { extension, firstUnsafe, HOLE, noAddress } from "./host-end";
import { isPlaceholder } from "./placeholder";
import type { AuditOptions, DeclaredTarget, TargetKind } from "../types";

/** Who receives a request, as far as the URL shows it. */
export interface Receiver {
    /** `unknown` if the host is not known; `origin` then says who decides about it. */
    kind: TargetKind | "private" | "unknown";
    target?: DeclaredTarget;
    /** Absent if it is not known. */
    scheme?: "https" | "http";
    /** For messages and comparison. `*` stands for what is not known within it. */
    host?: string;
    /** Of a Google API: its name, such as `sheets`. */
    api?: string;
    /** The universe other than the workflow's that has the host. */
    otherUniverse?: string;
    /** What an ID token must be for; absent if it cannot be written down. */
    audience?: string;
    /** Whether the URL certainly has a path or a query beyond the audience. */
    beyondAudience: boolean;
    /** The URL for messages: `*` for what is not known. */
    shown: string;
    origin: Origin;
    /** Where what is not known comes from, in words. */
    from?: string;
    /**
     * Explains by which assignment, and when, the unknown value comes to the call; gives `undefined` if the call
     * itself shows it.
     */
    how?: () => string | undefined;
    /** Where the host is unknown only because a `/` is missing: the root URL that the `/` belongs behind. */
    root?: string;
    /** Whether the caller or data chooses a part of the host, although the host is certainly one of Google's. */
    chosen?: true;
}

/** Everyone that a request to one of these URLs can reach. */
export function receiversOf(url: Values, options: AuditOptions): Receiver[] {
    return url.length === 0
        ? [{ kind: "unknown", beyondAudience: false, shown: "a URL that is not set", origin: "unknown" }]
        : url.map((value) => {
              const receiver = receiverOf(value, options);
              const root = receiver.kind === "unknown" ? rootWithoutSlash(partsOf(value)) : undefined;
              return root === undefined ? receiver : { ...receiver, root };
          });
}

/** `https://orders-….run.app` if a URL goes on right after it: what follows can make another host of it. */
function rootWithoutSlash([first, next]: Part[]): string | undefined {
    if (first === undefined || next === undefined || noAddress(first) !== undefined) {
        return undefined;
    }
    if (first.kind === "target" || first.kind === "service") {
        return first.kind === "target" ? `the URL of target ${first.name}` : "the URL of the service";
    }
    return first.kind === "text" && /^https?:\/\/[^/?#]+\.[a-z]{2,}$/i.test(first.text) ? first.text : undefined;
}

function receiverOf(value: Abstract, options: AuditOptions): Receiver {
    const parts = partsOf(value);
    const [first, ...rest] = parts;
    const shown = parts.map(shownPart).join("");
    const root = first?.kind === "target" || first?.kind === "service" ? first : undefined;
    const declared = root?.kind === "target" ? options.targets?.find(({ name }) => name === root.name) : undefined;
    // What follows a URL with a path, such as that of a job, is part of the path, and no longer of the host.
    const goesOn = urlPath(declared?.url ?? "") === "" || urlPath(declared?.url ?? "") === "/";
    const decided =
        root === undefined ? firstUnsafe(parts) : (noAddress(root) ?? (goesOn ? extension(rest) : undefined));
    if (decided !== undefined) {
        const scheme = schemeOf(parts);
        return { kind: "unknown", beyondAudience: false, shown, ...(scheme && { scheme }), ...decided };
    }
    const beyond = rest.some((p) => p.kind !== "text" || /[^/]/.test(p.text));
    if (root?.kind === "service") {
        return { kind: root.of, scheme: "https", beyondAudience: beyond, shown, origin: "unknown", host: "*" };
    }
    if (root?.kind === "target") {
        return {
            kind: declared?.kind ?? "unknown",
            scheme: "https",
            beyondAudience: beyond,
            shown,
            origin: "unknown",
            ...(declared && { target: declared, ...addressOf(declared, options) }),
        };
    }
    return fromAddress(parts, shown, options);
}

/** What an ID token for a target must be for, as far as that is declared or its root URL shows it. */
function targetAudience(target: DeclaredTarget, root: Address | undefined): string | undefined {
    return target.audience ?? (kinds[target.kind].namedBy === undefined ? root?.audience : undefined);
}

function addressOf(
    target: DeclaredTarget,
    { universeDomain }: AuditOptions,
): Pick<Receiver, "host" | "api" | "audience"> {
    const address = target.url === undefined ? undefined : parseAddress(target.url, universeDomain);
    const audience = targetAudience(target, address);
    return defined({ host: address?.host, api: address?.api, audience });
}

function fromAddress(parts: Part[], shown: string, options: AuditOptions): Receiver {
    const written = parts.map((p) => (p.kind === "text" ? p.text : HOLE)).join("");
    const address = parseAddress(written, options.universeDomain);
    if (address === undefined) {
        const filledIn = isPlaceholder(written);
        return {
            kind: "unknown",
            beyondAudience: false,
            shown,
            origin: filledIn ? "env" : "unknown",
            from: filledIn ? "a placeholder" : "a URL that cannot be parsed",
        };
    }
    const { scheme, beyondAudience, otherUniverse } = address;
    const host = address.host.replaceAll(HOLE, "*");
    const api = address.api?.replaceAll(HOLE, "*");
    const origin = worst(originsOf({ kind: "text", parts }));
    const target = host.includes("*") ? undefined : declaredFor(written, address.host, options);
    if (target !== undefined) {
        const root = target.url === undefined ? address : parseAddress(target.url, options.universeDomain);
        const audience = targetAudience(target, root);
        return {
            kind: target.kind,
            target,
            scheme,
            host,
            beyondAudience,
            shown,
            origin,
            ...defined({ api, audience }),
        };
    }
    // A host that ends in what is not known may be anyone's.
    const open = address.kind === "external" && /\*[^.]*(\.[^.]*)?$/.test(host);
    return {
        kind: open ? "unknown" : address.kind,
        scheme,
        host,
        ...defined({ api, otherUniverse }),
        beyondAudience,
        shown,
        origin,
        ...(address.audience?.includes(HOLE) === false && { audience: address.audience }),
        ...(host.includes("*") && isChosen(parts) && { chosen: true }),
        ...(open && { from: "a part of the host" }),
    };
}

/** Whether what is encoded in the host comes from the caller or from data. */
function isChosen(parts: Part[]): boolean {
    const end = parts.findIndex(
        (p, index) => p.kind === "text" && /[/?#]/.test(index === 0 ? p.text.replace(/^https?:\/\//i, "") : p.text),
    );
    return parts
        .slice(0, end < 0 ? undefined : end)
        .some((p) => p.kind === "encoded" && (p.origin === "caller" || p.origin === "data"));
}

/** The declared target whose root the URL begins with. Of several on one host, the longest path wins. */
function declaredFor(
    url: string,
    host: string,
    { targets = [], universeDomain }: AuditOptions,
): DeclaredTarget | undefined {
    const path = urlPath(url);
    return targets
        .filter((target) => {
            const root = target.url === undefined ? undefined : parseAddress(target.url, universeDomain);
            const prefix = target.url === undefined ? "" : urlPath(target.url).replace(/\/+$/, "");
            return (
                root?.host === host &&
                portOf(target.url ?? "") === portOf(url) &&
                (path === prefix || path.startsWith(`${prefix}/`))
            );
        })
        .sort((a, b) => (b.url?.length ?? 0) - (a.url?.length ?? 0))[0];
}

/** The port of a URL, if it is not that of its scheme: what answers there is another server. */
function portOf(url: string): string {
    return URL.canParse(url) ? new URL(url).port : "";
}

function urlPath(url: string): string {
    return URL.canParse(url) ? new URL(url).pathname : "";
}

function schemeOf(parts: Part[]): "https" | "http" | undefined {
    const first = parts[0];
    const scheme = first?.kind === "text" ? /^(https?):\/\//i.exec(first.text)?.[1]?.toLowerCase() : undefined;
    return scheme === "https" || scheme === "http" ? scheme : undefined;
}

/** A part of a URL in the words of messages. */
export function shownPart(p: Part): string {
    switch (p.kind) {
        case "text":
            return p.text;
        case "target":
            return `<${p.name}>`;
        case "service":
            return p.of === "run" ? "<a Cloud Run service>" : "<a function>";
        default:
            return "*";
    }
}
