import type { DeclaredTarget } from "../types";

/** What to write as `private_service_name`: the variable that holds the name, or the name itself. */
export function privateServiceText({ name = "", variable }: NonNullable<DeclaredTarget["privateService"]>): string {
    return variable === undefined ? name : `\${sys.get_env("${variable}")}`;
}
