import { alwaysSendsCredential, type CallSite, shownCall } from "../calls";
import { credentialFor, kinds, shownReceiver } from "../receivers";
import type { Reporter } from "./reporter";

/** Checks the host itself: whether it belongs to another universe, and whether it may be open to everyone. */
export function checkHost(site: CallSite, { report }: Reporter): void {
    const call = shownCall(site.call);
    const bare = site.auth.kind === "none";
    for (const receiver of site.receivers.filter(({ target }) => target === undefined)) {
        const { kind, otherUniverse } = receiver;
        const to = shownReceiver(receiver);
        if (otherUniverse !== undefined) {
            report(bare ? "other-universe/bare" : "other-universe/auth", site.urlSpan, call, to, otherUniverse);
        }
        const open = kinds[kind].optional === true && credentialFor(receiver) === undefined;
        if (open && bare && !alwaysSendsCredential(site, receiver)) {
            report("missing-auth/open", site.urlSpan, call, to);
        }
    }
}
