import type * as pulumi from "@pulumi/pulumi";
import { defined } from "../../common";
import type { Target } from "../target";
import { withOrigin } from "./origin";

/**
 * A component that is a target, as plain data. What is set to its default is left out, because other languages cannot tell it
 * from a value.
 */
export function targetData(target: Target & pulumi.Resource): Target {
    const { kind, url, audience, audienceIsUrl, resource, secret, ingress, eventDriven, overrides, regions } = target;
    const { urn: component } = target;
    const usesAuthorization = target.usesAuthorization === true ? true : undefined;
    const of = { audience, audienceIsUrl, resource, secret, ingress, eventDriven, usesAuthorization, regions };
    const rest = defined({ ...of, overrides });
    return withOrigin({ kind, url, ...rest, component }, target);
}
