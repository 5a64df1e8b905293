import { RouteAnswer } from "../framework";

/** An element of an answer: its name, and its text or its own elements. */
export type Element = readonly [name: string, content: string | readonly Element[]];

/** What XML lets nobody write as it is, and control characters. */
const SPECIAL = /[&<>"'\p{Cc}]/gu;

function print([name, content]: Element): string {
    const inner =
        typeof content === "string"
            ? content.replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`)
            : content.map(print).join("");
    return `<${name}>${inner}</${name}>`;
}

/** An answer in XML. @param namespace of the element at the top */
export function xmlAnswer(status: number, [name, content]: Element, namespace?: string): RouteAnswer {
    const text = print([name, content]);
    const top = namespace === undefined ? text : text.replace(`<${name}>`, `<${name} xmlns='${namespace}'>`);
    return new RouteAnswer(status, `<?xml version='1.0' encoding='UTF-8'?>${top}`, {
        "content-type": "application/xml; charset=UTF-8",
    });
}

/** An error as the XML API answers it. https://cloud.google.com/storage/docs/xml-api/reference-status */
export function xmlError(status: number, code: string, message: string): RouteAnswer {
    return xmlAnswer(status, [
        "Error",
        [
            ["Code", code],
            ["Message", message],
        ],
    ]);
}
