import { AnswerError } from "./errors";

/** Reads parsed JSON whose shape is not known: throws where it is not as said, so that the rest can rely on it. */
export const json = {
    /** Parses a text. The parser's own message quotes the text, which may be a token: this one does not. */
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
