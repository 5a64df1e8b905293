import { failure, isMapValue, mapOf, type RuntimeMap, type RuntimeValue } from "../values";
import type { Frame } from "../frame";
import { callMethod } from "./call";
import { findMethod } from "./table";

/** The project that is given to a helper, or else the project of the workflow. */
export function givenOrOwnProject(project: string | undefined, frame: Frame): string {
    return project ?? frame.execution.env["GOOGLE_CLOUD_PROJECT_ID"] ?? "";
}

/**
 * Calls one of the methods that a helper consists of.
 * @throws WorkflowError `ResponseTypeError` if the answer is no map
 */
export async function invoke(name: string, args: Record<string, RuntimeValue>, frame: Frame): Promise<RuntimeMap> {
    const method = findMethod(name);
    const answer = method && (await callMethod(method, mapOf(args), frame));
    if (!isMapValue(answer)) {
        throw failure("ResponseTypeError", `${name} answered with something else than a JSON object`);
    }
    return answer;
}
