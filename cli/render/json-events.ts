import { redactJson } from "../../common/redact";
import type { EngineEvent, Operation, Properties, ResourceState } from "../../engine";
import type { Display } from "./display";
import { prefixOf, providerOf, reasonsOf, replacements, type Severity, type StepEvent } from "./json-step";
import type { Terminal } from "./terminal";

/** What a line tells: one of these. */
interface Payload {
    /** The operation begins. */
    preludeEvent?: { config: Record<string, string> };
    /** A step begins. */
    resourcePreEvent?: { metadata: StepMetadata };
    /** A step is done. */
    resOutputsEvent?: { metadata: StepMetadata };
    /** A step has failed. */
    resOpFailedEvent?: { metadata: StepMetadata; status: number; steps: number };
    diagnosticEvent?: {
        urn?: string;
        prefix?: string;
        message: string;
        color: "never";
        severity: Severity;
        /** Whether it only says what is being waited for. */
        ephemeral?: true;
    };
    /** How the operation went. */
    summaryEvent?: ReturnType<typeof summaryOf>;
    /** Nothing follows. */
    cancelEvent?: Record<string, never>;
}

type Diagnostic = NonNullable<Payload["diagnosticEvent"]>;

/** A line: an engine event of Pulumi. */
export interface EngineEventLine extends Payload {
    /** From 0 on. */
    sequence: number;
    /** In seconds since 1970. */
    timestamp: number;
}

/** A step of a resource. */
interface StepMetadata {
    op: Operation;
    urn: string;
    type: string;
    old: StepState | null;
    new: StepState | null;
    /** The properties that force a replacement. */
    keys?: string[];
    /** The input properties that differ. */
    diffs?: string[];
    /** The kind of each difference by its path. */
    detailedDiff: Record<string, { diffKind: string; inputDiff: boolean }> | null;
    /** Whether it is a step of the program, and not a part of one. */
    logical?: true;
    /** As `URN::ID`. */
    provider: string;
}

/** A resource before or after a step. */
interface StepState {
    type: string;
    urn: string;
    custom?: true;
    delete?: true;
    id: string;
    parent: string;
    protect?: true;
    retainOnDelete?: true;
    inputs: Properties;
    outputs: Properties;
    provider: string;
}

/**
 * Steps that Pulumi does not count as steps of the program: they are parts of other steps, or the program did not ask
 * for them.
 */
const PARTS = [
    "create-replacement",
    "delete-replaced",
    "discard-replaced",
    "import-replacement",
    "read-replacement",
    "refresh",
];

/**
 * Pulumi's engine events, one JSON object a line, in the shapes of its API: an operation begins with a `preludeEvent`
 * and ends with a `summaryEvent` and a `cancelEvent`. The mark `[secret]` takes the place of a secret, as in Pulumi.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go
 */
