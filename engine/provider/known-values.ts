import { type NewValues, regionProblem, runtimeProblem } from "../../common";
import { isObject, type Properties } from "../values";
import type { ResourceSchema } from "./schema";
import type { CheckFailure, Subject } from "./types";

/** What could be a region, if it is spelt well: not `EU`, `global` or the name of a pair of regions such as `nam4`. */
const LIKE_A_REGION = /^[a-z]+-[a-z]+\d*$/;
/** A zone is a region and a letter. */
const ZONE = /^([a-z]+-[a-z]+\d+)-[a-z]$/;

/** What is wrong with the regions, zones and runtimes that a resource names, or that it gets from the provider's settings. */
export function valueFailures(
    { type, config }: Subject,
    inputs: Properties,
    schema: ResourceSchema,
    known: NewValues,
): CheckFailure[] {
    const failures: CheckFailure[] = [];
    const tell = (property: string, reason: string | undefined): void => {
        if (reason !== undefined) {
            failures.push({ property, reason });
        }
    };
    for (const property of ["location", "region"].filter((one) => one in schema.inputs)) {
        const value = inputs[property] ?? config["region"];
        if (typeof value === "string" && LIKE_A_REGION.test(value)) {
            tell(property, regionProblem(value, known));
        }
    }
    const zone = "zone" in schema.inputs ? (inputs["zone"] ?? config["zone"]) : undefined;
    const [, region] = typeof zone === "string" ? (ZONE.exec(zone) ?? []) : [];
    if (region !== undefined) {
        tell("zone", regionProblem(region, known));
    }
    if (type.startsWith("gcp:cloudfunctions")) {
        const build = isObject(inputs["buildConfig"]) ? inputs["buildConfig"] : {};
        const value = inputs["runtime"] ?? build["runtime"];
        if (typeof value === "string" && value !== "") {
            tell(build["runtime"] === undefined ? "runtime" : "buildConfig.runtime", runtimeProblem(value, known));
        }
    }
    return failures;
}
