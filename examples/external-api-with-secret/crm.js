// Stands for the API elsewhere: it wants a key, and says no more than whether it came.
module.exports = function crm(request, response) {
    const known = typeof request.headers["x-api-key"] === "string";
    response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(known ? { name: "Ada" } : { error: "no key" }));
};
