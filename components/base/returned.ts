import * as pulumi from "@pulumi/pulumi";
import { TargetError } from "./errors";

/**
 * What a function of the provider returned. Some of them drop an error of Google, and then return nothing; unit tests whose
 * mocks return nothing get an empty text.
 *
 * @throws TargetError if there is none: it names `what`, and says what to change
 */
export function returned(value: string | null | undefined, what: string, fix: string): string {
    if (value !== undefined && value !== null && value !== "") {
        return value;
    }
    if (isMocked()) {
        return "";
    }
    throw new TargetError(`Google returned nothing for ${what}`, { fix });
}

/** Whether mocks answer in place of the engine. The SDK has no other way to tell. */
function isMocked(): boolean {
    const monitor: object | undefined = pulumi.runtime.getMonitor();
    return monitor?.constructor.name === "MockMonitor";
}
