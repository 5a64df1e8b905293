import { readFileSync } from "node:fs";
import { isObject, writePrivateFile } from "../../common";
import { type Claims, redact, redactJson } from "../../credentials";
import {
    type Auth,
    type Callback,
    type Host,
    HostError,
    type HttpAnswer,
    type HttpCall,
    type LogEntry,
    type RecordedAnswer,
    type RecordedCallback,
    type Recording,
} from "../../workflow";
import { fileError, UserError } from "../errors";

/** Answers as a recording has it: to the same requests in the same order, and at the same times. */
export class ReplayHost implements Host {
    private readonly answers: RecordedAnswer[];
    private readonly uuids: string[];
    private readonly callbacks: RecordedCallback[];
    private time: number;

    constructor(
        recording: Recording,
        private readonly log_: (entry: LogEntry) => void,
        /** Told of the credential of each request, as far as it was recorded. */
        private readonly onToken: (auth: Auth, claims: Claims | undefined) => void = () => undefined,
    ) {
        this.answers = [...recording.answers];
        this.uuids = [...recording.uuids];
        this.callbacks = [...(recording.callbacks ?? [])];
        this.time = recording.startedAt;
    }

    now = (): number => this.time;
    log = (entry: LogEntry): void => this.log_(entry);

    sleep(milliseconds: number): Promise<void> {
        this.time += Math.max(0, milliseconds);
        return Promise.resolve();
    }

    http({ method, url, auth }: HttpCall): Promise<HttpAnswer> {
        const place = this.answers.findIndex((each) => each.method === method && redact(each.url) === redact(url));
        const [found] = place < 0 ? [] : this.answers.splice(place, 1);
        if (found === undefined) {
            const left = this.answers.map((each) => `${each.method} ${redact(each.url)}`);
            throw new UserError(`the recording has no more answer for ${method} ${redact(url)}`, {
                fix: left.length === 0 ? "record the run again" : `it has answers for ${left.join(", ")}`,
            });
        }
        if (auth !== undefined) {
            this.onToken(auth, found.claims);
        }
        this.time = Math.max(this.time, found.at);
        return found.error === undefined
            ? Promise.resolve(answerOf(found))
            : Promise.reject(new HostError(found.error.tag, found.error.message));
    }

    createCallback(): Promise<Callback> {
        const made = this.callbacks.shift();
        if (made === undefined) {
            throw new UserError("the recording has no callback", { fix: "run the workflow in the sandbox" });
        }
        const requests = [...made.requests];
        const next: Callback["next"] = () => {
            const came = requests.shift();
            if (came?.request === undefined) {
                const { tag = "TimeoutError", message = "the recording has no more requests for this callback" } =
                    came?.error ?? {};
                return Promise.reject(new HostError(tag, message));
            }
            this.time = Math.max(this.time, came.at);
            return Promise.resolve(came.request);
        };
        return Promise.resolve({ url: made.url, next });
    }

    uuid(): string {
        return this.uuids.shift() ?? "00000000-0000-4000-8000-000000000000";
    }
}

/** Writes a recording that only its owner can read. What looks like a token is replaced. */
export function saveRecording(file: string, recording: Recording): void {
    writePrivateFile(file, `${JSON.stringify(redactJson(recording), undefined, 4)}\n`);
}

/** @throws UserError if the file is no recording */
export function readRecording(file: string): Recording {
    const what = `${file} is no recording of a run`;
    const fix = "make one with gcp-invoke run FILE --record RECORDING";
    let found: unknown;
    try {
        found = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw fileError(what, error, fix);
    }
    if (!isObject(found) || found["version"] !== 1 || !Array.isArray(found["answers"])) {
        throw new UserError(`${what}: it has no version 1 and no answers`, { fix });
    }
    // Only --record writes such files.
    return found as unknown as Recording;
}

function answerOf({ answer }: RecordedAnswer): HttpAnswer {
    const { status = 0, headers = {}, text = "", base64 } = answer ?? {};
    return { status, headers, body: base64 === undefined ? Buffer.from(text) : Buffer.from(base64, "base64") };
}
