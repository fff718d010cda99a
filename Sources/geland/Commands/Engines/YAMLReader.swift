internal import EngineKit
internal import Yams

/// A part of a YAML file, with its line for what is wrong in it.
struct YAMLReader {
  let node: Node
  /// What it is called, for telling.
  let name: String

  init(_ bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw InputFault("not in UTF-8") }
    do {
      // Names that stand for what is written elsewhere could grow without end; scenarios need none.
      guard let node = try compose(yaml: text) else { throw InputFault(line: 1, "an empty file") }
      self.init(node, "the scenario")
    } catch let fault as InputFault {
      throw fault
    } catch let error as YamlError {
      throw InputFault(line: Self.line(of: error), "no YAML")
    }
  }

  init(_ node: Node, _ name: String) {
    self.node = node
    self.name = name
  }

  private static func line(of error: YamlError) -> Int? {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: nil
    }
  }

  var line: Int? { node.mark?.line }

  func fault(_ reason: String) -> InputFault { InputFault(line: line, reason) }

  /// The parts of a mapping by their names.
  /// - Throws: when it is none, or has a name that is not known.
  func parts(_ known: [String]? = nil) throws -> [(name: String, value: YAMLReader)] {
    guard case .mapping(let mapping) = node else { throw fault("\(name) should be a mapping") }
    var parts: [(name: String, value: YAMLReader)] = []
    for (key, value) in mapping {
      guard let text = (key.scalar?.string).map(WhiteSpace.trimmed) else { throw fault("a name in \(name) is no text") }
      if let known, !known.contains(text) {
        throw InputFault(
          line: key.mark?.line, "\(name) has no \"\(text)\"; it may have: \(known.joined(separator: ", "))")
      }
      if parts.contains(where: { $0.name == text }) {
        throw InputFault(line: key.mark?.line, "\"\(text)\" stands twice in \(name)")
      }
      parts.append((text, YAMLReader(value, text)))
    }
    return parts
  }

  func items() throws -> [YAMLReader] {
    guard case .sequence(let sequence) = node else { throw fault("\(name) should be a list") }
    return sequence.map { YAMLReader($0, name) }
  }

  func text() throws -> String {
    guard let text = (node.scalar?.string).map(WhiteSpace.trimmed), !text.isEmpty else {
      throw fault("\(name) should be a text")
    }
    return text
  }

  var isMapping: Bool { node.mapping != nil }

  var isList: Bool { node.sequence != nil }

  /// A finite number.
  func number(_ range: ClosedRange<Double> = 0...1e12) throws -> Double {
    guard let text = node.scalar?.string, let value = NumberReader.decimal(Array(text.utf8)) else {
      throw fault("\(name) should be a number")
    }
    guard range.contains(value) else { throw fault("\(name) is \(text), which is not \(Self.words(range))") }
    return value
  }

  /// A number above 0.
  func positive() throws -> Double {
    let value = try number()
    guard value > 0 else { throw fault("\(name) should be above 0") }
    return value
  }

  func whole(_ range: ClosedRange<Int>) throws -> Int {
    guard let text = node.scalar?.string, let value = NumberReader.integer(Array(text.utf8)) else {
      throw fault("\(name) should be a whole number")
    }
    guard range.contains(value) else {
      throw fault("\(name) is \(value), which is not \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  private static func words(_ range: ClosedRange<Double>) -> String {
    range.upperBound >= 1e12 ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
  }
}
