import { randomUUID } from "node:crypto";
import {
    type Claims,
    claimsOf,
    createCredentials,
    createHttp,
    CredentialError,
    NetworkError,
    type Credentials,
    type Http,
} from "../credentials";
import {
    HostError,
    type Auth,
    type Callback,
    type Host,
    type HttpAnswer,
    type HttpCall,
    type LogEntry,
} from "../workflow";
import { UserError } from "./errors";
import { toError } from "../errors";

/** The host of `gcp-invoke run`: the real network, with the credentials of the user. */
export class CommandHost implements Host {
    private credentials: Promise<Credentials> | undefined;

    constructor(
        private readonly log_: (entry: LogEntry) => void,
        private readonly client: Http = createHttp(),
        /** Told of each credential that is sent; of an ID token its claims. */
        private readonly onToken: (auth: Auth, claims: Claims | undefined) => void = () => undefined,
    ) {}

    now(): number {
        return Date.now();
    }

    sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
        return new Promise((resolve) => {
            const done = (): void => {
                clearTimeout(timer);
                signal.removeEventListener("abort", done);
                resolve();
            };
            const timer = setTimeout(done, milliseconds);
            signal.addEventListener("abort", done);
        });
    }

    async http(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
        refuseUnreachable(call);
        const token = call.auth === undefined ? undefined : await this.mint(call.auth);
        try {
            const response = await this.client.fetch(call.url, {
                method: call.method,
                headers: { ...call.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
                ...(call.body && { body: Buffer.from(call.body) }),
                redirect: "manual",
                signal: AbortSignal.any([signal, AbortSignal.timeout(call.timeoutSeconds * 1000)]),
            });
            return {
                status: response.status,
                headers: Object.fromEntries(response.headers),
                body: new Uint8Array(await response.arrayBuffer()),
            };
        } catch (error) {
            throw asHostError(error, call);
        }
    }

    log(entry: LogEntry): void {
        this.log_(entry);
    }

    createCallback(): Promise<Callback> {
        throw new UserError("gcp-invoke run cannot receive callbacks", {
            fix: "deploy the workflow, or run it in the sandbox",
        });
    }

    uuid(): string {
        return randomUUID();
    }

    private async mint(auth: Auth): Promise<string> {
        try {
            this.credentials ??= createCredentials({ http: this.client });
            const credentials = await this.credentials;
            if (auth.type === "OAuth2") {
                this.onToken(auth, undefined);
                return await credentials.accessToken(auth.scopes);
            }
            const token = await credentials.idToken(auth.audience);
            this.onToken(auth, claimsOf(token));
            return token;
        } catch (error) {
            if (error instanceof CredentialError) {
                throw new HostError("AuthError", error.message);
            }
            throw error;
        }
    }
}

/**
 * Refuses a request that this machine cannot send as Workflows does: the address in Service Directory is in a network of Google
 * Cloud, and the HTTP client here knows one trust store for all requests.
 * @throws UserError
 */
function refuseUnreachable({ method, url, privateServiceName, caCertificate }: HttpCall): void {
    const elsewhere =
        "run the workflow in the sandbox (gcp-invoke sandbox up), or answer the request yourself: by the answer in a recording " +
        "(--replay), or by http of runWorkflow in a test";
    const { origin, pathname } = new URL(url);
    if (privateServiceName !== undefined) {
        throw new UserError(
            `${method} ${origin}${pathname} goes to ${privateServiceName}, whose address only a network of Google Cloud reaches`,
            { fix: elsewhere },
        );
    }
    if (caCertificate !== undefined) {
        throw new UserError(
            `${method} ${origin}${pathname} trusts the ca_certificate of its step, and gcp-invoke run trusts only what this machine does`,
            { fix: `trust it here with NODE_EXTRA_CA_CERTS and leave ca_certificate out, or ${elsewhere}` },
        );
    }
}

function asHostError(error: unknown, { url, timeoutSeconds }: HttpCall): Error {
    const { origin } = new URL(url);
    if (error instanceof Error && error.name === "TimeoutError") {
        return new HostError("TimeoutError", `no answer from ${origin} within ${timeoutSeconds} seconds`);
    }
    if (error instanceof NetworkError || (error instanceof TypeError && error.cause instanceof Error)) {
        const reason = error instanceof NetworkError ? error.message : (error.cause as Error).message;
        return new HostError("ConnectionFailedError", `no connection to ${origin}: ${reason}`);
    }
    return toError(error);
}
