// Calls the service by a client whose types openapi-typescript generated, and prints what it got as JSON.
// The compiler's check is half of the test: a type that doesn't fit the use below is an error.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[] };

const [, , baseUrl, key, destination] = process.argv as [string, string, string, string, string];
const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } });

const created = await api.POST("/api/v1/links", { body: { url: destination, labels: ["print"] } });
const link = created.data!.data;
const list = await api.GET("/api/v1/links", { params: { query: { label: "print", limit: 1 } } });
const total: number = list.data!.meta.total;

const svg = await api.GET("/api/v1/links/{id}/qr", { params: { path: { id: link.id } }, parseAs: "arrayBuffer" });
const png = await api.GET("/api/v1/links/{id}/qr", {
  params: { path: { id: link.id }, query: { format: "png" } },
  parseAs: "arrayBuffer",
});
const csv = await api.GET("/api/v1/analytics/export", { parseAs: "text" });
const rows: string = csv.data!;

const refused = await api.POST("/api/v1/links", { body: { url: "no url" } });
const details = refused.error!.error.details as { field: string; message: string }[];

console.log(JSON.stringify({
  id: link.id,
  destination: link.destination,
  total,
  svg: base64(svg.data!),
  png: base64(png.data!),
  csv: rows,
  code: refused.error!.error.code,
  fields: details.map((fault) => fault.field),
}));

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
