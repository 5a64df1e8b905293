/** The copy of a card for everybody, which names the URL that a service of the sandbox has by its name and the project's number. */
module.exports = (_request, response) => {
    response.setHeader("content-type", "application/json");
    const url = "https://published-123456789012.europe-west1.run.app/a2a";
    response.end(JSON.stringify({ url, skills: [{ id: "echo" }] }));
};
