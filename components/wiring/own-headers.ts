import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import { isSetByGoogle, saysWhoCalls } from "../../common";

/**
 * The headers of a caller whose token Google sends. Names that are outputs are checked when they are known, and before anything
 * gets them.
 * @param argument Where the headers are, for errors.
 * @param caller What the component is, such as `schedule`.
 * @param namesIn Reads the names.
 * @throws ResourceError for a name that would change who calls, and for one that Google never sends
 */
export function ownHeaders<Headers extends object>(
    component: pulumi.Resource,
    argument: string,
    caller: string,
    headers: Headers,
    namesIn: (headers: Headers) => unknown[],
): Headers {
    const given: unknown = headers;
    const isLater = pulumi.Output.isInstance(given) || given instanceof Promise;
    const names = isLater ? [undefined] : namesIn(headers);
    if (names.every((name) => typeof name === "string")) {
        checkNames(component, argument, caller, names);
        return headers;
    }
    const known = pulumi.output<object>(headers).apply((all) => {
        checkNames(component, argument, caller, namesIn(all as Headers).map(String));
        return all;
    });
    // The provider takes an output wherever it takes an object.
    return known as unknown as Headers;
}

function checkNames(component: pulumi.Resource, argument: string, caller: string, names: string[]): void {
    for (const name of names) {
        if (saysWhoCalls(name)) {
            const reason = `has ${name}, and a ${caller} sends the token of its own account alone; leave it out, and give serviceAccount in the arguments to call as another account`;
            throw argumentError(component, argument, reason);
        }
        if (isSetByGoogle(name.trim())) {
            throw argumentError(component, argument, `has ${name}, which Google sets itself; leave it out`);
        }
    }
}

/** Where a job and a queue have their headers, and how their names are read. */
const PLACES: Record<string, (headers: object) => unknown[]> = {
    headers: Object.keys,
    headerOverrides: (list) => Object.values(list).map((entry: NameOfOverride) => entry.header?.key),
};

interface NameOfOverride {
    header?: { key?: unknown };
}

/**
 * The same for a job or a queue after its transform.
 * @param word How a transform calls it.
 */
export function withOwnHeaders<Args extends object>(
    component: pulumi.Resource,
    word: string,
    caller: string,
    args: Args,
): Args {
    const { httpTarget } = args as { httpTarget?: Record<string, object | undefined> };
    const checked = Object.entries(PLACES).flatMap(([key, namesIn]): [string, object][] => {
        const headers = httpTarget?.[key];
        const argument = `transform.${word}: httpTarget.${key}`;
        return headers === undefined ? [] : [[key, ownHeaders(component, argument, caller, headers, namesIn)]];
    });
    return { ...args, httpTarget: { ...httpTarget, ...Object.fromEntries(checked) } };
}
