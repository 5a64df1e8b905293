import { defined } from "../../common";
import { parseAddress, kinds, type DeclaredTarget } from "../auth";
import { type AnyValue, concat, type Value } from "./expression";
import { lib } from "./library";
import { call, type CallStep } from "./steps";
import { BuildError } from "./errors";

/** The result of an HTTP call. */
export interface HttpResult<Body> {
    body: Body;
    code: number;
    headers: Record<string, string>;
}

/** The path of a request. It begins with `/`, so that it cannot become a part of the host. */
export type Path = `/${string}` | EncodedPath;

/** A path with percent-encoded values in it. {@link path} makes it. */
export class EncodedPath {
    /** @internal */
    constructor(
        readonly root: string,
        readonly rest: Value<string>[],
    ) {}
}

/** ``path`/orders/${id}/items` ``: encodes the values, so that each stays in its segment of the path. */
export function path(texts: TemplateStringsArray, ...values: Value<string | number>[]): EncodedPath {
    const [first = "", ...rest] = texts;
    if (!first.startsWith("/")) {
        throw new BuildError(`the path "${first}…" must begin with /: it comes right after the host`);
    }
    const parts = values.flatMap((value, index): Value<string>[] => {
        const text = rest[index] ?? "";
        const encoded = lib.text.urlEncode(lib.string(value));
        return text === "" ? [encoded] : [encoded, text];
    });
    return new EncodedPath(first, parts);
}

/** The parts of a request beside its path. `auth` is none of them, because the receiver decides it. */
export interface RequestOptions {
    headers?: Record<string, Value<string>>;
    query?: Record<string, AnyValue>;
    body?: AnyValue;
    /** In seconds, at most 1800. */
    timeout?: Value<number>;
}

type Verb = <Body = unknown>(step: string, path: Path, options?: RequestOptions) => CallStep<HttpResult<Body>>;

/** A receiver, with a function for each verb. Each call sends the credential that the receiver checks. */
export interface Target {
    readonly declared: DeclaredTarget;
    readonly get: Verb;
    readonly post: Verb;
    readonly put: Verb;
    readonly patch: Verb;
    readonly delete: Verb;
}

/**
 * A receiver, declared by the environment variable that holds its URL, or by the URL.
 *
 * @throws Error if it has neither of both, if the URL is invalid, or if it needs an audience that its URL does not show
 */
export function target(declared: DeclaredTarget): Target {
    const { name, url, urlVariable } = declared;
    if (urlVariable === undefined && (url === undefined || parseAddress(url)?.scheme !== "https")) {
        throw new BuildError(`target ${name} has ${url === undefined ? "no URL" : `the URL "${url}"`}`, {
            fix: "write an https: URL or urlVariable",
        });
    }
    const { namedBy, optional = false } = kinds[declared.kind];
    if (
        namedBy !== undefined &&
        !optional &&
        declared.audience === undefined &&
        declared.audienceVariable === undefined
    ) {
        throw new BuildError(
            `target ${name} of kind ${declared.kind} has no audience, which its URL does not tell: it is ${namedBy}`,
        );
    }
    const verb =
        (method: string): Verb =>
        (step, to, options = {}) => {
            const { headers, query, body, timeout } = options;
            const auth = authOf(declared);
            return call(step, `http.${method}`, {
                url: urlOf(declared, to),
                ...defined({ headers, query, body, timeout, auth }),
            });
        };
    return {
        declared,
        get: verb("get"),
        post: verb("post"),
        put: verb("put"),
        patch: verb("patch"),
        delete: verb("delete"),
    };
}

/** A Google API: `googleApi("compute.googleapis.com", { scopes: [...] })`. */
export function googleApi(host: `${string}.googleapis.com`, options: { scopes?: string | string[] } = {}): Target {
    const { scopes } = options;
    const given = typeof scopes === "string" ? [scopes] : scopes;
    return target({
        name: host,
        kind: "google-api",
        url: `https://${host}`,
        ...(given !== undefined && { scopes: given }),
    });
}

function urlOf({ url, urlVariable }: DeclaredTarget, to: Path): AnyValue {
    const root = urlVariable === undefined ? (url ?? "").replace(/\/+$/, "") : lib.sys.getEnv(urlVariable);
    if (to instanceof EncodedPath) {
        return typeof root === "string" ? concat(root + to.root, ...to.rest) : concat(root, to.root, ...to.rest);
    }
    return typeof root === "string" ? `${root}${to === "/" ? "" : to}` : to === "/" ? root : concat(root, to);
}

function authOf(declared: DeclaredTarget): AnyValue | undefined {
    const { kind, url, urlVariable, audience, audienceVariable, scopes } = declared;
    const audienceTold = audience !== undefined || audienceVariable !== undefined;
    if (kinds[kind].optional === true && !audienceTold) {
        return undefined;
    }
    switch (kind) {
        case "external":
            return undefined;
        case "google-api":
            return {
                type: "OAuth2",
                ...(scopes !== undefined && scopes.length > 0 && { scopes: scopes.length === 1 ? scopes[0] : scopes }),
            };
        default: {
            const variable = audienceVariable ?? (audience === undefined ? urlVariable : undefined);
            return {
                type: "OIDC",
                audience:
                    variable !== undefined
                        ? lib.sys.getEnv(variable)
                        : (audience ?? (url === undefined ? undefined : parseAddress(url)?.audience)),
            };
        }
    }
}
