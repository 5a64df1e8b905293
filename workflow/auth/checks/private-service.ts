import { argumentOrUnknown, type CallSite, shownCall } from "../calls";
import { isOwnService } from "../receivers";
import { privateServiceText } from "../credentials";
import type { Reporter } from "./reporter";

/** Checks that a call to a target in a network goes there by the service of Service Directory that is declared for it. */
export function checkPrivateService(site: CallSite, { report }: Reporter): void {
    const { call, entries, receivers, urlSpan } = site;
    for (const { target } of receivers) {
        if (target?.privateService === undefined) {
            continue;
        }
        const fix = privateServiceText(target.privateService);
        const given = entries.find(({ key }) => key === "private_service_name");
        const names = argumentOrUnknown(call, entries, "private_service_name");
        if (names.length === 0) {
            report("private-service/missing", urlSpan, shownCall(call), target.name, fix);
        } else if (!names.every((name) => isOwnService(name, target))) {
            report("private-service/other", given?.value.span ?? urlSpan, shownCall(call), target.name, fix);
        }
    }
}
