public import Kernel

/// What a call may send: checked as a whole, every fault listed.
public struct Input: Sendable {
  public let name: String
  public let properties: [Schema.Property]

  public init(_ name: String, _ properties: [Schema.Property]) {
    self.name = name
    self.properties = properties
  }

  /// A call that needs no more than its address.
  public static let nothing = Input("Nothing", [])

  public var schema: Schema { .named(name, .object(properties)) }

  /// Reads a body into fields that verbs take.
  /// - Throws: `Problem.invalid` with every fault: not JSON, unknown, missing, of a wrong kind.
  public func read(_ visit: Visit) throws -> Fields {
    let kind = visit.headers["content-type"]?.split(separator: ";").first.map(String.init) ?? ""
    guard kind == "application/json" || visit.body.isEmpty else { throw Problem.invalid("", "api.jsonNeeded") }
    guard case .object(let members)? = visit.body.isEmpty ? .object([]) : JSON(parsing: visit.body) else {
      throw Problem.invalid("", "api.notAnObject")
    }
    var faults: [Problem.Fault] = []
    var values: [String: [String]] = [:]
    for member in members {
      guard let property = properties.first(where: { $0.name == member.name }) else {
        faults.append(Problem.Fault(field: member.name, "api.unknown"))
        continue
      }
      guard member.value != .null else { continue }
      guard let text = Self.text(member.value, property.schema) else {
        faults.append(Problem.Fault(field: member.name, "api.wrongKind", ["kind": property.schema.inWords]))
        continue
      }
      values[member.name] = [text]
    }
    for property in properties where property.isRequired && values[property.name] == nil {
      if !faults.contains(where: { $0.field == property.name }) {
        faults.append(Problem.Fault(field: property.name, "form.needed"))
      }
    }
    guard faults.isEmpty else { throw Problem(.invalid, faults) }
    return Fields(values)
  }

  private static let longest = 20_000

  private static func text(_ value: JSON, _ schema: Schema) -> String? {
    switch (schema, value) {
    case (.string(nil), .string(let text)): text.utf8.count <= longest ? text : nil
    // A whole file, as long as a body may be.
    case (.string("csv"?), .string(let text)), (.string("json"?), .string(let text)): text
    case (.string("uuid"?), .string(let text)): ID<Anything>(text) == nil ? nil : text
    case (.string("date"?), .string(let text)): LocalDate(text) == nil ? nil : text
    case (.string("date-time"?), .string(let text)): Instant(iso: text) == nil ? nil : text
    case (.enumeration(let known), .string(let text)): known.contains(text) ? text : nil
    case (.integer(let range), .integer(let number)): range?.contains(number) ?? true ? String(number) : nil
    case (.number, .integer(let number)): String(number)
    case (.number, .real(let number)): number.isFinite ? String(number) : nil
    case (.boolean, .bool(let value)): value ? "true" : "false"
    default: nil
    }
  }
}

extension Schema {
  /// For telling what was expected.
  /// Whether a value as a query has it is of this kind.
  func accepts(_ text: String) -> Bool {
    switch self {
    case .string("uuid"?): ID<Anything>(text) != nil
    case .string("date"?): LocalDate(text) != nil
    case .string("date-time"?): Instant(iso: text) != nil
    case .enumeration(let known): known.contains(text)
    case .integer(let range): Int(text).map { range?.contains($0) ?? true } ?? false
    case .number: Double(text) != nil
    case .boolean: text == "true" || text == "false"
    case .string: true
    case .list, .object, .named: false
    }
  }

  var inWords: String {
    switch self {
    case .string(let format): format ?? "text"
    case .enumeration(let values): values.joined(separator: ", ")
    case .integer(let range): range.map { "\($0.lowerBound)–\($0.upperBound)" } ?? "integer"
    case .number: "number"
    case .boolean: "true, false"
    case .list: "list"
    case .object, .named: "object"
    }
  }
}

extension Fields {
  /// A JSON truth value; nil when it was not sent.
  public func flag(_ name: String) -> Bool? { self[name].map { $0 == "true" } }

  /// With truth values as a form sends them: there when true, absent when not.
  public func withTruths(_ names: [String]) -> Fields {
    var changed = self
    for name in names where changed[name] == "false" { changed = changed.without(name) }
    return changed
  }

  public func instant(_ name: String) -> Instant? { self[name].flatMap { Instant(iso: $0) } }

  public func choice<Value: RawRepresentable>(_ name: String) -> Value? where Value.RawValue == String {
    self[name].flatMap(Value.init(rawValue:))
  }
}
