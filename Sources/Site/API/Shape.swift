public import Kernel

/// How a thing looks as JSON: the one declaration from which both the answer and its description are made, so that the
/// two can't drift apart.
public struct Shape<Subject>: Sendable {
  public struct Property: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool
    let get: @Sendable (Subject) -> JSON?
  }

  public let name: String
  let properties: [Property]

  public init(_ name: String, _ properties: [Property]) {
    self.name = name
    self.properties = properties
  }

  public var schema: Schema {
    .named(name, .object(properties.map { Schema.Property($0.name, $0.schema, isRequired: $0.isRequired) }))
  }

  public func json(_ subject: Subject) -> JSON {
    .object(
      properties.compactMap { property in
        property.get(subject).map { JSON.Member(name: property.name, value: $0) }
      })
  }
}

extension Shape.Property {
  public static func text(_ name: String, _ get: @escaping @Sendable (Subject) -> String) -> Self {
    Self(name: name, schema: .text, isRequired: true) { .string(get($0)) }
  }
  public static func text(maybe name: String, _ get: @escaping @Sendable (Subject) -> String?) -> Self {
    Self(name: name, schema: .text, isRequired: false) { get($0).map(JSON.string) }
  }
  public static func id<Other>(_ name: String, _ get: @escaping @Sendable (Subject) -> ID<Other>) -> Self {
    Self(name: name, schema: .id, isRequired: true) { .string(get($0).description) }
  }
  public static func id<Other>(maybe name: String, _ get: @escaping @Sendable (Subject) -> ID<Other>?) -> Self {
    Self(name: name, schema: .id, isRequired: false) { get($0).map { .string($0.description) } }
  }
  public static func date(_ name: String, _ get: @escaping @Sendable (Subject) -> LocalDate) -> Self {
    Self(name: name, schema: .date, isRequired: true) { .string(get($0).description) }
  }
  public static func date(maybe name: String, _ get: @escaping @Sendable (Subject) -> LocalDate?) -> Self {
    Self(name: name, schema: .date, isRequired: false) { get($0).map { .string($0.description) } }
  }
  public static func instant(_ name: String, _ get: @escaping @Sendable (Subject) -> Instant) -> Self {
    Self(name: name, schema: .instant, isRequired: true) { .string(get($0).utc) }
  }
  public static func instant(maybe name: String, _ get: @escaping @Sendable (Subject) -> Instant?) -> Self {
    Self(name: name, schema: .instant, isRequired: false) { get($0).map { .string($0.utc) } }
  }
  public static func integer(_ name: String, _ get: @escaping @Sendable (Subject) -> Int) -> Self {
    Self(name: name, schema: .integer(nil), isRequired: true) { .integer(get($0)) }
  }
  public static func integer(maybe name: String, _ get: @escaping @Sendable (Subject) -> Int?) -> Self {
    Self(name: name, schema: .integer(nil), isRequired: false) { get($0).map(JSON.integer) }
  }
  public static func number(_ name: String, _ get: @escaping @Sendable (Subject) -> Double) -> Self {
    Self(name: name, schema: .number, isRequired: true) { .real(get($0)) }
  }
  public static func number(maybe name: String, _ get: @escaping @Sendable (Subject) -> Double?) -> Self {
    Self(name: name, schema: .number, isRequired: false) { get($0).map(JSON.real) }
  }
  public static func flag(_ name: String, _ get: @escaping @Sendable (Subject) -> Bool) -> Self {
    Self(name: name, schema: .boolean, isRequired: true) { .bool(get($0)) }
  }
  public static func choice<Value: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ get: @escaping @Sendable (Subject) -> Value
  ) -> Self where Value.RawValue == String {
    Self(name: name, schema: .enumeration(Value.allCases.map(\.rawValue)), isRequired: true) {
      .string(get($0).rawValue)
    }
  }
  public static func choice<Value: RawRepresentable & CaseIterable & Sendable>(
    maybe name: String, _ get: @escaping @Sendable (Subject) -> Value?
  ) -> Self where Value.RawValue == String {
    Self(name: name, schema: .enumeration(Value.allCases.map(\.rawValue)), isRequired: false) {
      get($0).map { .string($0.rawValue) }
    }
  }
  public static func list<Item>(
    _ name: String, _ shape: Shape<Item>, _ get: @escaping @Sendable (Subject) -> [Item]
  ) -> Self {
    Self(name: name, schema: .list(shape.schema), isRequired: true) { .array(get($0).map(shape.json)) }
  }
  public static func texts(_ name: String, _ get: @escaping @Sendable (Subject) -> [String]) -> Self {
    Self(name: name, schema: .list(.text), isRequired: true) { .array(get($0).map(JSON.string)) }
  }
  public static func texts(maybe name: String, _ get: @escaping @Sendable (Subject) -> [String]?) -> Self {
    Self(name: name, schema: .list(.text), isRequired: false) { get($0).map { .array($0.map(JSON.string)) } }
  }
  public static func part<Part>(
    maybe name: String, _ shape: Shape<Part>, _ get: @escaping @Sendable (Subject) -> Part?
  ) -> Self {
    Self(name: name, schema: shape.schema, isRequired: false) { get($0).map(shape.json) }
  }
}
