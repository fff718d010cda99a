internal import Foundation
public import Kernel

/// All texts of the screens, in every language. Each slice brings its own; keys start with the slice's subject.
public struct Catalogue: Sendable {
  private var texts: [Language: [String: String]] = [:]

  public init() {}

  /// Adds a slice's texts: JSON objects, nested at will; keys join with dots.
  public mutating func add(_ language: Language, json: [UInt8]) throws {
    let object = try JSONSerialization.jsonObject(with: Data(json))
    Self.flatten(object, under: "", into: &texts[language, default: [:]])
  }

  public func keys(_ language: Language) -> Set<String> { Set(texts[language, default: [:]].keys) }

  public func text(_ key: String, _ language: Language) -> String? { texts[language]?[key] }

  public func inLanguage(_ language: Language) -> Texts { Texts(catalogue: self, language: language) }

  private static func flatten(_ value: Any, under prefix: String, into texts: inout [String: String]) {
    if let text = value as? String { texts[prefix] = text }
    guard let object = value as? [String: Any] else { return }
    for (key, inner) in object {
      flatten(inner, under: prefix.isEmpty ? key : prefix + "." + key, into: &texts)
    }
  }
}

/// The texts in one person's language.
public struct Texts: Sendable {
  let catalogue: Catalogue
  public let language: Language

  /// A text with its gaps filled: `{name}` takes the value of that name.
  public func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
    fill(catalogue.text(key, language) ?? "⟦\(key)⟧", values)
  }

  /// A text that depends on a number: `key.one` or `key.other`, with `{n}` filled in.
  public func callAsFunction(_ key: String, count: Int, _ values: [String: String] = [:]) -> String {
    let chosen = count == 1 ? key + ".one" : key + ".other"
    return self(chosen, values.merging(["n": String(count)]) { given, _ in given })
  }

  private func fill(_ text: String, _ values: [String: String]) -> String {
    guard text.contains("{") else { return text }
    return values.reduce(text) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
  }
}
