/** A definition with so many lines, in which each call depends on variables and jumps lead back. */
export function bigDefinition(lines: number): string {
    const text = ["main:", "  params: [args]", "  steps:"];
    for (let n = 1; text.length < lines; n++) {
        text.push(
            `    - set${n}:`,
            "        assign:",
            `          - url${n}: \${sys.get_env("ORDERS_URL") + "/a${n}"}`,
            `          - total: \${len(args.items) + ${n}}`,
            `    - call${n}:`,
            "        call: http.post",
            "        args:",
            `          url: \${url${n}}`,
            "          body:",
            "            n: ${total}",
            `        result: r${n}`,
            `    - check${n}:`,
            "        switch:",
            `          - condition: \${r${n}.body.ok}`,
            `            next: set${n}`,
        );
    }
    return `${text.slice(0, lines).join("\n")}\n`;
}
