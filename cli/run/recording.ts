import { readFileSync } from "node:fs";
import { defined, isObject, writePrivateFile } from "../../common";
import { redact, redactJson } from "../../credentials";
import { messageOf } from "../../errors";
import { type Callback, type Host, HostError, type HttpAnswer, type HttpCall, type LogEntry } from "../../workflow";
import { UserError } from "../errors";

/** An answer that a run got, or the error that came instead. */
export interface RecordedAnswer {
    method: string;
    url: string;
    /** When it came, in milliseconds since 1970. */
    at: number;
    answer?: { status: number; headers: Record<string, string>; text?: string; base64?: string };
    error?: { tag: HostError["tag"]; message: string };
}

/** What a run depended on. No token is in it: what looks like one was replaced. */
export interface Recording {
    version: 1;
    /** The argument of main, as JSON. */
    argument: string;
    env: Record<string, string>;
    startedAt: number;
    answers: RecordedAnswer[];
    uuids: string[];
}

/** Keeps what a run gets from another host. */
export class RecordingHost implements Host {
    readonly answers: RecordedAnswer[] = [];
    readonly uuids: string[] = [];

    constructor(private readonly inner: Host) {}

    now = (): number => this.inner.now();
    sleep = (milliseconds: number, signal: AbortSignal): Promise<void> => this.inner.sleep(milliseconds, signal);
    log = (entry: LogEntry): void => this.inner.log(entry);
    createCallback = (method: string): Promise<Callback> => this.inner.createCallback(method);

    async http(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
        const { method, url } = call;
        try {
            const answer = await this.inner.http(call, signal);
            this.answers.push({ method, url, at: this.now(), answer: written(answer, call) });
            return answer;
        } catch (error) {
            if (error instanceof HostError) {
                this.answers.push({ method, url, at: this.now(), error: { tag: error.tag, message: error.message } });
            }
            throw error;
        }
    }

    uuid(): string {
        const made = this.inner.uuid();
        this.uuids.push(made);
        return made;
    }
}

/** Answers as a recording has it: to the same requests in the same order, and at the same times. */
export class ReplayHost implements Host {
    private readonly answers: RecordedAnswer[];
    private readonly uuids: string[];
    private time: number;

    constructor(
        recording: Recording,
        private readonly log_: (entry: LogEntry) => void,
    ) {
        this.answers = [...recording.answers];
        this.uuids = [...recording.uuids];
        this.time = recording.startedAt;
    }

    now = (): number => this.time;
    log = (entry: LogEntry): void => this.log_(entry);

    sleep(milliseconds: number): Promise<void> {
        this.time += Math.max(0, milliseconds);
        return Promise.resolve();
    }

    http({ method, url }: HttpCall): Promise<HttpAnswer> {
        const place = this.answers.findIndex((each) => each.method === method && each.url === redact(url));
        const [found] = place < 0 ? [] : this.answers.splice(place, 1);
        if (found === undefined) {
            const left = this.answers.map((each) => `${each.method} ${each.url}`);
            throw new UserError(`the recording has no more answer for ${method} ${redact(url)}`, {
                fix: left.length === 0 ? "record the run again" : `it has answers for ${left.join(", ")}`,
            });
        }
        this.time = Math.max(this.time, found.at);
        return found.error === undefined
            ? Promise.resolve(answerOf(found))
            : Promise.reject(new HostError(found.error.tag, found.error.message));
    }

    createCallback(): Promise<Callback> {
        throw new UserError("a recording has no callbacks", { fix: "run the workflow in the sandbox" });
    }

    uuid(): string {
        return this.uuids.shift() ?? "00000000-0000-4000-8000-000000000000";
    }
}

/** Writes a recording that only its owner can read. */
export function saveRecording(file: string, recording: Recording): void {
    writePrivateFile(file, `${JSON.stringify(redactJson(recording), undefined, 4)}\n`);
}

/** @throws UserError if the file is no recording */
export function readRecording(file: string): Recording {
    const refuse = (reason: string): never => {
        throw new UserError(`${file} is no recording of a run: ${reason}`, {
            fix: "make one with gcp-invoke run FILE --record RECORDING",
        });
    };
    let found: unknown;
    try {
        found = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        return refuse(messageOf(error));
    }
    if (!isObject(found) || found["version"] !== 1 || !Array.isArray(found["answers"])) {
        return refuse("it has no version 1 and no answers");
    }
    // Only --record writes such files.
    return found as unknown as Recording;
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

export function answerOf({ answer }: RecordedAnswer): HttpAnswer {
    const { status = 0, headers = {}, text = "", base64 } = answer ?? {};
    return { status, headers, body: base64 === undefined ? Buffer.from(text) : Buffer.from(base64, "base64") };
}
