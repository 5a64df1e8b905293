import type { IncomingMessage, ServerResponse } from "node:http";

/** The page that a refused caller gets, with the text of Google's front end. */
const pages = {
    401: ["Unauthorized", "Your client does not have permission to the requested URL <code>%s</code>."],
    403: ["Forbidden", "Your client does not have permission to get URL <code>%s</code> from this server."],
    404: ["Page not found", "The requested URL <code>%s</code> was not found on this server."],
    413: ["Request Entity Too Large", "Your client issued a request that was too large."],
    502: ["Bad Gateway", "Bad Gateway"],
    503: ["Service Unavailable", "Service Unavailable"],
} as const;

/** Answers with such a page. The header of a 401 is Google's, from memory [K]. */
export function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    status: keyof typeof pages,
    explanation = "",
): void {
    const [title, sentence] = pages[status];
    // The client may still send its body, and reads the answer only if it can.
    request.resume();
    const path = escapeHtml((request.url ?? "/").replace(/\?.*$/s, ""));
    const body = `<html><head>
<meta http-equiv="content-type" content="text/html;charset=utf-8">
<title>${status} ${title}</title>
</head>
<body text=#000000 bgcolor=#ffffff>
<h1>Error: ${title}</h1>
<h2>${sentence.replace("%s", path)}</h2>
<h2>${escapeHtml(explanation)}</h2>
</body></html>
`;
    response.writeHead(status, {
        "content-type": "text/html; charset=UTF-8",
        "content-length": Buffer.byteLength(body),
        ...(status === 401
            ? {
                  "www-authenticate":
                      'Bearer error="invalid_token" error_description="The access token could not be verified"',
              }
            : {}),
    });
    response.end(request.method === "HEAD" ? undefined : body);
}

function escapeHtml(text: string): string {
    return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
