/// What a JSON value may be, as OpenAPI 3.1 (JSON Schema 2020-12) says it.
public indirect enum Schema: Sendable {
  case string(format: String?)
  case enumeration([String])
  case integer(ClosedRange<Int>?)
  case number
  case boolean
  case list(Schema)
  case object([Property])
  /// A schema with a name of its own among the components.
  case named(String, Schema)

  public static let text = Schema.string(format: nil)
  public static let id = Schema.string(format: "uuid")
  public static let date = Schema.string(format: "date")
  public static let instant = Schema.string(format: "date-time")

  public struct Property: Sendable {
    public let name: String
    public let schema: Schema
    public let isRequired: Bool

    public init(_ name: String, _ schema: Schema, isRequired: Bool) {
      self.name = name
      self.schema = schema
      self.isRequired = isRequired
    }
  }

  /// The answer to what makes something: its id.
  public static let made = Schema.named("Made", .object([Property("id", .id, isRequired: true)]))

  /// A list with, when there is more, the key to go on.
  public static func items(_ name: String, _ item: Schema) -> Schema {
    .named(
      name, .object([Property("items", .list(item), isRequired: true), Property("next", .text, isRequired: false)]))
  }

  /// As written in the description; names refer to the components.
  var json: JSON {
    switch self {
    case .string(let format): .of(["type": .string("string"), "format": format.map(JSON.string)])
    case .enumeration(let values): .of(["type": .string("string"), "enum": .array(values.map(JSON.string))])
    case .integer(let range):
      .of([
        "type": .string("integer"), "minimum": range.map { .integer($0.lowerBound) },
        "maximum": range.map { .integer($0.upperBound) },
      ])
    case .number: .of(["type": .string("number")])
    case .boolean: .of(["type": .string("boolean")])
    case .list(let item): .of(["type": .string("array"), "items": item.json])
    case .named(let name, _): .of(["$ref": .string("#/components/schemas/\(name)")])
    case .object(let properties):
      .of([
        "type": .string("object"),
        "properties": .object(properties.map { JSON.Member(name: $0.name, value: $0.schema.json) }),
        "required": properties.contains { $0.isRequired }
          ? .array(properties.filter(\.isRequired).map { .string($0.name) }) : nil,
        "additionalProperties": .bool(false),
      ])
    }
  }

  /// Every named schema in this one, with what it stands for.
  func collect(into found: inout [String: Schema]) {
    switch self {
    case .named(let name, let inner):
      guard found[name] == nil else { return }
      found[name] = inner
      inner.collect(into: &found)
    case .list(let item): item.collect(into: &found)
    case .object(let properties): for property in properties { property.schema.collect(into: &found) }
    default: break
    }
  }
}
