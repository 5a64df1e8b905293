/** What an answer, or the result of a workflow, must be. Whatever is absent may be anything. */
export interface Expectation {
    /** The status of the answer. @default - any from 200 to 299 */
    status?: number;
    /** What the JSON body or the result must contain. Objects may have more keys; lists must have the same length. @default - anything */
    result?: unknown;
    /** Values at paths of the answer, such as `{ "$.items[0].id": 7 }`. @default - none */
    at?: Record<string, unknown>;
    /** A regular expression of RE2 that the body, or the result as JSON, must match. @default - none */
    matches?: string;
    /** Headers that the answer must have, by name, with their exact values. @default - none */
    headers?: Record<string, string>;
    /** How long the last try may take, in milliseconds. @default - as long as the deadline of the check */
    maxMilliseconds?: number;
    /** The email address of the account that the receiver must have seen. It must be a value somewhere in the answer. @default - nobody asks for it */
    identity?: string;
}
