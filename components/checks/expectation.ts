import * as pulumi from "@pulumi/pulumi";
import type { Expectation } from "../../smoke";
import { argumentError } from "../base";
import { compilePattern } from "../../common";
import { messageOf } from "../../errors";

/** What an answer, or the result of a workflow, must be. */
export interface AnswerExpectation {
    /** Values at paths of the JSON answer, such as `{ "$.items[0].id": 7 }`. @default - any values */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    at?: { [path: string]: any };
    /**
     * A regular expression that the answer's text must match. It is one of RE2, without lookaround and without references to
     * groups, so that no text holds up the check (https://github.com/google/re2/wiki/Syntax).
     * @default - any text
     */
    matches?: pulumi.Input<string>;
    /** How long the last try may take, in milliseconds. @default - as long as the check waits */
    maxMilliseconds?: pulumi.Input<number>;
    /**
     * Whether the answer must contain the email address of the account that called. The receiver has to put the caller that it
     * saw into its answer.
     * @default false
     */
    identity?: pulumi.Input<boolean>;
}

/** What the answer of a service must be. */
export interface ServiceExpectation extends AnswerExpectation {
    /** The status of the answer. @default - any status from 200 to 299; a redirect is none */
    status?: pulumi.Input<number>;
    /** What the JSON answer must contain. Objects may have more keys than you name. @default - any answer */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    result?: pulumi.Input<any>;
    /** Headers that the answer must have, by name, with their exact values. @default - any headers */
    headers?: { [name: string]: pulumi.Input<string> };
}

/**
 * An expectation as the check reads it; undefined if the user expects nothing.
 * @param argument Where the expectation is in the arguments, for errors.
 * @param caller The account whose email address the answer must contain if `identity` is true.
 * @throws ResourceError for a text that is no regular expression
 */
export function expectationOf(
    component: pulumi.Resource,
    argument: string,
    expect: ServiceExpectation | undefined,
    caller: pulumi.Input<string>,
): pulumi.Output<Expectation | undefined> {
    const check = (pattern: string): void => {
        try {
            compilePattern(pattern);
        } catch (error) {
            const reason = `"${pattern}" is no regular expression of RE2: ${messageOf(error)}`;
            throw argumentError(component, `${argument}.matches`, reason);
        }
    };
    // A text that is known at once is checked in the preview too, which does not know the account yet.
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
