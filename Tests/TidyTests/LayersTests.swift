internal import Foundation
internal import Testing

/// Imports run one way (ARCHITECTURE.md).
@Suite struct LayersTests {
  /// What each room may import of our own and of libraries.
  static let allowed: [String: Set<String>] = [
    "Kernel": ["Foundation", "Synchronization"],
    "Store": ["Foundation", "Kernel", "GRDB", "GRDBSQLite", "Crypto"],
    "Site": ["Foundation", "Kernel", "Store", "Crypto", "Logging"],
    "Trust": ["Foundation", "Kernel", "Store", "Site", "Crypto", "CryptoExtras"],
    "KnowledgeContent": [],
    "Knowledge": [
      "Foundation", "Synchronization", "Kernel", "Store", "Site", "Trust", "KnowledgeContent", "CStemmer", "Yams",
    ],
    "Guide": ["Kernel", "Store", "Site"],
    "EngineKit": [], "Allocation": ["HeapModule"], "Simulation": [], "Detection": ["Glibc", "Musl", "Darwin"],
    "Survival": ["Glibc", "Musl", "Darwin"],
    "Tables": ["Foundation", "FoundationXML", "Kernel", "CZip"],
    "Residents": ["Foundation", "Kernel", "Store", "Site", "Trust", "Tables"],
  ]

  @Test func everyRoomImportsOnlyWhatIsBelowIt() throws {
    let files = try House.files("Sources")
    #expect(files.count > 100)
    for file in files {
      // Assembly and the command line may import everything; every other room is in the list.
      guard let allowed = Self.allowed[file.module] else {
        #expect(
          ["App", "geland", "CStemmer", "CZip"].contains(file.module), "\(file.path): a room of which nothing is said")
        continue
      }
      for line in file.lines {
        let words = line.split(separator: " ").map(String.init)
        guard let place = words.firstIndex(of: "import"), place < 2, place + 1 < words.count,
          ["import", "public", "internal"].contains(words[0])
        else { continue }
        #expect(allowed.contains(words[place + 1]), "\(file.path) imports \(words[place + 1])")
      }
    }
  }

  @Test func rulesDoNoInputOrOutput() throws {
    for file in try House.files("Sources") where file.path.contains("/Rules/") {
      for name in ["Database", "FileManager", "Transaction", "Date()"] {
        #expect(!file.text.contains(name), "\(file.path) mentions \(name)")
      }
    }
  }

  @Test func nothingPrintsForcesOrAsksTheSystemForTime() throws {
    for file in try House.files("Sources") {
      let isEdge = file.module == "geland" || file.module == "App"
      let isClock = file.path == "Sources/Kernel/Clock.swift"
      for (number, line) in file.lines.enumerated() where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
        let place = "\(file.path):\(number + 1)"
        #expect(!line.contains("try!") && !line.contains(" as! "), "\(place) forces")
        #expect(isEdge || !line.contains("print("), "\(place) prints")
        #expect(
          isClock || !line.contains("Date()") && !line.contains("Date.now"), "\(place) asks the system for the time")
        #expect(!line.contains("TODO") && !line.contains("FIXME"), "\(place) is not done")
      }
    }
  }

  @Test func filesStaySmall() throws {
    for file in try House.files("Sources") {
      #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines")
    }
  }
}
