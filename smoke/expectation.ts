/** What an answer, or the result of a workflow, must be. Whatever is absent may be anything. */
export interface Expectation {
    /** The status of the answer. */
    status?: number;
    /** What the JSON body or the result must contain. Objects may have more keys; lists must have the same length. */
    result?: unknown;
    /** Values at paths of the answer, such as `{ "$.items[0].id": 7 }`. */
    at?: Record<string, unknown>;
    /** A regular expression of RE2 that the body, or the result as JSON, must match. */
    matches?: string;
    /** Headers that the answer must have, by name, with their exact values. */
    headers?: Record<string, string>;
    /** How long the last try may take, in milliseconds. */
    maxMilliseconds?: number;
    /** The email address of the account that the receiver must have seen. It must be a value somewhere in the answer. */
    identity?: string;
}
