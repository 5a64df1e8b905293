import { withoutTexts } from "../../common";
import type { ResourceState } from "./state";
import { isKind, type Properties, UNKNOWN, type Value } from "../values";

/**
 * The texts of the secrets of a run. A message of the program, of a plugin or in an answer of Google's may quote one, and is shown and
 * kept without it.
 */
export class SecretTexts {
    private readonly texts = new Set<string>();
    private hasState = false;

    /** @param shown - the resources of the stack: their secrets are hidden, and their other values everybody may see */
    constructor(private readonly shown: () => Iterable<ResourceState>) {}

    /** Remembers the texts in those parts of a value that are secret. */
    add(value: Value, isSecret = false): void {
        if (typeof value === "string" || typeof value === "number") {
            if (isSecret && value !== "" && value !== UNKNOWN) {
                this.texts.add(String(value));
            }
        } else if (value !== null && typeof value === "object") {
            const { value: inner = null } = value as Properties;
            const isOutput = isKind(value, "output");
            if (isOutput || isKind(value, "secret")) {
                this.add(inner, isSecret || !isOutput || value["secret"] === true);
            } else {
                Object.values(value).forEach((member: Value) => this.add(member, isSecret));
            }
        }
    }

    /** Remembers what a provider has made that is secret. */
    addOutputs({ inputs = {}, outputs = {} }: Partial<ResourceState>): void {
        Object.entries(outputs).forEach(([key, value]) => !(key in inputs) && this.add(value));
    }

    /**
     * A message without the secrets that it quotes. A provider marks a whole list as secret in which one value is; what the stack has
     * elsewhere too, and not as a secret, is no secret for that.
     */
    hide(message: string): string {
        this.addState();
        const quoted = [...this.texts].filter(
            (text) => message.includes(text) || message.includes(JSON.stringify(text).slice(1, -1)),
        );
        return quoted.length === 0
            ? message
            : withoutTexts(
                  message,
                  quoted.filter((text) => !this.isShown(text)),
              );
    }

    /** Remembers the secrets of the state, once there is a message at all. */
    private addState(): void {
        if (!this.hasState) {
            this.hasState = true;
            for (const { inputs = {}, outputs = {} } of this.shown() as Iterable<Partial<ResourceState>>) {
                this.add(inputs);
                this.add(outputs);
            }
        }
    }

    private isShown(text: string): boolean {
        for (const { inputs = {}, outputs = {} } of this.shown() as Iterable<Partial<ResourceState>>) {
            if (holds(inputs, text) || holds(outputs, text)) {
                return true;
            }
        }
        return false;
    }
}

/** What takes the secrets of a stack out of a text that others wrote. */
export function hidesSecretsOf(resources: readonly ResourceState[]): (message: string) => string {
    const texts = new SecretTexts(() => resources);
    return (message) => texts.hide(message);
}

/** Whether a value has a text where it is no secret. */
function holds(value: Value, text: string): boolean {
    if (isKind(value, "secret") || (isKind(value, "output") && value["secret"] === true)) {
        return false;
    }
    return value !== null && typeof value === "object"
        ? Object.values(value).some((member: Value) => holds(member, text))
        : value !== null && String(value) === text;
}
