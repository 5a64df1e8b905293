import { type Claims, redact } from "../../credentials";
import {
    type Auth,
    type CallEvent,
    type RuntimeValue,
    type StepEvent,
    toJson,
    withoutCredentials,
} from "../../workflow";

const LONGEST = 300;

/** Writes each step of a run: its variables before and after, its call with the token's claims and the answer, its time. */
export class Tracer {
    private readonly begun = new Map<number, { at: number; before: ReadonlyMap<string, string> }>();
    private depth = 0;

    constructor(private readonly write: (text: string) => void) {}

    step(event: StepEvent): void {
        const { phase, step, number, at, depth, error, progress } = event;
        this.depth = depth;
        const mark = { start: "→", end: "✓", error: "✗" }[phase];
        const turn = progress === undefined ? "" : `, ${progress.kind} ${progress.number} of ${progress.of}`;
        const why = error === undefined ? "" : `: ${redact(error.message)}`;
        this.write(
            `${String(number).padStart(5)} ${"  ".repeat(depth)}${mark} ${step.routine}.${step.name} (${step.callee ?? step.kind}, line ${step.position.line}${turn})${why}\n`,
        );
        const now = new Map(Array.from(event.variables(), ([name, value]) => [name, shown(value)]));
        if (phase === "start") {
            this.begun.set(number, { at, before: now });
            return;
        }
        const { at: since = at, before = new Map<string, string>() } = this.begun.get(number) ?? {};
        this.begun.delete(number);
        for (const [name, value] of now) {
            this.detail(
                `${name} = ${value}${before.get(name) === value ? "" : `, before ${before.get(name) ?? "not set"}`}`,
            );
        }
        this.detail(`${at - since} ms`);
    }

    call(event: CallEvent): void {
        if (event.phase === "begun") {
            this.detail(`call ${event.callee} ${shown(withoutCredentials(event.callee, event.args))}`);
        } else if (event.phase === "succeeded") {
            this.detail(
                `answer after ${event.at - event.startedAt} ms: ${shown(withoutCredentials(event.callee, event.response))}`,
            );
        } else {
            this.detail(`error after ${event.at - event.startedAt} ms: ${redact(event.error.message)}`);
        }
    }

    /** Notes the credential of a request by its claims; the token itself is nowhere. */
    token(auth: Auth, claims: Claims | undefined): void {
        if (auth.type === "OAuth2") {
            this.detail(`access token with the scopes ${auth.scopes.join(" ")}`);
            return;
        }
        const said = ["aud", "email", "sub", "exp"].flatMap((name) =>
            claims?.[name] === undefined ? [] : [`${name} ${JSON.stringify(claims[name])}`],
        );
        this.detail(`ID token for ${auth.audience}${said.length === 0 ? "" : `: ${said.join(", ")}`}`);
    }

    private detail(text: string): void {
        this.write(`      ${"  ".repeat(this.depth)}  ${text}\n`);
    }
}

/** A value on one line, without tokens and not too long. */
export function shown(value: RuntimeValue): string {
    let text: string;
    try {
        text = redact(toJson(value));
    } catch {
        text = "a value with bytes";
    }
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
}
