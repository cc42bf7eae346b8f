/** Shows openapi.yaml, and lets one try it on the server that it came from. */

globalThis.SwaggerUIBundle({
  url: "/docs/openapi.yaml",
  domNode: document.getElementById("swagger-ui"),
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null, // or the address of the document would be sent to swagger.io
});
