// What answers for `stock`.
const left = { lamp: 5, chair: 0 };

module.exports = function stock(request, response) {
    const item = /^\/items\/(\w+)$/.exec(request.url)?.[1];
    const found = item !== undefined && Object.hasOwn(left, item);
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(found ? { item, left: left[item] } : { error: `no item ${item}` }));
};
