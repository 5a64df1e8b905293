import { createHash } from "node:crypto";
import type { Cloud } from "../cloud";
import { notFound, page, type ApiDefinition, type Route } from "./framework";

/**
 * Groups and their direct members, which the user of the sandbox sets (`gcp-invoke sandbox group`). Everybody may read them here;
 * Google decides by each group's own settings.
 * https://cloud.google.com/identity/docs/reference/rest/v1/groups
 */
export const cloudidentity: ApiDefinition = {
    host: "cloudidentity.googleapis.com",
    scopes: ["https://www.googleapis.com/auth/cloud-identity.groups.readonly"],
    unverified: ["everybody who has a token may read every group"],
    // The gcp provider asks at the beta version.
    routes: ["v1", "v1beta1"].flatMap((version): Route[] => [
        {
            verb: "GET",
            path: `/${version}/groups:lookup`,
            permission: undefined,
            parameters: ["groupKey.id"],
            handle({ query }, { cloud }) {
                const id = query.get("groupKey.id")?.toLowerCase();
                return { name: groupName(groupOf(cloud, ({ group }) => group === id).group) };
            },
        },
        {
            verb: "GET",
            path: `/${version}/groups/{id}/memberships`,
            permission: undefined,
            parameters: ["pageSize", "pageToken", "view"],
            handle({ params: { id = "" }, query }, { cloud }) {
                const { members } = groupOf(cloud, ({ group }) => groupName(group) === `groups/${id}`);
                const memberships = members.map((member) => ({
                    name: `groups/${id}/memberships/${digest(member)}`,
                    preferredMemberKey: { id: member.slice(member.indexOf(":") + 1) },
                    // Only the whole view has more than the names.
                    ...(query.get("view") === "FULL" && {
                        type: types[member.slice(0, member.indexOf(":"))] ?? "OTHER",
                        roles: [{ name: "MEMBER" }],
                    }),
                }));
                const pageSize = Number(query.get("pageSize") ?? 50);
                return page("memberships", memberships, { pageSize, pageToken: query.get("pageToken") ?? "" });
            },
        },
    ]),
};

const types: Record<string, string> = { user: "USER", serviceAccount: "SERVICE_ACCOUNT", group: "GROUP" };

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 15);

const groupName = (group: string): string => `groups/${digest(group)}`;

function groupOf(cloud: Cloud, isIt: (group: { group: string }) => boolean): { group: string; members: string[] } {
    const found = cloud.iam.groups.list().find(isIt);
    if (found === undefined) {
        throw notFound("group");
    }
    return found;
}
