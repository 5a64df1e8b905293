import { defined } from "../../../common";
import {
    type Callback,
    type CallbackRequest,
    type Host,
    HostError,
    type HttpAnswer,
    type HttpCall,
    type LogEntry,
} from "./host";

/** Why something did not come. */
interface RecordedError {
    tag: HostError["tag"];
    message: string;
}

/** An answer that a run got, or the error that came instead. */
export interface RecordedAnswer {
    method: string;
    url: string;
    /** When it came, in milliseconds since 1970. */
    at: number;
    answer?: { status: number; headers: Record<string, string>; text?: string; base64?: string };
    error?: RecordedError;
    /** The claims of the ID token that the request carried. */
    claims?: Record<string, unknown>;
}

/** A callback that a run made, and what came to it. */
export interface RecordedCallback {
    url: string;
    requests: { at: number; request?: CallbackRequest; error?: RecordedError }[];
}

/** What a run depended on. */
export interface Recording {
    version: 1;
    /** The argument of main, as JSON. */
    argument: string;
    env: Record<string, string>;
    startedAt: number;
    answers: RecordedAnswer[];
    uuids: string[];
    /** @default - none */
    callbacks?: RecordedCallback[];
}

/** Keeps what a run gets from another host. */
export class RecordingHost implements Host {
    readonly answers: RecordedAnswer[] = [];
    readonly uuids: string[] = [];
    readonly callbacks: RecordedCallback[] = [];
    private readonly claims = new WeakMap<HttpCall, Record<string, unknown>>();

    constructor(private readonly inner: Host) {}

    now = (): number => this.inner.now();
    sleep = (milliseconds: number, signal: AbortSignal): Promise<void> => this.inner.sleep(milliseconds, signal);
    log = (entry: LogEntry): void => this.inner.log(entry);

    /** Notes the claims of the token that a call carries. */
    sends(call: HttpCall, claims: Record<string, unknown>): void {
        this.claims.set(call, claims);
    }

    async http(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
        const { method, url } = call;
        const note = (came: Pick<RecordedAnswer, "answer" | "error">): unknown =>
            this.answers.push({ method, url, at: this.now(), ...came, ...defined({ claims: this.claims.get(call) }) });
        try {
            const answer = await this.inner.http(call, signal);
            note({ answer: written(answer, call) });
            return answer;
        } catch (error) {
            if (error instanceof HostError) {
                note({ error: { tag: error.tag, message: error.message } });
            }
            throw error;
        }
    }

    async createCallback(method: string): Promise<Callback> {
        const callback = await this.inner.createCallback(method);
        const requests: RecordedCallback["requests"] = [];
        this.callbacks.push({ url: callback.url, requests });
        return {
            url: callback.url,
            next: async (timeout, signal) => {
                try {
                    const request = await callback.next(timeout, signal);
                    requests.push({ at: this.now(), request });
                    return request;
                } catch (error) {
                    if (error instanceof HostError) {
                        requests.push({ at: this.now(), error: { tag: error.tag, message: error.message } });
                    }
                    throw error;
                }
            },
        };
    }

    uuid(): string {
        const made = this.inner.uuid();
        this.uuids.push(made);
        return made;
    }
}

function written(answer: HttpAnswer, { connector = "" }: HttpCall): NonNullable<RecordedAnswer["answer"]> {
    const { status, headers } = answer;
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !/cookie|token|secret/i.test(name)));
    const body = Buffer.from(answer.body);
    const text = body.toString("utf8");
    const isText = Buffer.from(text).equals(body);
    const shown = connector.startsWith("googleapis.secretmanager.") ? withoutSecret(text) : text;
    return { status, headers: kept, ...defined(isText ? { text: shown } : { base64: body.toString("base64") }) };
}

/** The answer of Secret Manager with other data, so that a run that decodes it goes on. */
function withoutSecret(text: string): string {
    return text.replace(/("data"\s*:\s*")[^"]*"/g, `$1${Buffer.from("[redacted]").toString("base64")}"`);
}
