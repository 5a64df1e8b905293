import { defined, isSetByGoogle } from "../../common";
import { messageOf } from "../../errors";
import type { HttpRequest } from "../apis";
import type { Cloud, Origin } from "../cloud";
import { cloudPlatform } from "../tokens";
import { mintAs, MintError } from "./mint";
import { createSender, SendError, type Sender } from "./send";

/** The result of a request that a sender made. */
export interface Outcome {
    /** The HTTP status; 0 if no answer came. */
    status: number;
    /** Why there was no answer, or no request. */
    message: string;
    /** Whether there was no answer in time. */
    late?: true;
    body: string;
}

export interface Delivery {
    project: string;
    /** `cloudscheduler`, as ingress knows the sender. */
    service: string;
    /** Whose agent mints: `gcp-sa-cloudscheduler`. */
    agent: string;
    target: HttpRequest;
    /** Headers that the service sets. They replace headers of the target with the same name. */
    headers: Record<string, string>;
    timeoutMilliseconds: number;
}

/** The headers of a job or a task that are sent: Google computes or ignores the others. */
const sentHeaders = (headers: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !isSetByGoogle(name)));

/** Sends the requests of the senders: each comes from its service and has a token of the account that it names. */
export class Deliverer {
    /** Whether the sandbox is stopping, so that nothing more is planned. */
    closed = false;
    private network: { proxyFor(origin: Origin): string } | undefined;
    private readonly senders = new Map<string, Sender>();

    constructor(private readonly cloud: Cloud) {}

    connect(network: { proxyFor(origin: Origin): string }): void {
        this.network = network;
    }

    /**
     * The sender of a service in a project; undefined while there is no network.
     * @param network the user's network that it sends to, as `projects/P/global/networks/N`
     */
    sender(service: string, project: string, network?: string): Sender | undefined {
        const key = `${service}/${project}/${network ?? ""}`;
        const known = this.senders.get(key);
        if (known || !this.network) {
            return known;
        }
        const sender = createSender(
            this.network.proxyFor({ kind: "google", service, project, ...defined({ network }) }),
        );
        this.senders.set(key, sender);
        return sender;
    }

    /** Never rejects: what went wrong is in the outcome. */
    async deliver({ project, service, agent, target, headers, timeoutMilliseconds }: Delivery): Promise<Outcome> {
        const { url = "" } = target;
        if (!URL.canParse(url)) {
            return {
                status: 0,
                message: `no request can be sent to ${JSON.stringify(url)}, which is no URL`,
                body: "",
            };
        }
        const { host } = new URL(url);
        const sender = this.sender(service, project);
        if (!sender || !this.cloud.hosts.find(host)) {
            this.cloud.hosts.recordRefused(host);
            return { status: 0, message: `the sandbox does not serve ${host}`, body: "" };
        }
        try {
            const token = this.token(project, agent, target, url);
            const answer = await sender.send({
                method: target.httpMethod ?? "POST",
                url,
                headers: {
                    ...sentHeaders(target.headers ?? {}),
                    ...headers,
                    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
                },
                ...(target.body === undefined ? {} : { body: Buffer.from(target.body, "base64") }),
                timeoutMilliseconds,
            });
            return { status: answer.status, message: "", body: answer.body.toString() };
        } catch (error) {
            // Google reports a token that cannot be made as an answer of 401 [K].
            if (error instanceof MintError) {
                return { status: 401, message: error.message, body: "" };
            }
            if (error instanceof SendError) {
                const late = error.kind === "timeout" && ({ late: true } as const);
                return { status: 0, message: error.message, body: "", ...late };
            }
            // A job or a task can have a header that HTTP does not allow.
            return { status: 0, message: `the request cannot be sent: ${messageOf(error)}`, body: "" };
        }
    }

    close(): void {
        this.closed = true;
        for (const sender of this.senders.values()) {
            sender.close();
        }
        this.senders.clear();
    }

    private token(project: string, agent: string, target: HttpRequest, url: string): string | undefined {
        const { oidcToken, oauthToken } = target;
        if (oidcToken) {
            return mintAs(this.cloud, project, agent, oidcToken.serviceAccountEmail ?? "", {
                kind: "id",
                audience: oidcToken.audience ?? url,
            });
        }
        return oauthToken
            ? mintAs(this.cloud, project, agent, oauthToken.serviceAccountEmail ?? "", {
                  kind: "access",
                  scopes: [oauthToken.scope ?? cloudPlatform],
              })
            : undefined;
    }
}

export function succeeded({ status }: Outcome): boolean {
    return status >= 200 && status < 300;
}

/**
 * Google's code for an HTTP status, as jobs and tasks report it. https://cloud.google.com/apis/design/errors
 * An attempt that takes too long is DEADLINE_EXCEEDED:
 * https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export function codeOf({ status, late }: Outcome): number {
    if (status === 0) {
        return late ? 4 : 14;
    }
    const known: Record<number, number> = {
        400: 3,
        401: 16,
        403: 7,
        404: 5,
        409: 10,
        429: 8,
        500: 13,
        501: 12,
        503: 14,
        504: 4,
    };
    return known[status] ?? (status >= 500 ? 13 : 2);
}

/** `"5s"` in milliseconds. */
export function milliseconds(duration: unknown, otherwise: number): number {
    return typeof duration === "string" ? Number(duration.replace(/s$/, "")) * 1000 : otherwise;
}
