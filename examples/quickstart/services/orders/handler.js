// What answers for `orders`. Cloud Run has checked the token before a request arrives here, and has taken its signature
// away; who called is in its payload.
module.exports = async function orders(request, response) {
    if (request.method !== "POST" || request.url !== "/reserve") {
        return answer(response, 404, { error: "no such page" });
    }
    let body = "";
    for await (const part of request) {
        body += part;
    }
    const { order } = JSON.parse(body);
    answer(response, 200, { status: "reserved", order, caller: callerOf(request) });
};

function callerOf(request) {
    const [, payload = ""] = (request.headers.authorization ?? "").split(".");
    return payload === "" ? "nobody" : JSON.parse(Buffer.from(payload, "base64url")).email;
}

function answer(response, status, body) {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
}