export function createEventLines(terminal: Pick<Terminal, "write">): Display {
    const replacementOf = replacements();
    const components = new Map<string, StepMetadata>();
    let operation = "";
    let sequence = 0;
    let steps = 0;

    function write(payload: Payload): void {
        const event: EngineEventLine = { sequence: sequence++, timestamp: Math.floor(Date.now() / 1000), ...payload };
        terminal.write(`${JSON.stringify(redactJson(event))}\n`);
    }

    function diagnostic(
        severity: Severity,
        message: string,
        more: Pick<Diagnostic, "urn" | "prefix" | "ephemeral"> = {},
    ): void {
        write({ diagnosticEvent: { ...more, message: `${message}\n`, color: "never", severity } });
    }

    function step(event: StepEvent): void {
        const metadata = metadataOf(event);
        if (event.phase === "start") {
            write({ resourcePreEvent: { metadata } });
        } else if (event.phase === "failed") {
            write({ resOpFailedEvent: { metadata, status: 0, steps } });
        } else {
            steps++;
            // The registration of a component ends when it registers its outputs.
            if (event.new?.custom === false && event.step.operation !== "refresh") {
                components.set(metadata.urn, metadata);
            } else {
                write({ resOutputsEvent: { metadata } });
            }
        }
    }

    return {
        onEvent(event) {
            switch (event.type) {
                case "start":
                    operation = event.operation;
                    write({ preludeEvent: { config: event.config ?? {} } });
                    break;
                case "step": {
                    if (event.step.operation !== "replace") {
                        step(event);
                    }
                    const replacement = replacementOf(event);
                    if (replacement === undefined) {
                        break;
                    }
                    const metadata = metadataOf(replacement);
                    write({ resourcePreEvent: { metadata } });
                    write({ resOutputsEvent: { metadata } });
                    break;
                }
                case "outputs": {
                    const metadata = components.get(event.urn);
                    if (metadata) {
                        write({ resOutputsEvent: { metadata: { ...metadata, new: stateOf(event.state) } } });
                    }
                    break;
                }
                case "diagnostic": {
                    const prefix = prefixOf(event.severity);
                    diagnostic(event.severity, event.message, {
                        ...(event.urn !== undefined && { urn: event.urn }),
                        ...(prefix && { prefix }),
                    });
                    break;
                }
                case "progress":
                    diagnostic("info", event.message, {
                        ...(event.urn !== undefined && { urn: event.urn }),
                        ephemeral: true,
                    });
                    break;
                case "output":
                    diagnostic(event.stream === "stdout" ? "info" : "info#err", event.text);
                    break;
                case "summary":
                    if (event.failed) {
                        diagnostic("error", `${operation} failed`, { prefix: "error: " });
                    }
                    write({ summaryEvent: summaryOf(event) });
                    write({ cancelEvent: {} });
                    break;
            }
        },
        close: () => undefined,
    };
}

/** Pulumi spells `PolicyPacks` this way. No policy pack ever runs here. */
function summaryOf({ changes, milliseconds, failed }: Extract<EngineEvent, { type: "summary" }>) {
    return {
        maybeCorrupt: false,
        durationSeconds: Math.floor(milliseconds / 1000),
        resourceChanges: changes,
        PolicyPacks: {},
        isPreview: false,
        result: failed ? "failed" : "succeeded",
    };
}

function metadataOf(event: StepEvent): StepMetadata {
    const { step, old, new: now } = event;
    const { diffs, replaces, detailed } = reasonsOf(step);
    const entries = Object.entries(detailed ?? {});
    return {
        op: operationOf(event),
        urn: step.urn,
        type: step.type,
        old: old ? stateOf(old) : null,
        new: now ? stateOf(now) : null,
        ...(replaces.length > 0 && { keys: replaces }),
        ...(diffs.length > 0 && { diffs }),
        // As the provider of Google Cloud does: the differences are those to the actual resource.
        detailedDiff:
            detailed && Object.fromEntries(entries.map(([path, diffKind]) => [path, { diffKind, inputDiff: false }])),
        ...(!PARTS.includes(step.operation) && { logical: true }),
        provider: providerOf(event),
    };
}

/** The operation of a refresh that is done is what it found. */
function operationOf({ step, phase, old, new: now }: StepEvent): Operation {
    if (step.operation !== "refresh" || phase !== "done") {
        return step.operation;
    }
    if (now === undefined) {
        return "delete";
    }
    return JSON.stringify(now.outputs) === JSON.stringify(old?.outputs) ? "same" : "update";
}

function stateOf(state: ResourceState): StepState {
    return {
        type: state.type,
        urn: state.urn,
        ...(state.custom && { custom: true }),
        ...(state.delete && { delete: true }),
        id: state.id ?? "",
        parent: state.parent ?? "",
        ...(state.protect && { protect: true }),
        ...(state.retainOnDelete && { retainOnDelete: true }),
        inputs: state.inputs,
        outputs: state.outputs,
        provider: state.provider ?? "",
    };
}
