import { defined } from "../../common";
import type { Diagnostic, EngineEvent } from "../events";
import type { SecretTexts } from "../state";

/** What a run tells its user: each error once. */
export class Reports {
    readonly diagnostics: Diagnostic[] = [];
    private readonly errors = new Set<string>();
    private readonly cutOff = new Map<string, string>();

    /** @param secrets - what no message shows */
    constructor(
        private readonly emit: (event: EngineEvent) => void,
        readonly secrets: SecretTexts,
    ) {}

    /** Whether an error has been reported. */
    get hasError(): boolean {
        return this.errors.size > 0;
    }

    add(severity: Diagnostic["severity"], said: string, urn?: string): void {
        const message = this.secrets.hide(said);
        const diagnostic: Diagnostic = { severity, message, ...defined({ urn: urn === "" ? undefined : urn }) };
        if (severity === "error") {
            // The SDK reports an unhandled rejection once for every function that ever failed in its process.
            const error = `${diagnostic.urn ?? ""} ${message}`;
            if (this.errors.has(error)) {
                return;
            }
            this.errors.add(error);
        }
        this.diagnostics.push(diagnostic);
        this.emit({ type: "diagnostic", ...diagnostic });
    }

    /** Shows what is being waited for. It is not kept. */
    progress(message: string, urn: string): void {
        const shown = this.secrets.hide(message);
        this.emit({ type: "progress", message: shown, ...defined({ urn: urn === "" ? undefined : urn }) });
    }

    /** Whether an error that has been reported says this, by itself or as the message of an exception. */
    tells(said: string): boolean {
        const reason = this.secrets.hide(said);
        return this.diagnostics.some(
            ({ severity, message }) =>
                severity === "error" &&
                (message === reason || (message.startsWith("Unhandled exception: ") && message.includes(reason))),
        );
    }

    /** Notes what had not ended when the program ended. It is told once, by {@link tellCutOff}. */
    addCutOff(what: string, reason: string): void {
        this.cutOff.set(what, reason);
    }

    /** Tells what was cut off. Only if nothing else says why the run failed, this is its error. */
    tellCutOff(): void {
        if (this.cutOff.size === 0) {
            return;
        }
        if (this.hasError) {
            this.add("info", `ended with the run, before it was done: ${[...this.cutOff.keys()].join(", ")}`);
        } else {
            const all = [...this.cutOff].map(([what, reason]) => `${what} (${reason})`);
            this.add("error", `the program ended before this was done: ${all.join(", ")}`);
        }
    }
}
