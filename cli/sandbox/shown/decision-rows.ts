import type { Decision } from "../../../sandbox/light";
import type { Terminal } from "../../render";
import { shortMember, shortResource } from "./names";

/** The widths of the columns. A longer text moves what follows, so that nothing is cut off. */
const WIDTHS = { caller: 26, permission: 34, resource: 30, method: 7, target: 56 };

/**
 * Prints decisions as the rows of a table, as they come: when, who, what, on what, and why. A new day begins with its date. A
 * decision that is made again and again is counted, as soon as another one comes.
 */
export class DecisionRows {
    private day = "";
    private last = "";
    private repeated = 0;

    constructor(
        private readonly screen: Terminal,
        /** Whether a row shows the request and not the permission. */
        private readonly requests = false,
    ) {}

    print(decision: Decision): void {
        const { time, allowed, principal, permission, resource, reason, request = "", missing } = decision;
        const same = [allowed, principal, permission, resource, reason, request].join(" ");
        if (same === this.last) {
            this.repeated++;
            return;
        }
        this.end();
        this.last = same;
        const style: Terminal["style"] = (how, text) => this.screen.style(how, text);
        const day = time.slice(0, 10);
        if (day !== this.day) {
            this.day = day;
            this.screen.write(`${style("gray", day)}\n`);
        }
        const mark = allowed ? style("green", "✓") : style("red", "✗");
        const why = allowed
            ? style("gray", shortReason(reason))
            : style("red", missing === undefined ? reason : reason.replace(/; grant .*$/s, ""));
        const cells = [
            `${style("gray", time.slice(11, 23))} ${mark}`,
            shortMember(principal).padEnd(WIDTHS.caller),
            ...(this.requests && request !== "" ? requestCells(request) : permissionCells(permission, resource)),
            why,
        ];
        this.screen.write(`${cells.join(" ")}\n`);
        this.fix(decision);
    }

    /** Tells how often the last decision was made again. */
    end(): void {
        if (this.repeated > 0) {
            this.screen.write(this.screen.style("gray", `${" ".repeat(15)}and ${this.repeated} more times\n`));
        }
        this.repeated = 0;
        this.last = "";
    }

    private fix({ allowed, missing }: Decision): void {
        if (!allowed && missing !== undefined) {
            const { role, member, resource } = missing;
            const text = `grant ${role} to ${member} on ${shortResource(resource)}`;
            this.screen.write(`${" ".repeat(15)}${this.screen.style("yellow", `fix: ${text}`)}\n`);
        }
    }
}

const permissionCells = (permission: string, resource: string): string[] => [
    permission.padEnd(WIDTHS.permission),
    shortResource(resource).padEnd(WIDTHS.resource),
];

/** `POST https://run.googleapis.com/v2/projects` in two columns, without the scheme. */
function requestCells(request: string): string[] {
    const [method = "", target = ""] = request.split(" ");
    return [method.padEnd(WIDTHS.method), target.replace(/^https?:\/\//, "").padEnd(WIDTHS.target)];
}

/** The role alone, where a role is all that a reason tells. */
const shortReason = (reason: string): string => /^(\S*roles\/\S+) is granted to /.exec(reason)?.[1] ?? reason;

/** Whether people want to read a decision: a refusal always, and else nothing that a command of the sandbox asked or only read. */
export const isTelling = ({ allowed, tool, permission }: Decision): boolean =>
    !allowed || (tool !== true && !/\.(get|list|getIamPolicy)$/.test(permission));
