import { type Parsed, Lines } from "../../syntax";
import { leftFor } from "../advice";
import { survey } from "../checks";
import { argumentOrUnknown } from "../calls";
import { privateServiceText } from "../credentials";
import { valueOf } from "../edit";
import type { LeftSite, Proposal } from "./plan";
import { writeEntry } from "./change";
import type { AuditOptions } from "../types";

/** `private_service_name` for each call that certainly goes to a target in a network and names no service yet. */
export function proposePrivateServices(parsed: Parsed, options: AuditOptions): (Proposal | LeftSite)[] {
    const lines = new Lines(parsed.source);
    return survey(parsed, options).sites.flatMap((site): (Proposal | LeftSite)[] => {
        const [receiver, ...others] = site.receivers;
        const target = receiver?.target;
        const given = argumentOrUnknown(site.call, site.entries, "private_service_name");
        if (target?.privateService === undefined || given.length > 0) {
            return [];
        }
        const value = privateServiceText(target.privateService);
        const byHand = `private_service_name: ${value}`;
        const edit = writeEntry(lines, site, { key: "private_service_name", value });
        if (edit === undefined || others.some((other) => other.target !== target)) {
            return [{ site, ...leftFor("private-service", target.name, byHand) }];
        }
        return [
            {
                covers: [site],
                written: {
                    ...{ description: `adds the private service of target ${target.name}`, edits: [edit], byHand },
                    meant: () => ({ key: "private_service_name", value: valueOf(value) }),
                },
                otherwise: (reason) => [{ site, ...reason }],
            },
        ];
    });
}
