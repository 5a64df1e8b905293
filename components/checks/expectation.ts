import * as pulumi from "@pulumi/pulumi";
import type { Expectation } from "../../smoke";
import { argumentError } from "../base";

/** What an answer must be. */
export interface AnswerExpectation {
    /** Values at paths of the JSON answer, such as `{ "$.items[0].id": 7 }`. @default - none */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    at?: { [path: string]: any };
    /** A regular expression that the answer's text must match. @default - any text */
    matches?: pulumi.Input<string>;
    /** How long the answer may take, in milliseconds: of the try that counts. @default - as long as the check waits */
    maxMilliseconds?: pulumi.Input<number>;
    /** Whether the answer must name the account that called: the receiver says whom it saw. @default false */
    identity?: pulumi.Input<boolean>;
}

/** What must come back from a service. */
export interface ServiceExpectation extends AnswerExpectation {
    /** @default - any status below 400 */
    status?: pulumi.Input<number>;
    /** What the JSON answer must hold, as a deep subset. @default - anything */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    result?: pulumi.Input<any>;
    /** Headers that the answer must carry, by name. @default - none */
    headers?: { [name: string]: pulumi.Input<string> };
}

/**
 * An expectation as the check reads it; undefined where nothing is expected.
 * @param caller The account whose address the answer must hold where `identity` is asked for.
 * @throws ResourceError for a regular expression that is none.
 */
export function expectationOf(
    component: pulumi.Resource,
    argument: string,
    expect: ServiceExpectation | undefined,
    caller: pulumi.Input<string>,
): pulumi.Output<Expectation | undefined> {
    const check = (pattern: string): void => {
        if (!isPattern(pattern)) {
            throw argumentError(component, `${argument}.matches`, `"${pattern}" is no regular expression`);
        }
    };
    // What is plain is told by a preview, which knows no account yet.
    if (typeof expect?.matches === "string") {
        check(expect.matches);
    }
    return pulumi.all([pulumi.output(expect), caller]).apply(([known, account]): Expectation | undefined => {
        if (known === undefined) {
            return undefined;
        }
        const { identity, ...rest } = known;
        if (rest.matches !== undefined) {
            check(rest.matches);
        }
        const wanted = Object.entries(rest).filter(([, value]) => value !== undefined);
        return { ...Object.fromEntries(wanted), ...(identity === true && { identity: account }) };
    });
}

function isPattern(text: string): boolean {
    try {
        return new RegExp(text) instanceof RegExp;
    } catch {
        return false;
    }
}
