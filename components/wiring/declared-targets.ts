import { type Target, TargetKind, type TargetSecret } from "../target";
import type { DeclaredTarget } from "../../workflow";
import type { PrivateService } from "./private-services";
import type { TargetVariables } from "./variables";
import { defined } from "../../common";

/** The targets as the audit takes them. Only URLs that the program writes out are in it: preview and update must agree. */
export function declared(
    targets: Record<string, Target>,
    variables: Map<string, TargetVariables>,
    privateServices: Map<string, PrivateService>,
): DeclaredTarget[] {
    return Object.entries(targets).map(([name, target]) => {
        const { url, audience, secret } = variables.get(name) ?? {};
        const service = privateServices.get(name);
        return {
            name,
            // A job is run by a call to the API of Cloud Run, which is also the URL that a connector stands for.
            ...(target.kind === TargetKind.Job
                ? { kind: TargetKind.GoogleApi, url: "https://run.googleapis.com/v2" }
                : { kind: target.kind, ...(typeof target.url === "string" && { url: target.url }) }),
            ...(typeof target.audience === "string" && { audience: target.audience }),
            ...defined({
                urlVariable: url,
                audienceVariable: audience,
                scopes: target.scopes,
                privateService: service && {
                    variable: service.variable,
                    ...(typeof service.name === "string" && { name: service.name }),
                },
                secret: target.secret && secretOf(target.secret, secret),
            }),
        };
    });
}

function secretOf(
    { header, prefix }: TargetSecret,
    versionVariable: string | undefined,
): NonNullable<DeclaredTarget["secret"]> {
    return { header, ...defined({ prefix, versionVariable }) };
}
