// What answers for the services here: it tells what was asked for, and who asked. Cloud Run has checked the token before.
module.exports = async function handler(request, response) {
    const [, payload = ""] = (request.headers.authorization ?? "").split(".");
    const caller = payload === "" ? "nobody" : JSON.parse(Buffer.from(payload, "base64url")).email;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ path: request.url, caller }));
};
