import type { Http } from "../http";
import type { ProviderResource } from "../resource";
import type { ResourceSchema } from "../schema";
import { IamBinding } from "./binding";
import { keptTarget } from "./kept-target";
import { IamMember } from "./member";
import { IamPolicy } from "./policy";
import { type GrantKind, grantTokens, type IamTarget } from "./targets";

const KINDS = { Member: IamMember, Binding: IamBinding, Policy: IamPolicy };

/** The resource types that change the policies of one kind of resource. */
export function grantsOf(
    target: IamTarget,
    schemaOf: (token: string) => ResourceSchema,
    http: Http,
): ProviderResource[] {
    return Object.entries(grantTokens(target)).map(
        ([kind, token]) => new KINDS[kind as GrantKind](token, target, schemaOf(token), http),
    );
}

/** The implementation of a grant on a resource that is only kept, or `undefined` if the type is no grant. */
export function keptGrant(token: string, schema: ResourceSchema, http: Http): ProviderResource | undefined {
    const kind = /I[aA][mM](Member|Binding|Policy)$/.exec(token)?.[1] as GrantKind | undefined;
    return kind === undefined ? undefined : new KINDS[kind](token, keptTarget(token, schema), schema, http);
}
