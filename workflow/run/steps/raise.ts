import { isMapValue, type RuntimeValue } from "../values";

/** A message about the raised value. */
export function headOf(value: RuntimeValue): string {
    const message = isMapValue(value) ? value.get("message") : value;
    return typeof message === "string" ? message : "the workflow raised an error";
}
