/**
 * The data of each event of a stream, as soon as it is whole.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export async function* eventData(answer: Response): AsyncGenerator<string> {
    if (answer.body === null) {
        return;
    }
    const decoder = new TextDecoder();
    let line = "";
    let data: string[] = [];
    let afterReturn = false;
    for await (const bytes of answer.body as unknown as AsyncIterable<Uint8Array>) {
        for (const character of decoder.decode(bytes, { stream: true })) {
            const secondHalf = afterReturn && character === "\n";
            afterReturn = character === "\r";
            if (secondHalf) {
                continue;
            }
            if (character !== "\n" && character !== "\r") {
                line += character;
                continue;
            }
            if (line.startsWith("data:")) {
                data.push(line.slice(5).replace(/^ /, ""));
            } else if (line === "" && data.length > 0) {
                yield data.join("\n");
                data = [];
            }
            line = "";
        }
    }
}
