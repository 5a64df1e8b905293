import * as cloudfunctions from "@pulumi/gcp/cloudfunctions";
import * as cloudfunctionsv2 from "@pulumi/gcp/cloudfunctionsv2";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, withExistingPlace } from "../base";
import type { ExistingFunctionArgs } from "./function-args";
import { ingressSettings } from "./function-resource";
import { type FoundFunction, ofSecondGeneration } from "./make-function";
import { GrantResourceType } from "../grant-resource";
import { Ingress, TargetKind } from "../target";

/**
 * Reads a function that exists already.
 * @throws ResourceError if its ingress is narrower than the program says, because callers are checked by what it says
 */
export function existingFunction(
    component: pulumi.Resource,
    name: string,
    existing: ExistingFunctionArgs,
    ingress: Ingress,
): FoundFunction {
    const { generation = 2 } = existing;
    if (generation !== 1 && generation !== 2) {
        throw argumentError(component, "existing.generation", `${generation} is no generation; use 1 or 2`);
    }
    const project = existing.project ?? new pulumi.Config("gcp").get("project");
    const id =
        project === undefined
            ? pulumi.interpolate`${existing.location}/${existing.name}`
            : pulumi.interpolate`projects/${project}/locations/${existing.location}/functions/${existing.name}`;
    const options = { parent: component };
    const checked = (url: pulumi.Output<string>, settings: pulumi.Output<string | undefined>): pulumi.Output<string> =>
        pulumi.all([url, settings]).apply(([known, actual]) => {
            const found = Object.values(Ingress).find((each) => ingressSettings[each] === actual);
            if (ingress !== Ingress.All || found === undefined || found === Ingress.All) {
                return known;
            }
            const reason = `${name} has the ingress "${found}", by which its callers are checked; set ingress: "${found}"`;
            throw argumentError(component, "ingress", reason);
        });
    if (generation === 2) {
        const read = cloudfunctionsv2.Function.get(name, id, undefined, options);
        const found = ofSecondGeneration(read);
        const settings = read.serviceConfig.apply((config) => config?.ingressSettings);
        const resource = withExistingPlace(found.resource, existing);
        return { ...found, resource, url: checked(found.url, settings) };
    }
    const read = cloudfunctions.Function.get(name, id, undefined, options);
    return {
        kind: TargetKind.Function,
        firstGeneration: read,
        name: read.name,
        url: checked(read.httpsTriggerUrl, read.ingressSettings),
        email: read.serviceAccountEmail,
        resource: withExistingPlace(
            {
                type: GrantResourceType.Function,
                name: read.name,
                location: existing.location,
                project: project ?? read.project,
            },
            existing,
        ),
        revision: {
            project: read.project,
            revision: read.versionId.apply((version) => version),
        },
        grants: [],
    };
}
