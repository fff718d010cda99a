internal import Kernel

/// How well a region has its basic set: municipality by municipality, tool by tool.
struct Coverage {
  /// Somebody should look again after a year.
  static let staleAfterMonths = 12

  /// A tool as it is named: one of the seven or the region's own.
  struct Tool: Equatable {
    let key: String
    /// nil for the seven, which have their names in the texts.
    let name: String?
  }

  enum Standing: Equatable {
    case unknown
    case known(BasicSetEntry)

    /// Nobody told, not there, not wholly, or one must wait.
    var isGap: Bool {
      switch self {
      case .unknown: true
      case .known(let entry): entry.isGap
      }
    }
  }

  let tools: [Tool]
  let municipalities: [(code: String, name: String)]
  private let entries: [String: BasicSetEntry]

  init(_ entries: [BasicSetEntry], own: [BasicSetTool], municipalities: [(code: String, name: String)]) {
    tools =
      BasicSetTool.standard.map { Tool(key: $0, name: nil) }
      + own.map { Tool(key: $0.id.description, name: $0.name) }
    self.municipalities = municipalities
    self.entries = Dictionary(
      entries.filter { $0.endedOn == nil }.map { ("\($0.municipality)/\($0.tool)", $0) }, uniquingKeysWith: { $1 })
  }

  func standing(_ municipality: String, _ tool: Tool) -> Standing {
    entries["\(municipality)/\(tool.key)"].map(Standing.known) ?? .unknown
  }

  /// What is not as it should be, tool by tool, with the municipalities where that is so.
  var gaps: [(tool: Tool, places: [(code: String, name: String)])] {
    tools.compactMap { tool in
      let places = municipalities.filter { standing($0.code, tool).isGap }
      return places.isEmpty ? nil : (tool, places)
    }
  }

  /// Where a tool is wholly there and nobody waits.
  func covered(_ tool: Tool) -> Int { municipalities.filter { !standing($0.code, tool).isGap }.count }

  static func isStale(_ entry: BasicSetEntry, today: LocalDate) -> Bool {
    entry.checkedOn.adding(months: staleAfterMonths) < today
  }
}
