import { isEveryone } from "../../common";
import type { Asked } from "./ask";

/** Whether a principal may call a target. */
export interface PrincipalAnswer {
    label: string;
    target: string;
    may: "yes" | "no" | "unknown";
    /** How: from the principal, or from a set that it is in, to the target. */
    paths: string[];
    /** What could not be read, so that there may be more ways. */
    unread: Asked["unread"];
}

/** The answers for one principal, such as `user:ann@example.com`. */
export function mayReport(asked: readonly Asked[], principal: string): PrincipalAnswer[] {
    return asked.map(({ label, target, ways, unread }) => {
        const own = ways.filter(({ member }) => contains(member, principal));
        const sure = own.filter(({ doubt }) => doubt === undefined);
        const possible = ways.filter((way) => !sure.includes(way) && (own.includes(way) || isSet(way.member)));
        return {
            ...{ label, target, unread },
            may: sure.length > 0 ? "yes" : possible.length > 0 || unread.length > 0 ? "unknown" : "no",
            paths: [
                ...sure.map(({ path }) => path),
                ...possible.map(({ path, member, doubt }) => `${path}, if ${doubt ?? `${principal} is in ${member}`}`),
            ],
        };
    });
}

function contains(member: string, principal: string): boolean {
    const [, domain = ""] = /^user:.+@(.+)$/.exec(principal.toLowerCase()) ?? [];
    return (
        member.toLowerCase() === principal.toLowerCase() ||
        isEveryone(member) ||
        (domain !== "" && member.toLowerCase() === `domain:${domain}`)
    );
}

/** Whether a member is a set whose members no policy tells. */
const isSet = (member: string): boolean => /^(principalSet|customer|group):/.test(member);
