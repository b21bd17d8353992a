// Addresses are relative to the page, so that a proxy's path prefix needs no setting here.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  requestSnippetsEnabled: true,
  supportedSubmitMethods: ["get"],
  tryItOutEnabled: false,
  validatorUrl: null, // else the page asks a public service about the description
});
