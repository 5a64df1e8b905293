// Accepts an order. Who gets here has been let in by Cloud Run.
exports.default = async (request, response) => {
    let text = "";
    for await (const chunk of request) {
        text += chunk;
    }
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ accepted: JSON.parse(text || "{}").order }));
};
