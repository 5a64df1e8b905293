import { AnswerError } from "./errors";

/** Reads JSON of unknown form, and throws an error if it has another form than expected. */
export const json = {
    /** Parses a text. The error does not quote the text, as that of the parser does, because the text may be a token. */
    parse(text: string): unknown {
        try {
            return JSON.parse(text);
        } catch {
            throw new AnswerError("the answer is no JSON");
        }
    },
    object(value: unknown): Record<string, unknown> {
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
            throw new AnswerError("not a JSON object");
        }
        return value as Record<string, unknown>;
    },
    string(value: unknown, name: string): string {
        const found = json.object(value)[name];
        if (typeof found !== "string") {
            throw new AnswerError(`the field ${name} is missing or no string`);
        }
        return found;
    },
};
