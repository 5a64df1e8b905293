import { destinationsOf } from "../auth";
import { signatureOf } from "./callees";
import { describeKey } from "./keywords";
import { slotAt } from "./slots";
import { type Subject, wordAt } from "./subject";
import type { WorkflowFile } from "./workflow-file";

/** What is known of what is written at an offset of a file, in Markdown. */
export function hoverAt(file: WorkflowFile, offset: number): string | undefined {
    const subject = wordAt(file, offset);
    if (subject === undefined) {
        return undefined;
    }
    const { place, slot, expression, program } = subject;
    if (expression !== undefined) {
        return expression.textFor === undefined
            ? (called(expression.word, subject) ?? call(subject, file))
            : call(subject, file);
    }
    if (place.part === "value") {
        return slot === "callee" ? joined(called(place.typed, subject), call(subject, file)) : call(subject, file);
    }
    const key = place.typed.replace(/^["']/, "");
    const inCall = slot === "args" ? argument(key, subject) : undefined;
    return joined(
        inCall ?? (slot === undefined ? undefined : describeKey(slot, key)),
        (slot === "args" && key === "url") || slot === "auth" || key === "auth" ? call(subject, file) : undefined,
    );

    function called(name: string, { program: within }: Subject): string | undefined {
        const signature = signatureOf(name, within);
        return signature && `\`\`\`\n${signature.label}\n\`\`\`\n\n${signature.about}`;
    }

    function argument(name: string, { callee }: Subject): string | undefined {
        const signature = callee === undefined ? undefined : signatureOf(callee, program);
        const found = signature?.params.find((param) => param.name === name);
        return (
            found &&
            signature &&
            `\`${name}\`${found.optional ? ", which may be left out" : ""}: an argument of \`${signature.label}\``
        );
    }
}

/** Where the HTTP call goes that a place is in, if the place is about that. */
function call({ at: { definition, offset }, place }: Subject, { options }: WorkflowFile): string | undefined {
    const slot = slotAt(place.path);
    const about = ["callee", "url", "auth", "auth-type", "audience", "args"].includes(slot ?? "");
    const found = about
        ? destinationsOf(definition.parsed, options).find(
              ({ span }) => span.start.offset <= offset && offset <= span.end.offset,
          )
        : undefined;
    if (found === undefined) {
        return undefined;
    }
    const lines = found.receivers.map(({ url, name, checks }) => `- \`${url}\`: ${name}; ${checks}`);
    return [`The call goes to`, ...lines, "", `It sends ${found.sends}.`].join("\n");
}

function joined(...texts: (string | undefined)[]): string | undefined {
    const given = texts.filter((text) => text !== undefined);
    return given.length === 0 ? undefined : given.join("\n\n");
}
