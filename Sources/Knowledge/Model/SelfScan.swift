public import Kernel
public import Store

/// A neighbourhood looks at itself: is it a neighbourhood for everyone? Residents, professionals and officials each give
/// their own scores, and talk about where they differ.
public struct SelfScan: Record, Equatable {
  /// The five elements and four preconditions (BV).
  public enum Element: String, Sendable, CaseIterable {
    case openAttitude, roomToMatter, localResources, inSight, safetyForAll
    case backing, enthusiasm, courage, doing

    /// The last four are preconditions.
    public var isCondition: Bool {
      switch self {
      case .backing, .enthusiasm, .courage, .doing: true
      default: false
      }
    }
  }

  /// As whom somebody scores; nothing else is asked of them.
  public enum Group: String, Codable, Sendable, CaseIterable {
    case resident, professional, official
  }

  public let id: ID<SelfScan>
  public var version = 0
  /// CBS code.
  public var municipality: String
  public var neighbourhood: String
  public let openedOn: LocalDate
  /// What people type to take part; found by its hash.
  public let code: String
  public var closedOn: LocalDate?
  /// What the groups concluded together.
  public var conclusion: String?

  public static let table = Table(
    "self_scan", sealedFor: .region,
    [
      .plain("municipality"), .plain("neighbourhood"), .plain("openedOn"), .sealed("code"), .blind("codeBlind"),
      .plain("closedOn"), .sealed("conclusion"),
    ])

  public var blindTexts: [String: String?] { ["codeBlind": Self.normalised(code)] }

  /// How long one can take part: a code that went round ends by itself.
  static let openDays = 60
  /// More than any meeting gives; from here on somebody is playing.
  static let mostForms = 300

  /// The last day on which one can take part.
  public var openUntil: LocalDate { openedOn.adding(days: Self.openDays) }

  public func isOpen(_ today: LocalDate) -> Bool { closedOn == nil && today <= openUntil }

  /// People type codes with spaces.
  static func normalised(_ code: String) -> String { "self-scan:" + code.filter(\.isNumber) }
}

/// What one person scored, without who it was.
public struct SelfScanForm: Record, Equatable {
  public static let scale = 1...5
  static let wordsLength = 1000

  public let id: ID<SelfScanForm>
  public var version = 0
  public let scan: ID<SelfScan>
  public let party: SelfScan.Group
  /// By element, 1 (not at all) to 5 (fully).
  public let scores: [String: Int]
  public let words: String?
  public let givenOn: LocalDate
  /// Left out of the result: given by mistake or twice.
  public var leftOutOn: LocalDate?

  public static let table = Table(
    "self_scan_form", sealedFor: .region,
    [
      .plain("scan"), .plain("party"), .plain("scores"), .sealed("words"), .plain("givenOn"), .plain("leftOutOn"),
    ])
}
