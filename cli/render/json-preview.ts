import { defined } from "../../common";
import { redactJson } from "../../credentials/redact";
import type { EngineEvent, ResourceState, Value } from "../../engine";
import { hideSecrets, STACK_TYPE } from "../../engine/light";
import type { Display } from "./display";
import { prefixOf, providerOf, reasonsOf, replacements, type StepEvent } from "./json-step";
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

/**
 * The digest of a preview that `pulumi preview --json` prints: one document, at the end. States are as in a stack's
 * exported state, with `[secret]` for every secret.
 * https://github.com/pulumi/pulumi/blob/master/sdk/pkg/display/json.go
 */
export function createDigest(terminal: Pick<Terminal, "write">): Display {
    const replacementOf = replacements();
    const steps: object[] = [];
    const diagnostics: { urn?: string; message: string; severity: string }[] = [];
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
        const digest = {
            ...(Object.keys(config).length > 0 && { config }),
            ...(steps.length > 0 && { steps }),
            ...(diagnostics.length > 0 && { diagnostics }),
            // In nanoseconds.
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

function stepOf(event: StepEvent): object {
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
function stateOf(state: ResourceState): Value {
    const { inputs, outputs, ...others } = state;
    const filled = Object.entries({ inputs, outputs }).filter(([, properties]) => Object.keys(properties).length > 0);
    return hideSecrets({ ...others, ...Object.fromEntries(filled) });
}
