// Stands for the API elsewhere.
module.exports = function rates(request, response) {
    const known = (request.headers.authorization ?? "").startsWith("Bearer ");
    response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(known ? { rate: 1.1 } : { error: "no key" }));
};
