import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { UnsupportedError } from "../errors";
import { later } from "../protocol";

/** Throws if a registration has an option that this engine does not support, instead of ignoring the option. */
export function refuseUnsupportedOptions(request: RegisterResourceRequest): void {
    // An SDK that has no method for one of these options does not have the option either.
    const newer = later(request);
    const unsupported = [
        (newer.getStateMigrationsList?.().length ?? 0) > 0 && "stateMigrations",
        (newer.getEnvvarmappingsMap?.().getLength() ?? 0) > 0 && "envVarMappings",
    ].filter(Boolean);
    if (unsupported.length > 0) {
        throw new UnsupportedError(
            `${request.getType()} "${request.getName()}": the sandbox's engine does not support the option ${unsupported.join(", ")}`,
            { fix: "leave it out, or use the Pulumi CLI" },
        );
    }
}
