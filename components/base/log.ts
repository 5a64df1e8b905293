import * as pulumi from "@pulumi/pulumi";
import { withoutSecrets } from "./secret-texts";

/** The log of Pulumi for the messages of components, which quote no secret of their arguments. */
export const log = {
    info: (message: string, component: pulumi.Resource, isPassing = false): Promise<void> =>
        pulumi.log.info(withoutSecrets(message), component, undefined, isPassing),
    warn: (message: string, component: pulumi.Resource): Promise<void> =>
        pulumi.log.warn(withoutSecrets(message), component),
};
