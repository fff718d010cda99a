internal import Kernel

/// Files that wait, in memory and a while, until the same person says what their columns are, and then: bring it in.
final class ImportShelf: Sendable {
  private static let places = 16
  private static let keepFor = Span.minutes(60)

  struct File: Sendable {
    let key: String
    let account: ID<Anything>
    let name: String
    let bytes: [UInt8]
    var choices = CaseloadChoices()
    let at: Instant
    /// What came of it, once it was brought in.
    var outcome: CaseloadOutcome?
  }

  private let waiting = Guarded<[File]>([])

  func put(_ file: File) {
    waiting.with { all in
      all.removeAll { $0.at.adding(Self.keepFor) < file.at || $0.account == file.account }
      if all.count >= Self.places { all.removeFirst() }
      all.append(file)
    }
  }

  /// The file one has waiting here; nil when it is not there any more, or is somebody else's.
  func file(_ key: String, of account: ID<Anything>, at now: Instant) -> File? {
    waiting.with { all in
      all.removeAll { $0.at.adding(Self.keepFor) < now }
      return all.first { $0.key == key && $0.account == account }
    }
  }

  func change(_ key: String, _ change: (inout File) -> Void) {
    waiting.with { all in
      if let place = all.firstIndex(where: { $0.key == key }) { change(&all[place]) }
    }
  }
}

/// Who came in, and where they stand now.
struct CaseloadOutcome: Sendable {
  let lines: [CaseloadLine]
  let residents: [ResidentID]
  let knownCount: Int
  let newWorkers: [String]
  let newAccessTeams: [String]
}
