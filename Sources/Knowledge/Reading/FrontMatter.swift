/// The fields above a content file, each asked for by name.
struct FrontMatter {
  private let file: String
  private let fields: [String: Any]

  init(_ file: String, _ fields: [String: Any]) {
    self.file = file
    self.fields = fields
  }

  private func fault(_ name: String, _ reason: String) -> UnitFile.Fault {
    UnitFile.Fault(file: file, reason: "\(name) \(reason)")
  }

  func text(_ name: String) throws -> String {
    guard let text = fields[name] as? String, !text.isEmpty else { throw fault(name, "is missing") }
    return text
  }

  func maybe(_ name: String) -> String? {
    if let number = fields[name] as? Int { return String(number) }
    return fields[name] as? String
  }

  func texts(_ name: String) throws -> [String] {
    guard let value = fields[name] else { return [] }
    guard let texts = value as? [String] else { throw fault(name, "is no list of words") }
    return texts
  }

  func mappings(_ name: String) throws -> [FrontMatter] {
    guard let value = fields[name] else { return [] }
    guard let mappings = value as? [[String: Any]] else { throw fault(name, "is no list of fields") }
    return mappings.map { FrontMatter(file, $0) }
  }

  func choice<Choice: RawRepresentable>(_ name: String) throws -> Choice where Choice.RawValue == String {
    let text = try text(name)
    guard let choice = Choice(rawValue: text) else { throw fault(name, "can't be \(text)") }
    return choice
  }

  func choices<Choice: RawRepresentable>(_ name: String) throws -> [Choice] where Choice.RawValue == String {
    try texts(name).map { text in
      guard let choice = Choice(rawValue: text) else { throw fault(name, "can't be \(text)") }
      return choice
    }
  }
}
