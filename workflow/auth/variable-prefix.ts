/**
 * What the environment variables of a target begin with: `STOCK_API` for the keys `stock-api` and `stockApi`. Its URL is
 * in `STOCK_API_URL`.
 */
export function variablePrefix(key: string): string {
    return key
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replace(/[^A-Za-z0-9]+/g, "_")
        .toUpperCase();
}
