// Keeps what it is sent, and tells at /seen/ID whether a message with that attribute has arrived. What each request
// carried as a credential is printed: a test looks whether any of it could be used again.
const seen = new Set();
module.exports = function handler(request, response) {
    const { authorization = "" } = request.headers;
    console.log(`carried: ${authorization.slice(authorization.lastIndexOf("."))}`);
    let text = "";
    request.on("data", (chunk) => (text += chunk));
    request.on("end", () => {
        response.setHeader("content-type", "application/json");
        const [, id] = /^\/seen\/(.+)$/.exec(request.url) ?? [];
        const { attributes } = (text && JSON.parse(text).message) || {};
        if (attributes) {
            seen.add(attributes["gcp-invoke-probe"]);
        }
        const [, payload = ""] = (request.headers.authorization ?? "").split(".");
        const caller = payload && JSON.parse(Buffer.from(payload, "base64url")).email;
        response.end(JSON.stringify({ seen: id !== undefined && seen.has(id), caller }));
    });
};
