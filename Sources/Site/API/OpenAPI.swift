/// The description of the API, made from the routes themselves.
public struct OpenAPI {
  public static let version = "1.0.0"

  private let routes: [Route]

  public init(_ routes: [Route]) { self.routes = routes.filter { $0.operation != nil } }

  public var json: JSON {
    .of([
      "openapi": .string("3.1.0"),
      "info": .of([
        "title": .string("Geland"), "version": .string(Self.version),
        "summary": .string("One plan per resident, from registration to landed."),
        "description": .string(
          "Every call passes the same sharing decision as the pages, and leaves a line in the trail. What you may not see "
            + "is not found. Names are those of the glossary, in English."),
        "license": .of(["name": .string("Apache-2.0"), "identifier": .string("Apache-2.0")]),
        "contact": .of([
          "name": .string("The Geland developers"), "url": .string("https://github.com/geland/geland"),
          "email": .string("developers@geland.example"),
        ]),
      ]),
      "servers": .array([.of(["url": .string("/")])]),
      "security": .array([.of(["token": .array([])])]),
      "tags": .array(tags.map { .of(["name": .string($0)]) }), "paths": paths, "components": components,
    ])
  }

  private var tags: [String] { Set(routes.compactMap { $0.operation?.tag }).sorted() }

  private var paths: JSON {
    let byPath = Dictionary(grouping: routes, by: \.path)
    return .object(
      byPath.keys.sorted().map { path in
        JSON.Member(
          name: path,
          value: .object(
            (byPath[path] ?? []).sorted { $0.method.rawValue < $1.method.rawValue }.compactMap { route in
              route.operation.map {
                JSON.Member(name: route.method.rawValue.lowercased(), value: describe(route, $0))
              }
            }))
      })
  }

  private func describe(_ route: Route, _ operation: Operation) -> JSON {
    let parameters = placeParameters(route) + queryParameters(operation) + headerParameters(route, operation)
    return .of([
      "operationId": .string(route.name), "summary": .string(operation.summary),
      "tags": .array([.string(operation.tag)]),
      "parameters": parameters.isEmpty ? nil : .array(parameters),
      "requestBody": operation.input.map { input in
        .of([
          "required": .bool(input.properties.contains(where: \.isRequired)),
          "content": .of(["application/json": .of(["schema": input.schema.json])]),
        ])
      },
      "responses": responses(operation),
      "security": operation.isOpen ? .array([]) : nil,
    ])
  }

  private func placeParameters(_ route: Route) -> [JSON] {
    route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
      let name = String(segment.dropFirst().dropLast())
      let schema = route.placeSchemas[name] ?? .id
      return .of([
        "name": .string(name), "in": .string("path"), "required": .bool(true), "schema": schema.json,
      ])
    }
  }

  private func queryParameters(_ operation: Operation) -> [JSON] {
    operation.parameters.map { property in
      .of([
        "name": .string(property.name), "in": .string("query"), "required": .bool(property.isRequired),
        "schema": property.schema.json,
      ])
    }
  }

  private func headerParameters(_ route: Route, _ operation: Operation) -> [JSON] {
    var parameters: [JSON] = []
    func header(_ name: String, isRequired: Bool) -> JSON {
      .of([
        "name": .string(name), "in": .string("header"), "required": .bool(isRequired), "schema": Schema.text.json,
      ])
    }
    if operation.needsVersion { parameters.append(header("If-Match", isRequired: true)) }
    if route.method == .post { parameters.append(header("Idempotency-Key", isRequired: false)) }
    return parameters
  }

  private func responses(_ operation: Operation) -> JSON {
    let headers = JSON.of([
      "API-Version": .of(["schema": Schema.text.json, "description": .string("The version of this API.")])
    ])
    let good = JSON.of([
      "description": .string(operation.status == 201 ? "Made." : "As asked."), "headers": headers,
      "content": operation.answer.map { .of(["application/json": .of(["schema": $0.json])]) },
    ])
    let problem = JSON.of([
      "description": .string("What happened, what was kept, what to do."), "headers": headers,
      "content": .of(["application/problem+json": .of(["schema": Self.problem.json])]),
    ])
    return .of([
      String(operation.status): good, "202": operation.mayWait ? good : nil,
      "400": operation.input == nil ? nil : problem,
      "401": operation.isOpen ? nil : problem, "404": problem, "default": problem,
    ])
  }

  private static let problem = Schema.named(
    "Problem",
    .object([
      Schema.Property("type", .string(format: "uri"), isRequired: true),
      Schema.Property("title", .text, isRequired: true),
      Schema.Property("status", .integer(400...599), isRequired: true),
      Schema.Property("detail", .text, isRequired: false),
      Schema.Property("instance", .string(format: "uri"), isRequired: true),
      Schema.Property(
        "errors",
        .list(
          .object([
            Schema.Property("in", .text, isRequired: true), Schema.Property("location", .text, isRequired: true),
            Schema.Property("detail", .text, isRequired: true),
          ])), isRequired: false),
    ]))

  private var components: JSON {
    var found: [String: Schema] = [:]
    Self.problem.collect(into: &found)
    for operation in routes.compactMap(\.operation) {
      operation.answer?.collect(into: &found)
      operation.input?.schema.collect(into: &found)
    }
    return .of([
      "schemas": .object(
        found.keys.sorted().compactMap { name in
          found[name].map { JSON.Member(name: name, value: $0.json) }
        }),
      "securitySchemes": .of(["token": .of(["type": .string("http"), "scheme": .string("bearer")])]),
    ])
  }
}
