internal import Kernel
public import Site
internal import Tables

/// Something in a file that can't be right, where it stands, and how to mend it.
public struct CaseloadFault: Sendable, Equatable {
  /// The row as the file has it.
  public let row: Int
  public let column: CaseloadColumn?
  /// The column's heading as it stands in the file.
  public private(set) var heading: String?
  /// A key of the texts, with its values.
  public let text: String
  public let values: [String: String]

  init(_ row: Int, _ column: CaseloadColumn?, _ text: String, _ values: [String: String] = [:]) {
    self.row = row
    self.column = column
    self.text = text
    self.values = values
  }

  init(_ fault: TableFault) {
    self.init(fault.line ?? 1, nil, "import.table.\(fault.reason.rawValue)", fault.values)
  }

  func under(_ layout: CaseloadLayout) -> CaseloadFault {
    var fault = self
    fault.heading = column.flatMap(layout.heading)
    return fault
  }

  /// What the column is called: as in the file, else in the language of the screen.
  public func place(_ t: Texts) -> String? { heading ?? column.map { $0.name(t) } }

  /// What is wrong, in the language of the screen.
  public func told(_ t: Texts) -> String { t(text, values(t)) }

  /// The values of the text, those that depend on the language among them.
  func values(_ t: Texts) -> [String: String] {
    var values = values
    switch text {
    case "import.phaseUnknown": values["known"] = Phase.knownNames(t)
    case "import.columnMissing": values["column"] = column?.name(t) ?? ""
    default: break
    }
    return values
  }
}

extension CaseloadColumn {
  /// Its usual heading in the language of the screen.
  public func name(_ t: Texts) -> String { t.language == .dutch ? dutch : rawValue }
}

extension Phase {
  private static let names: [String: Phase] = {
    var catalogue = Catalogue()
    for (language, json) in ResidentSlice.texts { try? catalogue.add(language, json: json) }
    var names: [String: Phase] = [:]
    for phase in allCases {
      names[Names.solid(phase.rawValue)] = phase
      for language in Language.allCases {
        if let name = catalogue.text("phase.\(phase.rawValue)", language) { names[Names.solid(name)] = phase }
      }
    }
    for (name, phase) in alsoCalled { names[name] = phase }
    return names
  }()

  /// What people call them besides.
  private static let alsoCalled: [String: Phase] = [
    "aangemeld": .registered, "aanmelding": .registered, "wachtlijst": .registered, "waitinglist": .registered,
    "voorbereiding": .preparing, "preparation": .preparing, "inbehandeling": .preparing, "klaar": .ready,
    "uitstroomgereed": .ready, "readytomove": .ready, "gematcht": .matched, "woninggevonden": .matched,
    "verhuizing": .moving, "verhuizen": .moving, "geland": .landed, "gesetteld": .settled, "contactleggen": .outreach,
    "bemoeizorg": .outreach, "toeleiding": .outreach, "waakvlam": .pilotLight,
  ]

  /// The phase by its name in code, Dutch or English.
  static func named(_ text: String) -> Phase? { names[Names.solid(text)] }

  /// For telling which names there are.
  static func knownNames(_ t: Texts) -> String {
    allCases.filter { $0 != .closed }.map { t("phase.\($0.rawValue)") }.joined(separator: ", ")
  }
}
