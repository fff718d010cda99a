internal import Foundation
internal import Testing

/// Dutch and English say the same things, once.
@Suite struct TextsTests {
  static let modules = ["Site", "Trust", "Residents", "Knowledge", "Guide"]

  @Test(arguments: modules) func bothLanguagesAreComplete(_ module: String) throws {
    let dutch = try House.texts(module, "nl")
    let english = try House.texts(module, "en")
    #expect(dutch.count > 50)
    #expect(Set(dutch.keys) == Set(english.keys))
    for (key, text) in dutch {
      #expect(!text.isEmpty, "\(key) is empty in Dutch")
      #expect(gaps(text) == gaps(english[key] ?? ""), "\(key) has other gaps in English")
    }
  }

  @Test func noKeyHasTwoHomes() throws {
    var homes: [String: String] = [:]
    for module in Self.modules {
      for key in try House.texts(module, "nl").keys {
        #expect(homes[key] == nil, "\(key) stands in \(homes[key] ?? "") and \(module)")
        homes[key] = module
      }
    }
  }

  @Test func aTextOfOneHasATextOfMore() throws {
    for module in Self.modules {
      let keys = Set(try House.texts(module, "nl").keys)
      for key in keys where key.hasSuffix(".one") { #expect(keys.contains(key.dropLast(3) + "other"), "\(key)") }
    }
  }

  /// What is wrong with a form and why something is refused are told by key too.
  @Test func everyFaultAndRefusalHasItsText() throws {
    var keys: Set<String> = []
    for module in Self.modules { keys.formUnion(try House.texts(module, "nl").keys) }
    let key = #""([a-zA-Z]+(?:\.[a-zA-Z0-9]+)+)""#
    let told = [
      #"Problem\.refused\(\s*"# + key, #"Problem\.invalid\(\s*(?:"[^"]*"|[a-zA-Z.]+),\s*"# + key,
      #"\bFault\((?:field: [^,()]*(?:\([^()]*\))?[^,()]*,\s*)?"# + key,
      #"faults?\.add\(\s*(?:"[^"]*"|[a-zA-Z.]+),\s*"# + key,
      #"\bfault\(\s*(?:"[^"]*"|[a-zA-Z.]+),\s*"# + key, #"\badd\(\s*(?:"[^"]*"|[a-zA-Z.]+),\s*"# + key,
    ]
    var found = 0
    for file in try House.files("Sources") where Self.modules.contains(file.module) || file.module == "App" {
      for pattern in told {
        for match in file.text.matches(of: try Regex(pattern)) {
          let named = String(match.output[1].substring ?? "")
          let isThere = keys.contains(named) || keys.contains(named + ".other")
          #expect(isThere, "\(file.path): \(named)")
          found += 1
        }
      }
    }
    #expect(found > 80)
  }

  /// Every key a page names is there. Keys made from a value are covered by the pages' own tests, where a missing
  /// text shows as ⟦key⟧.
  @Test func everyNamedKeyIsThere() throws {
    var keys: Set<String> = []
    for module in Self.modules { keys.formUnion(try House.texts(module, "nl").keys) }
    let named = try Regex(#"(?:\bt|texts)\("([a-zA-Z]+(?:\.[a-zA-Z0-9]+)+)"(, count:)?"#)
    let done = try Regex(#"done=([a-zA-Z]+\.[a-zA-Z]+)"#)
    var found = 0
    for file in try House.files("Sources") {
      for match in file.text.matches(of: named) {
        let key = String(match.output[1].substring ?? "")
        let isCounted = match.output[2].substring != nil
        let isThere = keys.contains(isCounted ? key + ".other" : key)
        #expect(isThere, "\(file.path): \(key)")
        found += 1
      }
      for match in file.text.matches(of: done) {
        let key = "done." + String(match.output[1].substring ?? "")
        let isThere = keys.contains(key) || key == "done.journey."
        #expect(isThere, "\(file.path): \(key)")
      }
    }
    #expect(found > 300)
  }

  private func gaps(_ text: String) -> Set<String> {
    Set(text.matches(of: /\{([a-z]+)\}/).map { String($0.output.1) })
  }
}
