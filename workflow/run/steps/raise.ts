import { isMapValue, type RuntimeValue } from "../values";

/** The message of what was raised, for people. */
export function headOf(value: RuntimeValue): string {
    const message = isMapValue(value) ? value.get("message") : value;
    return typeof message === "string" ? message : "the workflow raised an error";
}
