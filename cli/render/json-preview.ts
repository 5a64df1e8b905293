import { defined } from "../../common";
import { redactJson } from "../../common/redact";
import type { EngineEvent, Operation, ResourceState } from "../../engine";
import { hideSecrets, STACK_TYPE } from "../../engine/light";
import type { Display } from "./display";
import { prefixOf, providerOf, reasonsOf, replacements, type Severity, type StepEvent } from "./json-step";
import type { Terminal } from "./terminal";

/** What the steps of a preview leave out: resources that stay, and the halves of a replacement. */
const NOT_SHOWN = [
    "same",
    "replace",
    "create-replacement",
    "read-replacement",
    "import-replacement",
    "delete-replaced",
    "discard-replaced",
];

/** A digest as Pulumi prints it. */
export interface PreviewDigest {
    config?: Record<string, string>;
    steps?: DigestStep[];
    diagnostics?: { urn?: string; message: string; severity: Severity }[];
    /** In nanoseconds. */
    duration: number;
    /** How many resources would be created, updated and so on. */
    changeSummary?: Partial<Record<Operation, number>>;
}

/** What an update would do to a resource. */
interface DigestStep {
    op: Operation;
    urn: string;
    /** As `URN::ID`. */
    provider?: string;
    oldState?: DigestState;
    newState?: DigestState;
    /** The input properties that differ. */
    diffReasons?: string[];
    /** The properties that force a replacement. */
    replaceReasons?: string[];
    /** The kind of each difference by its path. */
    detailedDiff: Record<string, { kind: string; inputDiff: boolean }> | null;
}

/** A resource, without what is empty. */
type DigestState = Omit<ResourceState, "inputs" | "outputs"> & Partial<Pick<ResourceState, "inputs" | "outputs">>;

/**
 * The digest of a preview that `pulumi preview --json` prints: one document, at the end. States are as in a stack's
 * exported state, with `[secret]` for every secret.
 * https://github.com/pulumi/pulumi/blob/master/sdk/pkg/display/json.go
 */
export function createDigest(terminal: Pick<Terminal, "write">): Display {
    const replacementOf = replacements();
    const steps: DigestStep[] = [];
    const diagnostics: NonNullable<PreviewDigest["diagnostics"]> = [];
    let config: Record<string, string> = {};

    function step(event: StepEvent): void {
        const { operation, type } = event.step;
        const shown = event.phase === "start" && (!NOT_SHOWN.includes(operation) || type === STACK_TYPE);
        const what = shown ? event : replacementOf(event);
        if (what !== undefined) {
            steps.push(stepOf(what));
        }
    }

    function summary({ changes, milliseconds, failed }: Extract<EngineEvent, { type: "summary" }>): void {
        if (failed) {
            diagnostics.push({ message: "error: preview failed\n", severity: "error" });
        }
        const digest: PreviewDigest = {
            ...(Object.keys(config).length > 0 && { config }),
            ...(steps.length > 0 && { steps }),
            ...(diagnostics.length > 0 && { diagnostics }),
            duration: milliseconds * 1_000_000,
            ...(Object.keys(changes).length > 0 && { changeSummary: changes }),
        };
        terminal.write(`${JSON.stringify(redactJson(digest), undefined, 4)}\n`);
    }

    return {
        onEvent(event) {
            switch (event.type) {
                case "start":
                    config = event.config ?? {};
                    break;
                case "step":
                    step(event);
                    break;
                case "diagnostic": {
                    const { severity, urn, message } = event;
                    diagnostics.push({
                        ...defined({ urn }),
                        message: `${prefixOf(severity)}${message}\n`,
                        severity,
                    });
                    break;
                }
                case "output":
                    diagnostics.push({
                        message: `${event.text}\n`,
                        severity: event.stream === "stdout" ? "info" : "info#err",
                    });
                    break;
                case "summary":
                    summary(event);
                    break;
                case "outputs":
                case "progress":
                    break;
            }
        },
        close: () => undefined,
    };
}

function stepOf(event: StepEvent): DigestStep {
    const { step, old, new: now } = event;
    const { diffs, replaces, detailed } = reasonsOf(step);
    const entries = Object.entries(detailed ?? {});
    const provider = providerOf(event);
    return {
        op: step.operation,
        urn: step.urn,
        ...(provider && { provider }),
        ...(old && { oldState: stateOf(old) }),
        ...(now && { newState: stateOf(now) }),
        ...(diffs.length > 0 && { diffReasons: diffs }),
        ...(replaces.length > 0 && { replaceReasons: replaces }),
        // As the provider of Google Cloud does: the differences are those to the actual resource.
        detailedDiff: detailed && Object.fromEntries(entries.map(([path, kind]) => [path, { kind, inputDiff: false }])),
    };
}

/** A resource of a deployment, version 3. Empty fields are left out. */
function stateOf(state: ResourceState): DigestState {
    const { inputs, outputs, ...others } = state;
    const filled = Object.entries({ inputs, outputs }).filter(([, properties]) => Object.keys(properties).length > 0);
    return hideSecrets({ ...others, ...Object.fromEntries(filled) }) as unknown as DigestState;
}
